"""Where a value comes from: so that what a client sends can be followed to where it is used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from convex_lint import engine
from convex_lint.link import Linked
from convex_lint.link.parts import DEPTH, Origin, parts
from convex_lint.link.shapes import dotted
from convex_lint.syntax.nodes import Call, Name

if TYPE_CHECKING:
    from types import FrameType

HEAD = """\
import { httpAction, mutation } from "./_generated/server";
import { v } from "convex/values";
import { env } from "./_generated/server";
import { clean, SIZE, STAGE, stamp } from "./lib";
import { asyncMap, nullThrows } from "convex-helpers";
const LIMIT = 10;
function twice(value) { return value + value; }
function pick(of) { return of.id; }
function count(of) { return of ? count(of.next) : 0 || of; }
async function owner(ctx) { return (await ctx.auth.getUserIdentity()).subject; }
"""
LIB = """\
export function clean(text: string) { return text.trim(); }
export function stamp() { return Date.now(); }
export const STAGE = process.env.STAGE ?? "dev";
export const SIZE = 5;
"""
ARGS = "{ id: v.id('notes'), user: v.object({ name: v.string() }), all: v.array(v.string()) }"


CIRCLE = 12


def origins(expression: str, before: str = "", builder: str = "mutation") -> set[str]:
    """Return the origins of what a handler gives to `see`, each as `kind` or `kind:detail`."""
    body = f"{before} see({expression});"
    given = f"{{ args: {ARGS}, handler: async (ctx, args) => {{ {body} }} }}"
    handler = given if builder != "httpAction" else f"async (ctx, request) => {{ {body} }}"
    texts = {"convex/a.ts": f"{HEAD}export const f = {builder}({handler});\n", "convex/lib.ts": LIB}
    workspace = engine.of_texts(texts)
    linked = Linked(*engine.summaries_of(workspace))
    calls = linked.summaries["convex/a.ts"].code.calls
    (call,) = (one for one in calls if isinstance(one.callee, Name) and one.callee.text == "see")
    assert isinstance(call, Call)
    with linked.at("convex/a.ts"):
        found = linked.origins(call.arguments[0])
    return {f"{one.kind}:{one.detail}".rstrip(":") for one in found}


@pytest.mark.parametrize(
    ("expression", "before", "found"),
    [
        ("'a'", "", {"literal"}),
        ("args", "", {"arg"}),
        ("args.id", "", {"arg:id"}),
        ("args.user.name", "", {"arg:user.name"}),
        ("name", "const { user: { name } } = args;", {"arg:user.name"}),
        ("`${args.id}-${args.user.name}`", "", {"arg:id", "arg:user.name"}),
        ("one", "const one = args.all[0];", {"arg:all"}),
        ("args.on ? args.id : 'none'", "", {"arg:id", "literal"}),
        ("{ id: args.id, at: Date.now() }", "", {"arg:id", "clock"}),
        ("twice(args.id)", "", {"arg:id"}),
        ("clean(args.user.name)", "", {"arg:user.name"}),
        ("args.user.name.trim()", "", {"arg:user.name"}),
        ("stamp()", "", {"clock"}),
        ("STAGE", "", {"env:STAGE", "literal"}),
        ("SIZE", "", {"literal"}),
        ("env.DEBUG", "", {"env:DEBUG"}),
        ("new Date()", "", {"clock"}),
        ("(await ctx.auth.getUserIdentity()).subject", "", {"identity:subject"}),
        ("await owner(ctx)", "", {"identity:subject"}),
        ("await ctx.auth.getUserIdentity()", "", {"identity"}),
        ("await ctx.db.get(args.id)", "", {"db:notes"}),
        ("note.title", "const note = await ctx.db.get(args.id);", {"db:notes"}),
        ("process.env.KEY", "", {"env:KEY"}),
        ("LIMIT", "", {"literal"}),
        ("value", "let value = args.id; value = 'a';", {"arg:id", "literal"}),
        ("x", "const x = x;", set()),
        ("unknown()", "", {"unknown"}),
        ("nullThrows(args.id)", "", {"arg:id"}),
        ("await asyncMap(args.all, async (one) => one)", "", {"arg:all"}),
        ("{ id: args.id, name: args.user.name }.name", "", {"arg:user.name"}),
        ("made.id", "const made = { id: 'a', ...args, id: args.id };", {"arg:id"}),
        ("made.id", "const made = { id: 'a', ...args };", {"arg:id", "literal"}),
        ("args.all.map((one) => one.trim())", "", {"arg:all"}),
        ("args.all.map((one) => clean(one))", "", {"arg:all"}),
        ("pick({ id: args.id, name: 'a' })", "", {"arg:id"}),
        ("count(args.id)", "", {"arg:id", "literal"}),
        ("unknown(ctx)", "", {"unknown"}),
        ("unknown(() => args.id)", "", {"unknown"}),
        ("crypto.randomUUID()", "", {"random"}),
    ],
)
def test_where_a_value_comes_from(expression: str, before: str, found: set[str]) -> None:
    assert origins(expression, before) == found


def test_what_a_request_brings() -> None:
    assert origins("await request.json()", builder="httpAction") == {"request"}


def test_functions_that_all_call_each_other_are_followed_as_far_as_the_bound() -> None:
    names = [f"f{number}" for number in range(CIRCLE)]
    calls = "".join(f"  if (of.{name}) return {name}(of);\n" for name in names)
    circle = "".join(f"function {name}(of) {{\n{calls}  return of;\n}}\n" for name in names)
    text = f"{HEAD}{circle}export const f = mutation({{ args: {ARGS}, handler: (ctx, args) => see(f0(args.id)) }});\n"
    linked = Linked(*engine.summaries_of(engine.of_texts({"convex/a.ts": text, "convex/lib.ts": LIB})))
    asked: list[str] = []

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is parts.__code__:
            asked.append(frame.f_code.co_name)

    see = next(one for one in linked.summaries["convex/a.ts"].code.calls if dotted(one.callee) == "see")
    with linked.at("convex/a.ts"):
        sys.setprofile(count)
        try:
            found = linked.origins(see.arguments[0])
        finally:
            sys.setprofile(None)
    assert found == {Origin("arg", "id"), Origin("unknown")}
    # Once for each function at each depth, and once for each call that hands on what is received.
    assert len(asked) < CIRCLE * CIRCLE * DEPTH
