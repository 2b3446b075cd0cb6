"""From text to code: the shapes that everything else rests on."""

from __future__ import annotations

import pytest

from convex_lint import syntax
from convex_lint.source import Source
from convex_lint.syntax import nodes


def code_of(text: str, path: str = "convex/a.ts") -> syntax.Code:
    return syntax.read(Source(path, text.encode()))


def shown(node: object) -> str:  # noqa: C901, PLR0911  one line a shape
    match node:
        case nodes.Name():
            return node.text
        case nodes.Literal():
            return "undefined" if node.form == "undefined" else repr(node.value)
        case nodes.Call():
            arguments = ", ".join(shown(argument) for argument in node.arguments)
            return f"{'new ' if node.new else ''}{shown(node.callee)}({arguments})"
        case nodes.Member():
            return f"{shown(node.of)}.{node.name}"
        case nodes.Index():
            return f"{shown(node.of)}[{shown(node.index)}]"
        case nodes.Await():
            return f"<await {shown(node.of)}>"
        case nodes.Unary():
            return f"<{node.operator} {shown(node.of)}>"
        case nodes.Binary():
            return f"<{shown(node.left)} {node.operator} {shown(node.right)}>"
        case nodes.Conditional():
            return f"<{shown(node.test)} ? {shown(node.yes)} : {shown(node.no)}>"
        case nodes.Cast():
            return f"<{shown(node.of)} {node.form}>"
        case _:
            return type(node).__name__


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a.b(c)", "a.b(c)"),
        ("a['b'](c)", "a.b(c)"),
        ("a?.b?.(c)", "a.b(c)"),
        ("((a)).b", "a.b"),
        ("(a, b)", "<a , b>"),
        ("a ? b : c", "<a ? b : c>"),
        ("await a.b()", "<await a.b()>"),
        ("new Date()", "new Date()"),
        ("(a as any).b", "<a as>.b"),
        ("a!.b", "<a !>.b"),
        ("a satisfies B", "<a satisfies>"),
        ("void a()", "<void a()>"),
        ("`x`", "'x'"),
        (r"'a\n\'b'", repr("a\n'b")),
        ("0x10", "16.0"),
        ("1_000", "1000.0"),
        ("a[0]", "a[0.0]"),
        ("undefined", "undefined"),
    ],
)
def test_an_expression_is_read_without_its_punctuation(text: str, shape: str) -> None:
    (statement,) = code_of(f"{text};").evaluates
    assert shown(statement.of) == shape


@pytest.mark.parametrize(
    ("text", "shape", "calls"),
    [
        ("await f<T>(x)", "<await f(x)>", ["f<T>(x)"]),
        ("!await f<T>(x)", "<! <await f(x)>>", ["f<T>(x)"]),
        ("await a.b<T>(x).c()", "<await a.b(x).c()>", ["a.b<T>(x)", "a.b<T>(x).c()"]),
        ("await f<T>(x)[0]", "<await f(x)[0.0]>", ["f<T>(x)"]),
        ("await f<T>(x)!.b", "<await <f(x) !>.b>", ["f<T>(x)"]),
        ("a + f<T>(1).b", "<a + f(1.0).b>", ["f<T>(1)"]),
        ("(await f)<T>(x)", "<await f>(x)", ["(await f)<T>(x)"]),
        ("!(await f)<T>(x)", "<! <await f>(x)>", ["(await f)<T>(x)"]),
        ("(await f<T>(x)).b()", "<await f(x)>.b()", ["f<T>(x)", "(await f<T>(x)).b()"]),
    ],
)
def test_a_call_with_type_arguments_stands_inside_the_prefix_before_it(text: str, shape: str, calls: list[str]) -> None:
    code = code_of(f"{text};")
    assert shown(code.evaluates[0].of) == shape
    assert [text[call.start : call.end] for call in code.calls] == calls


@pytest.mark.parametrize(
    ("text", "exports"),
    [
        ("export const a = 1, b = 2;", ["a", "b"]),
        ("export const { a, b: { c }, ...d } = x;", ["a", "c", "d"]),
        ("export function f() {}", ["f"]),
        ("export async function f() {}", ["f"]),
        ("export class C {}", ["C"]),
        ("export enum E { A }", ["E"]),
        ("export default query({});", ["default"]),
        ("export default function () {}", ["default"]),
        ("export default async function f() {}", ["default"]),
        ("const a = 1; export { a, a as b, a as default };", ["a", "b", "default"]),
        ("export { a as b } from './x';", ["b"]),
        ("export * from './x';", ["*"]),
        ("export * as x from './x';", ["x"]),
        ("export type T = string; export interface I {}", []),
    ],
)
def test_every_form_of_export_is_read(text: str, exports: list[str]) -> None:
    assert [export.name for export in code_of(text).exports] == exports


def test_every_form_of_import_is_read() -> None:
    code = code_of(
        "import a, { b as c, type D } from './x';\nimport * as e from './y';\n"
        "import type { F } from './z';\nimport './w';\n"
    )
    bindings = code.scope.names
    assert {name: (bindings[name].imported, bindings[name].type_only) for name in bindings} == {
        "a": ("default", False),
        "c": ("b", False),
        "D": ("D", True),
        "e": ("*", False),
        "F": ("F", True),
    }
    assert [(found.specifier, found.form) for found in code.imports][-1] == ("./w", "bare")


