"""What arrays, maps and objects give: by place, by key, taken apart and put together."""

from __future__ import annotations

import pytest

from convex_lint.values import (
    UNKNOWN,
    ArrayOf,
    Document,
    Id,
    MapOf,
    Nullable,
    Primitive,
    RecordOf,
    Structure,
    Value,
)
from tests.asking import linked_of, value_of

STRING, NUMBER = Primitive("string"), Primitive("number")
USER, TEAM = Document("users"), Document("teams")

BEFORE = """
declare const elsewhere: any;
declare const user: Doc<"users">, team: Doc<"teams">, users: Doc<"users">[], id: Id<"users">, text: string;
declare const byId: Map<Id<"users">, Doc<"users">>, record: Record<string, Doc<"users">>, set: Set<Id<"users">>;
const pair = [user, team];
const empty = [];
const object = { user, team, text };
"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("pair[0]", USER),
        ("pair[1]", TEAM),
        ("pair[2]", Document(None)),
        ("[...pair, text][0]", UNKNOWN),
        ("users[0]", USER),
        ("text ? users : []", ArrayOf(USER)),
        ("(text ? users : undefined) ?? []", ArrayOf(USER)),
        ("text ? [] : pair", ArrayOf(Document(None))),
        ("text ? empty : users", ArrayOf(UNKNOWN)),
        ("[...users, ...(text ? [user] : [])]", ArrayOf(USER)),
        ("users.length", NUMBER),
        ("[user, user].map((one) => one._id)", ArrayOf(Id("users"))),
        ("pair.filter((one) => one)[1]", Document(None)),
        ("users.find((one) => one.name)", Nullable(USER)),
        ("users.entries()", ArrayOf(ArrayOf(UNKNOWN, (NUMBER, USER)))),
        ("users.flatMap((one) => [one._id])", ArrayOf(Id("users"))),
        ("Array.from(set)", ArrayOf(Id("users"))),
        ("Array.from(users, (one) => one._id)", ArrayOf(Id("users"))),
        ("[...set]", ArrayOf(Id("users"))),
        ("byId.get(id)", Nullable(USER)),
        ("byId.size", NUMBER),
        ("[...byId.values()]", ArrayOf(USER)),
        ("[...byId.keys()][0]", Id("users")),
        ("[...byId][0][1]", USER),
        ("byId.madeUp()", UNKNOWN),
        ("new Map<string, Doc<'users'>>()", MapOf(STRING, USER)),
        ("new Map(users.map((one) => [one._id, one]))", MapOf(Id("users"), USER)),
        ("new Set(users.map((one) => one._id))", ArrayOf(Id("users"))),
        ("new Set<Id<'users'>>()", ArrayOf(Id("users"))),
        ("record.any", USER),
        ("record[text]", USER),
        ("Object.keys(object)", ArrayOf(STRING)),
        ("Object.values(record)", ArrayOf(USER)),
        ("Object.values({ a: user, b: user })", ArrayOf(USER)),
        ("Object.values(object)", ArrayOf(UNKNOWN)),
        ("Object.entries(record)[0][1]", USER),
        ("Object.fromEntries(users.map((one) => [one.name, one]))", RecordOf(USER)),
        ("{ ...user, more: text }._id", Id("users")),
        ("{ ...object, text: 1 }.team", TEAM),
        ("named", USER),
        ("second", TEAM),
        ("rest", Structure((("team", TEAM), ("text", STRING)))),
        ("others", ArrayOf(Document(None))),
    ],
)
def test_what_a_collection_gives(expression: str, value: Value) -> None:
    before = BEFORE + "const { user: named, ...rest } = object; const [, second, ...others] = pair;"
    assert value_of(expression, before) == value


@pytest.mark.parametrize(
    ("callback", "value"),
    [
        ("users.sort((a, b) => { asked = b; })", USER),
        ("users.map((one, at) => { asked = at; })", NUMBER),
        ("users.reduce((made, one) => { asked = one; }, 0)", USER),
        ("users.reduce((made, one) => { asked = made; }, 0)", NUMBER),
        ("users.reduce<Record<string, Doc<'users'>>>((made) => { asked = made; }, {})", RecordOf(USER)),
        ("byId.forEach((one, key) => { asked = key; })", Id("users")),
    ],
)
def test_what_a_callback_receives(callback: str, value: Value) -> None:
    linked = linked_of(a=f"{BEFORE} export let asked; {callback};")
    (function,) = linked.summaries["convex/a.ts"].code.functions
    name = function.body.items[0].of.value  # type: ignore[union-attr]
    with linked.at("convex/a.ts"):
        assert linked.value(name) == value  # type: ignore[arg-type]


def test_promises_of_several_promises_keep_their_places() -> None:
    handler = """
    async (ctx, args) => {
      const [user, team] = await Promise.all([ctx.db.get(args.user), ctx.db.get(args.team)]);
      const [first] = await Promise.allSettled([ctx.db.get(args.user)]);
      for (const [key, value] of new Map([[args.user, user]])) { return [user, team, first.value, key, value]; }
    }
    """
    arguments = '{ user: v.id("users"), team: v.id("teams") }'
    linked = linked_of(a=f"export const f = query({{ args: {arguments}, handler: {handler} }});")
    assert linked.given("convex/a.ts", 0).of.items == (  # type: ignore[union-attr]
        Nullable(USER),
        Nullable(TEAM),
        Nullable(USER),
        Id("users"),
        Nullable(USER),
    )


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("const made = []; for (const one of users) made.push(one._id);", ArrayOf(Id("users"))),
        ("const made = []; made.push(...users);", ArrayOf(USER)),
        ("const made = [text]; made.push(user);", ArrayOf(UNKNOWN)),
        ("const made = [user]; made.push(user);", ArrayOf(USER)),
        ("const made = [user]; made.push(elsewhere);", ArrayOf(USER)),
        ("const made = [elsewhere]; made.push(user);", ArrayOf(UNKNOWN, (UNKNOWN,))),
        ("const made = elsewhere(); made.push(user);", UNKNOWN),
        ("const made = new Map<string, Doc<'users'>>(); made.set(text, elsewhere);", MapOf(STRING, USER)),
        ("const made = []; made.push(user, text);", ArrayOf(UNKNOWN)),
        ("const made = new Set(); made.add(id);", ArrayOf(Id("users"))),
        ("const made = new Map(); for (const one of users) made.set(one._id, one);", MapOf(Id("users"), USER)),
        ("const made: Doc<'users'>[] = []; made.push(other);", ArrayOf(USER)),
        ("const made = users.map(() => null); made[0] = user;", ArrayOf(UNKNOWN)),
        ("const made: (Doc<'users'> | null)[] = users.map(() => null); made[0] = user;", ArrayOf(Nullable(USER))),
    ],
)
def test_what_is_put_into_a_collection(code: str, value: Value) -> None:
    assert value_of("made", f"{BEFORE} {code}") == value


@pytest.mark.parametrize("change", ['note["b"] = user;', "note[text] = user;", "note.b = user;"])
def test_an_object_whose_members_are_assigned_is_what_its_type_says(change: str) -> None:
    assert value_of("note.a", f"{BEFORE} const note = {{ a: text }}; {change}") == UNKNOWN
    assert value_of("note.a", f"{BEFORE} const note: Record<string, Doc<'users'>> = {{}}; {change}") == USER
    assert value_of("note.a", f"{BEFORE} const note = {{ a: text }}; object[note] = 1;") == STRING
