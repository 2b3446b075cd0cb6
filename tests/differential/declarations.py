"""Programs of what is declared once: crons, routes, schemas and validators."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tests.differential.program import SERVER, VALUES, Program

if TYPE_CHECKING:
    from collections.abc import Iterator

CRONS = 'import { cronJobs } from "convex/server";\nimport { internal } from "./_generated/api";\n'
TASKS = f"{SERVER}export const run = internalMutation({{ args: {{}}, handler: async () => null }});\n"
ROUTES = f'import {{ httpRouter }} from "convex/server";\n{SERVER}'
SCHEMA = f'import {{ defineSchema, defineTable }} from "convex/server";\n{VALUES}'

_MINUTES = ("0", "59", "60", "-1", "1.5", '"5"', "undefined", "NaN", "0 + 5", "4 * 20")
_HOURS = ("0", "23", "24", "-1", "1.5", "undefined")
SCHEDULES = {
    "interval": (
        *(f"{{ {unit}: {n} }}" for unit in ("seconds", "minutes", "hours") for n in ("1", "0", "-5", "1.5", "60 * 2")),
        '{ minutes: "5" }',
        "{}",
        "{ days: 1 }",
        "{ minutes: 1, hours: 1 }",
        "{ minutes: 1, hours: undefined }",
        "{ minutes: undefined }",
        "{ minutes: 24 * 60 }",
        "{ minutes: Infinity }",
    ),
    "hourly": (*(f"{{ minuteUTC: {minute} }}" for minute in _MINUTES), "{}"),
    "daily": (
        *(f"{{ hourUTC: {hour}, minuteUTC: 5 }}" for hour in _HOURS),
        *(f"{{ hourUTC: 4, minuteUTC: {minute} }}" for minute in _MINUTES),
        "{ minuteUTC: 5 }",
        "{ hourUTC: 5 }",
    ),
    "weekly": (
        *(
            f"{{ dayOfWeek: {day}, hourUTC: 4, minuteUTC: 5 }}"
            for day in ('"monday"', '"sunday"', '"Monday"', '"mon"', "1", "undefined")
        ),
        '{ dayOfWeek: "friday", hourUTC: 24, minuteUTC: 5 }',
        '{ dayOfWeek: "friday", hourUTC: 4, minuteUTC: 60 }',
        "{ hourUTC: 4, minuteUTC: 5 }",
    ),
    "monthly": (
        *(f"{{ day: {day}, hourUTC: 4, minuteUTC: 5 }}" for day in ("1", "31", "0", "32", "1.5", '"1"', "undefined")),
        "{ day: 1, hourUTC: 24, minuteUTC: 5 }",
        "{ day: 1, hourUTC: 4, minuteUTC: -1 }",
        "{ hourUTC: 4, minuteUTC: 5 }",
    ),
    "cron": (
        '"5 4 * * *"', '"* * * * *"', '"60 4 * * *"', '"5 24 * * *"', '"5 4 32 * *"', '"5 4 0 * *"', '"5 4 1 13 *"',
        '"5 4 1 0 *"', '"5 4 * * 8"', '"5 4 * *"', '"5 4 * * * *"', '""', '"every day"', '"5  4 * * *"', "`5 4 * * *`",
    ),
}  # fmt: skip
_IDENTIFIERS = ('"clean up"', '""', '"aufräumen"', '"clean\\nup"', '"clean ✨"', "`clean up`", '"!~"')


def crons() -> Iterator[Program]:
    """Yield programs of crons: every schedule in every form, every identifier, identifiers used twice."""
    fine = {name: of[0] for name, of in SCHEDULES.items()}
    for method, schedules in SCHEDULES.items():
        for schedule in schedules:
            yield _crons(f'crons.{method}("a", {schedule}, internal.tasks.run, {{}});')
        for schedule in schedules[::3]:
            yield _crons(
                f"const schedule = {schedule};\ncrons.{method}('a', schedule, internal.tasks.run);", hides=True
            )
            yield _crons(f"crons.{method}('a', [{schedule}][0], internal.tasks.run);", hides=True)
    yield _crons('crons.hourly("a", internal.tasks.run);')
    yield _crons('crons.hourly("a", internal.tasks.run, {});')
    for identifier in _IDENTIFIERS:
        yield _crons(f"crons.interval({identifier}, {{ hours: 1 }}, internal.tasks.run);")
    for (one, first), (other, second) in product(fine.items(), repeat=2):
        for name in ("a", "b"):
            added = f'crons.{one}("a", {first}, internal.tasks.run);'
            yield _crons(f'{added}\ncrons.{other}("{name}", {second}, internal.tasks.run);')
    add = "crons.interval({}, {{ hours: 1 }}, internal.tasks.run);"
    plain, named = add.format("'a'"), add.format("name")
    yield _crons(f"for (const name of ['a', 'b']) {{ {named} }}")
    yield _crons(f"for (const name of ['a', 'a']) {{ {named} }}", hides=True)
    yield _crons(f"for (const n of [1, 2]) {{ {add.format('`job ${n}`')} }}")
    yield _crons(f"const on = 1 > 2;\nif (on) {{ {plain} }} else {{ {plain} }}")
    yield _crons(f"if (1 > 2) {{ {plain} }}\n{plain}", hides=True)
    yield _crons(f"const name = 'a';\n{named}\n{plain}", hides=True)
    yield _crons(f"function add(name) {{ {named} }}\nadd('a');\nadd('b');")
    yield _crons(f"function add(name) {{ {named} }}\nadd('a');\nadd('a');", hides=True)


def _crons(code: str, *, hides: bool = False) -> Program:
    text = f"{CRONS}const crons = cronJobs();\n{code}\nexport default crons;\n"
    return Program("crons", "crons", {"crons": text, "tasks": TASKS}, hides)


_PATHS = ("/a", "/", "a", "", "/a/", "/.files", "/.files/x", "/.filesx", "/:id", "/a/*", "http://a.b/c")
_PREFIXES = ("/a/", "/", "/a", "a/", "", "/.files/", "/.files/x/", "/.filesx/")
_METHODS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD", "get", "TRACE", "ANY", "")


def routes() -> Iterator[Program]:
    """Yield programs of routes: every path, prefix and method, what is left out, and two that may meet."""
    for path in _PATHS:
        yield _routes(_route(f'path: "{path}", method: "GET", handler'))
        yield _routes(f'const path = "{path}";\n' + _route('path, method: "GET", handler'), hides=True)
        yield _routes(_route(f'path: ["{path}"][0], method: "GET", handler'), hides=True)
    for prefix in _PREFIXES:
        yield _routes(_route(f'pathPrefix: "{prefix}", method: "GET", handler'))
    for method in _METHODS:
        yield _routes(_route(f'path: "/a", method: "{method}", handler'))
        yield _routes(_route(f'pathPrefix: "/a/", method: "{method}", handler'))
    for parts in (
        'path: "/a", pathPrefix: "/a/", method: "GET", handler',
        'method: "GET", handler',
        'path: "/a", handler',
        'path: "/a", method: "GET"',
        'path: "/a", method: "GET", handler: undefined',
        'path: "/a", method: "GET", handler: async () => new Response()',
        'path: "/a", method: "GET", handler: httpAction(async () => new Response())',
        '...{ path: "/a", method: "GET" }, handler',
        '...{ path: "a", method: "GET" }, path: "/a", handler',
    ):
        yield _routes(_route(parts))
    pairs = [
        f'{where}, method: "{method}"'
        for where in ('path: "/a"', 'path: "/b"', 'path: "/a/"', 'pathPrefix: "/a/"', 'pathPrefix: "/a/b/"')
        for method in ("GET", "POST")
    ]
    for one, other in product(pairs, repeat=2):
        yield _routes(_route(f"{one}, handler") + _route(f"{other}, handler: other"))
    twice = _route('path: "/a", method: "GET", handler')
    for method in ("GET", "POST"):
        yield _routes(f'for (const method of ["GET", "{method}"]) ' + _route('path: "/a", method, handler'), hides=True)
    yield _routes(f"if (1 > 2) {{ {twice} }} else {{ {twice} }}")
    yield _routes("const admin = httpRouter();\n" + twice + twice.replace("http.", "admin."))


def _route(parts: str) -> str:
    return f"http.route({{ {parts} }});\n"


def _routes(code: str, *, hides: bool = False) -> Program:
    handlers = (
        "const handler = httpAction(async () => new Response());\nconst other = httpAction(async () => new Response());"
    )
    text = f"{ROUTES}{handlers}\nconst http = httpRouter();\n{code}\nexport default http;\n"
    return Program("routes", "http", {"http": text}, hides)


_NAMES = ("a", "a_b", "aB9", "_a", "__", "a-b", "a b", "a.b", "9a", "", "é", "a" * 64, "a" * 65)
_INDEXES = ("by_a", "by_id", "by_creation_time", "_by_a", "_fivetran_a", "by a", "by-a", "", "a" * 64, "a" * 65)
_FIELDS = (
    "[]", '["a"]', '["a", "b"]', '["a", "a"]', '["b", "a", "b"]', '["nope"]', '["a", "nope"]', '["_id"]',
    '["_creationTime"]', '["a", "_creationTime"]', '["o.x"]', '["o.nope"]', '["o"]', '["a.x"]', '["u.x"]', '["u.z"]',
    '["any.x.y"]', '["list"]', '["list.x"]', '["r"]', '["r.x"]', '["opt"]', '["opt.x"]', '["_x"]', '["o._x"]',
    '["a", "b", "o"]',
)  # fmt: skip
_TABLE = (
    "{ a: v.string(), b: v.number(), o: v.object({ x: v.string() }), opt: v.optional(v.object({ x: v.string() })), "
    "u: v.union(v.object({ x: v.string() }), v.object({ y: v.null() })), any: v.any(), list: v.array(v.string()), "
    "r: v.record(v.string(), v.string()), e: v.array(v.float64()), n: v.optional(v.array(v.number())), "
    "m: v.union(v.array(v.float64()), v.null()), i: v.array(v.int64()) }"
)
_ENTRIES = ("t: v.object({})", "t: { a: v.string() }", "t: defineTable()", "t: defineTable({})", "t: defineTable")
_DOCUMENTS = (
    "{}",
    "{ a: v.string() }",
    "v.object({ a: v.string() })",
    "v.union(v.object({ a: v.string() }), v.object({ b: v.string() }))",
    "v.any()",
    "v.string()",
    "v.union(v.object({ a: v.string() }), v.string())",
    "v.union(v.union(v.object({ a: v.string() })))",
    "v.record(v.string(), v.string())",
    "v.array(v.object({}))",
    "v.union()",
    "v.id('t')",
    "v.optional(v.object({}))",
    "{ a: { b: v.string() } }",
    "{ a: v.string }",
    "{ a: String }",
)


def schemas() -> Iterator[Program]:
    """Yield schemas: names of tables and of indexes, fields, documents, indexes that are the same."""
    yield from (_schema(f"{{ {entry} }}") for entry in _ENTRIES)
    for name in _NAMES:
        yield _schema(f'{{ "{name}": defineTable({{ a: v.string() }}) }}')
        yield _table(".index('by_a', ['a'])", document=f"{{ a: v.string(), '{name}': v.string() }}")
    for name in _INDEXES:
        yield _table(f'.index("{name}", ["a"])')
        yield _table(f'.searchIndex("{name}", {{ searchField: "a" }})')
        yield _table(f'.vectorIndex("{name}", {{ vectorField: "e", dimensions: 3 }})')
    for fields in _FIELDS:
        yield _table(f'.index("by_it", {fields})')
        yield _table(f'.index("by_it", {{ fields: {fields}, staged: true }})')
        yield _table(f'.searchIndex("s", {{ searchField: "a", filterFields: {fields} }})')
    for field in ("a", "b", "list", "o.x", "nope", "any", "opt.x"):
        yield _table(f'.searchIndex("s", {{ searchField: "{field}" }})')
    for field, dimensions in product(
        ("a", "e", "n", "m", "i", "any", "list", "nope", "o.x"), ("1", "2", "4096", "4097")
    ):
        yield _table(f'.vectorIndex("v", {{ vectorField: "{field}", dimensions: {dimensions} }})')
    for document in _DOCUMENTS:
        yield _table("", document=document)
        yield _table(".index('by_a', ['a'])", document=document)
    pairs = (
        '.index("one", ["a"])', '.index("two", ["a"])', '.index("one", ["a", "b"])', '.index("two", ["b", "a"])',
        '.index("two", { fields: ["a"], staged: true })', '.searchIndex("one", { searchField: "a" })',
        '.searchIndex("two", { searchField: "a" })', '.searchIndex("two", { searchField: "a", filterFields: ["b"] })',
        '.vectorIndex("one", { vectorField: "e", dimensions: 3 })',
        '.vectorIndex("two", { vectorField: "e", dimensions: 3 })',
        '.vectorIndex("two", { vectorField: "e", dimensions: 4 })',
    )  # fmt: skip
    for one, other in product(pairs, repeat=2):
        yield _table(one + other)
    for many in (16, 17):
        document = f"{{ {', '.join(f'f{n}: v.string()' for n in range(many))} }}"
        fields = ", ".join(f'"f{n}"' for n in range(many))
        yield _table(f'.index("by_it", [{fields}])', document=document)
    yield _schema('{ t: defineTable({ a: v.string() }).index("by_b", ["b"]) }, { schemaValidation: false }')
    yield _schema('{ t: defineTable({ a: v.string() }).index("by_a", []) }, { schemaValidation: false }')
    shared = "const t = defineTable({ a: v.string() });\n"
    yield Program("schema", "schema", {"schema": f"{SCHEMA}{shared}export default defineSchema({{ t, u: t }});\n"})
    spread = f"{SCHEMA}const more = {{ b: v.string() }};\n"
    for field in ("a", "b", "c"):
        table = f'defineTable({{ a: v.string(), ...more }}).index("by_it", ["{field}"])'
        yield Program("schema", "schema", {"schema": f"{spread}export default defineSchema({{ t: {table} }});\n"})


def _table(indexes: str, document: str = _TABLE) -> Program:
    return _schema(f"{{ t: defineTable({document}){indexes} }}")


def _schema(given: str) -> Program:
    return Program("schema", "schema", {"schema": f"{SCHEMA}export default defineSchema({given});\n"})


_GOOD = (
    "v.id('t')", "v.null()", "v.number()", "v.float64()", "v.bigint()", "v.int64()", "v.commitTs()", "v.boolean()",
    "v.string()", "v.bytes()", "v.literal('a')", "v.literal(1)", "v.literal(true)", "v.literal(1n)", "v.any()",
    "v.array(v.string())", "v.object({})", "v.object({ a: v.optional(v.string()) })", "v.union()",
    "v.union(v.string(), v.null())", "v.record(v.string(), v.null())", "v.record(v.id('t'), v.any())",
    "v.record(v.union(v.string(), v.id('t')), v.any())", "v.optional(v.string())", "v.string().optional()",
    "v.optional(v.optional(v.string()))", "v.nullable(v.string())", "v.function()", "v.function({ fnType: 'query' })",
)  # fmt: skip
_BAD = (
    "v.date()", "v.email()", "v.enum(['a'])", "v.int()", "v.float()", "v.map(v.string())", "v.tuple(v.string())",
    "v.undefined()", "v.String()", "v.id()", "v.id(5)", "v.literal(null)", "v.literal(undefined)", "v.literal({})",
    "v.literal(['a'])", "v.literal()", "v.array()", "v.array(undefined)", "v.array('string')", "v.object()",
    "v.object({ a: 'string' })", "v.object({ a: undefined })", "v.object({ a: {} })", "v.object(v.string())",
    "v.record(v.string(), v.optional(v.string()))", "v.record(v.optional(v.string()), v.string())",
    "v.record(v.string())", "v.record(v.string(), 'a')", "v.record(v.number(), v.string())",
    "v.record(v.literal('a'), v.string())", "v.record(v.union(v.literal('a'), v.literal('b')), v.string())",
    "v.record(v.any(), v.string())", "v.union('a')", "v.union(undefined)", "v.union(v.string(), 'a')", "v.optional()",
    "v.optional('a')", "v.nullable()", "v.string", "v.array(v.string)", "v.object({ 'a b': v.string() })",
    "v.id('a b')", "v.string().email()",
)  # fmt: skip


def validators() -> Iterator[Program]:
    """Yield validators of arguments, plain and inside others, inline and in a constant."""
    around = ("{}", "v.array({})", "v.object({{ a: {} }})", "v.union({}, v.null())", "v.optional({})", "v.nullable({})")
    for validator, frame in product((*_GOOD, *_BAD), around):
        yield _args(frame.format(validator))
    for validator in (*_GOOD, *_BAD):
        yield _args("shared", f"const shared = {validator};\n")
        yield _args("[shared][0]", f"const shared = {validator};\n")


def _args(validator: str, before: str = "") -> Program:
    given = f"args: {{ a: {validator} }}, handler: async () => null"
    text = f"{SERVER}{VALUES}{before}export const run = query({{ {given} }});\n"
    return Program("args", "a", {"a": text})