def test_a_name_is_resolved_to_the_binding_that_it_means() -> None:
    text = "const a = 1;\nfunction f(a) { { const a = 2; g(a); } return a; }\nh(a);\n"
    code = code_of(text)
    arguments = [call.arguments[0] for call in code.calls]
    assert all(isinstance(argument, nodes.Name) for argument in arguments)
    found = [argument.scope.find("a") for argument in arguments if isinstance(argument, nodes.Name)]
    assert [binding.start for binding in found if binding is not None] == [text.index("a = 2"), text.index("a = 1")]
    parameter = code.functions[0].parameters[0].pattern[0]
    assert [use.start for use in parameter.uses] == [text.rindex("a; }")]


def test_a_pattern_gives_each_name_its_way_from_the_whole_value() -> None:
    code = code_of("const { a, b: [, c], ...d } = x;\nfor (const [k, v] of y) {}\n")
    assert {name: binding.steps for name, binding in code.scope.names.items()} == {
        "a": ("a",),
        "c": ("b", 1),
        "d": ("...",),
    }


def test_assignments_are_writes_and_not_uses() -> None:
    binding = code_of("let a = 1;\na = 2;\na++;\nf(a);\n").scope.names["a"]
    assert (len(binding.writes), len(binding.uses)) == (2, 1)


def test_a_destructuring_assignment_writes_its_targets_and_uses_the_rest() -> None:
    code = code_of("let a, b, c, d, k, x;\n({ a, [k]: b = d } = x);\n[c, x.y] = x;\nconst { [k]: e } = x;\n")
    names = code.scope.names
    assert [name for name, binding in names.items() if binding.writes] == ["a", "b", "c"]
    assert (len(names["k"].uses), len(names["d"].uses)) == (2, 1)


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ('"use node";\nimport a from "a";', "use node"),
        ('"use strict"; "use node";', "use node"),
        ('import a from "a";\n"use node";', ""),
        ('// "use node"\nf();', ""),
    ],
)
def test_a_directive_counts_only_before_everything_else(text: str, directive: str) -> None:
    assert code_of(text).directive == directive


def test_what_does_not_parse_is_told_and_the_rest_is_read() -> None:
    text = "export const a = f();\nconst b = ;\nfunction g() { h(); }\n"
    code = code_of(text)
    assert [error.start for error in code.errors] == [text.index(";\nfunction")] or code.errors
    assert {shown(call) for call in code.calls} >= {"f()", "h()"}


def test_a_function_that_holds_an_error_is_broken_and_its_neighbour_is_not() -> None:
    code = code_of("function a() { f(; }\nfunction b() { g(); }\n")
    assert {function.name: function.broken for function in code.functions}["b"] is False
    assert code.errors


def test_code_that_is_nested_too_deeply_is_told_apart() -> None:
    code = code_of(f"const a = {'(' * 20_000}1{')' * 20_000};")
    assert code.deep
    assert code.calls == []


@pytest.mark.parametrize("path", ["a.ts", "a.tsx", "a.mts", "a.cts", "a.js", "a.jsx", "a.mjs", "a.cjs"])
def test_every_ending_is_read(path: str) -> None:
    assert shown(code_of("f(a);", path).calls[0]) == "f(a)"


def test_a_type_assertion_is_a_cast_in_ts_and_an_element_in_tsx() -> None:
    assert shown(code_of("<T>f(a);").evaluates[0].of) == "<f(a) as>"
    assert code_of("const a = <p>{f(b)}</p>;", "a.tsx").calls


def test_comments_are_kept_where_one_may_silence() -> None:
    code = code_of("// convex-lint-disable-next-line x\nf(/* two */);\n")
    assert [comment.text for comment in code.comments] == ["// convex-lint-disable-next-line x", "/* two */"]
    assert code_of("// nothing to see\nf();\n").comments == []


def test_offsets_are_bytes() -> None:
    text = "const a = 'é😀'; f(a);"
    call = code_of(text).calls[0]
    assert text.encode()[call.start : call.end] == b"f(a)"


@pytest.mark.parametrize(
    "text",
    [
        'type A = import("./_generated/dataModel").Id<"users">;',
        'async function f(id: import("./_generated/dataModel").Id<"users"> | null) { await g(id); }',
        'const all: import("./_generated/dataModel").Doc<"users">[] = [];',
        'export type * from "./types";',
        'export type * as types from "./types";',
        'import defer * as heavy from "./heavy";',
        "type Paper = { title: string; abstract: string; doi?: string };",
        "export default abstract class {}",
        "class A<in out T> { accessor x = 1; static accessor y = 2; }",
        "let as = 1;",
    ],
)
def test_what_the_grammar_does_not_know_is_no_error(text: str) -> None:
    assert code_of(text).errors == []


@pytest.mark.parametrize(
    "text", ["Crop & Save", "R&D, a & b & c", "&", "for all && more", "a &amp; b &", "{a && b} & c"]
)
def test_an_ampersand_in_the_text_of_an_element_is_no_error(text: str) -> None:
    code = code_of(f"const a = <p>{text}<b>{{f(x & y)}}</b> & <i>&</i></p>;", "a.tsx")
    assert code.errors == []
    assert [shown(call) for call in code.calls] == ["f(<x & y>)"]


def test_an_ampersand_that_is_an_error_is_told() -> None:
    assert code_of("const a = <p>{&}</p>; f(&);", "a.tsx").errors != []
    assert code_of("f(&);", "a.ts").errors != []


def test_the_text_of_a_filled_gap_stays_as_it_was_written() -> None:
    code = code_of(
        'export type * from "./types";\nexport const paper = (abstract: string) => { f(abstract); };\nlet as = 1; as;'
    )
    assert [export.specifier for export in code.exports] == ["./types", ""]
    assert code.functions[0].parameters[0].name == "abstract"
    assert [name.text for name in code.scope.names["as"].uses] == ["as"]


def test_a_real_error_is_told_beside_a_gap() -> None:
    assert len(code_of('export type * from "./types";\nconst = 1;').errors) == 1
