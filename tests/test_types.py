"""What a value of a written type is."""

from __future__ import annotations

import pytest

from convex_lint.values import (
    NULL,
    UNDEFINED,
    UNKNOWN,
    ArrayOf,
    ClassOf,
    Constant,
    Ctx,
    Db,
    Document,
    Id,
    Identity,
    Instance,
    MapOf,
    Nullable,
    Primitive,
    Promise,
    Query,
    RecordOf,
    Service,
    Signature,
    Structure,
    Value,
)
from tests.asking import linked_of, value_of

STRING, NUMBER, BOOLEAN = Primitive("string"), Primitive("number"), Primitive("boolean")
QUERY, MUTATION = Ctx(frozenset({"query"})), Ctx(frozenset({"mutation"}))

SCHEMA = """
export default defineSchema({
  users: defineTable({ name: v.string(), team: v.id("teams"), at: v.optional(v.number()) }),
  teams: defineTable({ title: v.string() }),
});
"""

OTHER = """
export type Member = { user: Id<"users">; team: Doc<"teams"> };
export type Box<T> = { inside: T };
export interface Named { name: string }
export default interface Main { main: boolean }
type Hidden = { hidden: string };
export type { Hidden as Shown };
export type { Doc } from "./_generated/dataModel";
export * from "./more";
export class Client { token: string = ""; }
export enum Color { Red }
export const list = ["a", "b"] as const;
export async function load(ctx: QueryCtx, id: Id<"users">) { return await ctx.db.get(id); }
"""

MORE = "export type Far = Id<'far'>;"

FUNCTIONS = """
export const get = query({ args: { id: v.id("users") }, handler: async (ctx, args) => await ctx.db.get(args.id) });
"""

BEFORE = """
import type { Infer, ObjectType, GenericId } from "convex/values";
import type { WithoutSystemFields, GenericQueryCtx, FunctionReturnType, FunctionArgs, PaginationResult,
  DocumentByName, GenericDatabaseReader, UserIdentity, OrderedQuery, StorageReader, RegisteredQuery }
  from "convex/server";
import type { CustomCtx } from "convex-helpers/server/customFunctions";
import type { Expand, BetterOmit } from "convex-helpers";
import { customQuery, customCtx } from "convex-helpers/server/customFunctions";
import type { Member, Box, Named, Shown, Far, Client, Color, Doc as SameDoc } from "./other";
import type Main from "./other";
import type * as Others from "./other";
import { list, load } from "./other";
import { Foreign } from "elsewhere";
const note = v.object({ title: v.string(), more: v.optional(v.number()) });
const fields = { title: v.string(), owner: v.id("users") };
const own = customQuery(query, customCtx(async (ctx) => ({ user: await ctx.db.get(id as Id<"users">) })));
type Users = Doc<"users">;
type Pair<A, B = A> = { first: A; second: B };
type Of<T extends TableNames> = Doc<T>;
type Keys = "name" | "team";
type Tree = { value: Id<"users">; children: Tree[] };
type Left = { right: Right }; type Right = { left: Left; team: Id<"teams"> };
interface Base { id: Id<"users"> }
interface Derived extends Base { more: string }
interface Stored extends Doc<"users"> { more: string }
interface OwnCtx extends QueryCtx { user: Users }
type Loop<T> = Loop<T[]>;
class Local {}
async function find(ctx: QueryCtx, team: Id<"teams">) { return await ctx.db.get(team); }
const count = (xs: string[]): number => xs.length;
"""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        # Words and literals.
        ("string", STRING),
        ("number", NUMBER),
        ("boolean", BOOLEAN),
        ("bigint", Primitive("bigint")),
        ("ArrayBuffer", Primitive("bytes")),
        ("null", NULL),
        ("undefined", UNDEFINED),
        ("void", UNDEFINED),
        ("any", UNKNOWN),
        ("unknown", UNKNOWN),
        ("never", UNKNOWN),
        ("Nowhere", UNKNOWN),
        ("Infinity", UNKNOWN),
        ('"a"', Constant("string", "a")),
        ("1", Constant("number", 1.0)),
        ("-1", Constant("number", -1.0)),
        ("1n", Primitive("bigint")),
        ("true", Constant("boolean", value=True)),
        ('"a" | "b"', STRING),
        ("`a${string}`", STRING),
        # The vocabulary.
        ('Id<"users">', Id("users")),
        ('GenericId<"users">', Id("users")),
        ("Id<TableNames>", Id(None)),
        ('Id<"users" | "teams">', Id(None)),
        ('Doc<"users">', Document("users")),
        ("Users", Document("users")),
        ('SameDoc<"users">', Document("users")),
        ('DataModel["users"]["document"]', Document("users")),
        ('DocumentByName<DataModel, "users">', Document("users")),
        ('DataModel["users"]["indexes"]', UNKNOWN),
        ("TableNames", STRING),
        ("QueryCtx", QUERY),
        ("QueryCtx | MutationCtx", Ctx(frozenset({"query", "mutation"}))),
        ("GenericQueryCtx<DataModel>", QUERY),
        ("QueryCtx & { user: Users }", Ctx(frozenset({"query"}), (("user", Document("users")),))),
        ("OwnCtx", Ctx(frozenset({"query"}), (("user", Document("users")),))),
        ('Pick<QueryCtx, "db">', QUERY),
        ('QueryCtx["db"]', Db(writer=False)),
        ('MutationCtx["db"]', Db(writer=True)),
        ('QueryCtx["storage"]', Service("storage")),
        ("GenericDatabaseReader<DataModel>", Db(writer=False)),
        ("OrderedQuery<any>", Query(None, None, None, started=None, ordered=None)),
        ("UserIdentity", Identity()),
        (
            "CustomCtx<typeof own>",
            Ctx(frozenset({"query"}), (("user", Nullable(Document("users"))),), open=False),
        ),
        # Fields of documents.
        ('Doc<"users">["name"]', STRING),
        ('Doc<"users">["team"]', Id("teams")),
        ('Doc<"users">["at"]', Nullable(NUMBER)),
        ('Doc<"users">["_id"]', Id("users")),
        ('NonNullable<Doc<"users">["at"]>', NUMBER),
        ('Doc<"users">["madeUp"]', UNKNOWN),
        ('Doc<"users">[Keys]', UNKNOWN),
        ('Doc<"users">["name" | "name"]', STRING),
        # Validators.
        ("Infer<typeof note>", Structure((("title", STRING), ("more", Nullable(NUMBER))))),
        ("Infer<typeof note.fields.title>", STRING),
        ("ObjectType<typeof fields>", Structure((("title", STRING), ("owner", Id("users"))))),
        ('Infer<typeof note>["title"]', STRING),
        ("Infer<typeof Foreign>", UNKNOWN),
        # What functions take and give.
        ("ReturnType<typeof find>", Promise(Nullable(Document("teams")))),
        ("Awaited<ReturnType<typeof find>>", Nullable(Document("teams"))),
        ("NonNullable<Awaited<ReturnType<typeof find>>>", Document("teams")),
        ("Awaited<ReturnType<typeof load>>", Nullable(Document("users"))),
        ("ReturnType<typeof count>", NUMBER),
        ("ReturnType<() => Users>", Document("users")),
        ("Parameters<typeof find>[1]", Id("teams")),
        ("Parameters<typeof find>[0]", QUERY),
        ("Parameters<typeof find>[7]", UNKNOWN),
        ("Parameters<(a: string, b: Users) => void>[1]", Document("users")),
        ("FunctionReturnType<typeof api.functions.get>", Nullable(Document("users"))),
        ("FunctionArgs<typeof api.functions.get>", Structure((("id", Id("users")),))),
        ("(ctx: QueryCtx) => Promise<string>", Signature(Promise(STRING), (QUERY,))),
        ("(a: string, ...rest: Users[]) => string", Signature(STRING, (STRING,))),
        ("(...rest: [string, Users]) => string", Signature(STRING, (STRING, Document("users")))),
        ("(x: any) => x is string", Signature(BOOLEAN, (UNKNOWN,))),
        # Made of others.
        ("Promise<Users>", Promise(Document("users"))),
        ("Users[]", ArrayOf(Document("users"))),
        ("readonly Users[]", ArrayOf(Document("users"))),
        ("Array<Users>", ArrayOf(Document("users"))),
        ("ReadonlyArray<Users>", ArrayOf(Document("users"))),
        ("[string, string]", ArrayOf(STRING, (STRING, STRING))),
        ("[first: string, second?: string]", ArrayOf(STRING, (STRING, STRING))),
        ("[string, number]", ArrayOf(UNKNOWN, (STRING, NUMBER))),
        ("[string, number][1]", NUMBER),
        ("Users[][number]", Document("users")),
        ("(typeof list)[number]", STRING),
        ("(typeof list)[0]", Constant("string", "a")),
        ("typeof list", ArrayOf(STRING, (Constant("string", "a"), Constant("string", "b")))),
        ("keyof Users", STRING),
        ("Set<Id<'users'>>", ArrayOf(Id("users"))),
        ("Map<Id<'users'>, Users>", MapOf(Id("users"), Document("users"))),
        ("Record<string, Users>", RecordOf(Document("users"))),
        ("{ [key: string]: Users }", RecordOf(Document("users"))),
        ("Record<string, Users>[string]", Document("users")),
        ('Record<"a" | "b", number>', Structure((("a", NUMBER), ("b", NUMBER)))),
        ("Users | null", Nullable(Document("users"))),
        ("Users | undefined", Nullable(Document("users"))),
        ("Exclude<Users | null, null>", Document("users")),
        ("Extract<Users, { name: string }>", Document("users")),
        ("{ a: string; b?: Users }", Structure((("a", STRING), ("b", Nullable(Document("users")))), open=True)),
        ("{ run(a: string): Users }", Structure((("run", Signature(Document("users"), (STRING,))),), open=True)),
        ("{ a: string } & { b: number }", Structure((("a", STRING), ("b", NUMBER)), open=True)),
        ("{ a: string } & Foreign", Structure((("a", STRING),), open=True)),
        ("string & { brand: true }", STRING),
        ("{ a: string; b: number }['a']", STRING),
        ("{ a: Users } extends Foreign ? Users : null", Nullable(Document("users"))),
        # Fields that are chosen.
        (
            "WithoutSystemFields<Users>",
            Structure((("name", STRING), ("team", Id("teams")), ("at", Nullable(NUMBER)))),
        ),
        ('Pick<Users, "name">', Structure((("name", STRING),))),
        ("Pick<Users, Keys>", Structure((("name", STRING), ("team", Id("teams"))))),
        ('Omit<Users, "name" | "at" | "_creationTime">', Structure((("team", Id("teams")), ("_id", Id("users"))))),
        ('BetterOmit<{ a: string; b: number }, "a">', Structure((("b", NUMBER),), open=True)),
        ("Expand<{ a: string }>", Structure((("a", STRING),), open=True)),
        ("Partial<{ a: string; b: any }>", Structure((("a", Nullable(STRING)), ("b", UNKNOWN)), open=True)),
        ("Required<{ a?: string }>", Structure((("a", STRING),), open=True)),
        ("Readonly<Users>", Document("users")),
        ('Pick<Users, Foreign>["name"]', UNKNOWN),
        ("PaginationResult<Users>['page']", ArrayOf(Document("users"))),
        # Names that code declares.
        ("Pair<string, number>", Structure((("first", STRING), ("second", NUMBER)), open=True)),
        ("Pair<string>['second']", STRING),
        ('Of<"users">', Document("users")),
        ("Tree['children'][number]['value']", Id("users")),
        ("Left['right']['team']", Id("teams")),
        ("Loop<string>", UNKNOWN),
        ("Derived", Structure((("id", Id("users")), ("more", STRING)), open=True)),
        ("Stored['team']", Id("teams")),
        ("Stored['more']", STRING),
        ("Local", Instance(ClassOf("convex/a.ts", 0))),
        ("InstanceType<typeof Local>", Instance(ClassOf("convex/a.ts", 0))),
        # Other modules.
        ("Member", Structure((("user", Id("users")), ("team", Document("teams"))), open=True)),
        ("Member['team']['title']", STRING),
        ("Box<Users>", Structure((("inside", Document("users")),), open=True)),
        ("Named", Structure((("name", STRING),), open=True)),
        ("Shown", Structure((("hidden", STRING),), open=True)),
        ("Far", Id("far")),
        ("Client", Instance(ClassOf("convex/other.ts", 0))),
        ("Color", UNKNOWN),
        ("Main['main']", UNKNOWN),
        ("Others.Member['user']", Id("users")),
        ("Others.Box<string>['inside']", STRING),
        ('import("./other").Member["user"]', Id("users")),
        ('import("./other").Box<Users>["inside"]', Document("users")),
        ('import("./_generated/dataModel").Id<"users">', Id("users")),
        ('ReturnType<typeof import("./other").load>', Promise(Nullable(Document("users")))),
        ("Foreign", UNKNOWN),
        ("Foreign.Inner<string>", UNKNOWN),
    ],
)
def test_a_value_of_a_type(written: str, value: Value) -> None:
    modules = {"schema": SCHEMA, "other": OTHER, "more": MORE, "functions": FUNCTIONS}
    assert value_of("it", f"{BEFORE}\ndeclare const it: {written};", **modules) == value


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("<C extends QueryCtx>(it: C)", Ctx(frozenset({"query", "mutation"}))),
        ("<T extends TableNames>(it: Id<T>)", Id(None)),
        ("<T>(it: T)", UNKNOWN),
        ("<Users>(it: Users)", UNKNOWN),
        ("<const T extends string>(it: T)", STRING),
        ("(it?: string)", Nullable(STRING)),
        ('(it: Id<"users"> | undefined)', Nullable(Id("users"))),
    ],
)
def test_a_parameter_of_a_type(header: str, value: Value) -> None:
    linked = linked_of(a=f"type Users = Doc<'users'>;\nexport function f{header} {{ return it; }}")
    assert linked.received("convex/a.ts", 0, 0) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('elsewhere() as Id<"users">', Id("users")),
        ('"x" as Id<"users">', Id("users")),
        ('(name as string) as Id<"users">', Id("users")),
        ('(name as string | undefined) as Id<"users">', Id("users")),
        ('"x" as const', Constant("string", "x")),
        ('"x" as any', Constant("string", "x")),
        ('"x" as string', Constant("string", "x")),
        ("id as any", Id("users")),
        ('id as Id<"teams">', Id("users")),
        ('any as Doc<"users">[]', ArrayOf(Document("users"))),
        ('[] as Doc<"users">[]', ArrayOf(Document("users"))),
        ('vague as Doc<"users">', Nullable(Document("users"))),
        ('vague! as Doc<"users">', Document("users")),
        ("empty", ArrayOf(Document("users"))),
        ("made()", ArrayOf(Document("users"))),
        ("nothing()", Nullable(Document("users"))),
    ],
)
def test_a_type_says_what_the_code_does_not(expression: str, value: Value) -> None:
    before = """
    import { elsewhere, name, any } from "elsewhere";
    declare const id: Id<"users">, vague: Doc<any> | null;
    const empty: Doc<"users">[] = [];
    function made(): Doc<"users">[] { return []; }
    function nothing(): Doc<"users"> | null { return null; }
    """
    assert value_of(expression, before) == value


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("ctx.runQuery(api.functions.get, {})", Nullable(Document("users"))),
        ("ctx.runMutation(internal.functions.put, {})", Id("users")),
        ("ctx.runQuery(api.functions.nowhere, {})", UNKNOWN),
        ("ctx.runQuery(api.functions.unseen, {})", UNKNOWN),
        ("ctx.runQuery(reference, {})", UNKNOWN),
    ],
)
def test_what_another_function_answers(call: str, value: Value) -> None:
    code = f"export const f = action({{ handler: async (ctx, {{ reference }}) => await {call} }});"
    put = 'export const put = internalMutation({ handler: async (ctx) => await ctx.db.insert("users", {}) });'
    unseen = """
    import { customQuery, customCtx } from "convex-helpers/server/customFunctions";
    import { handler } from "elsewhere";
    const custom = customQuery(query, customCtx(async () => ({ more: 1 })));
    export const unseen = custom({ handler });
    """
    functions = f'import {{ internalMutation }} from "./_generated/server"; {FUNCTIONS} {put} {unseen}'
    assert linked_of(schema=SCHEMA, a=code, functions=functions).given("convex/a.ts", 0) == Promise(value)


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("run<Doc<'users'> | null>(other)", Promise(Nullable(Document("users")))),
        ("run(other)", Promise(UNKNOWN)),
        ("first(users)", Nullable(Document("users"))),
        ("found(users[0])", Document("users")),
        ("chunks(users)[0]", ArrayOf(Document("users"))),
        ("retry(async () => users[0])", Promise(Document("users"))),
        ("kept(users)", ArrayOf(Structure((("_id", STRING),), open=True))),
        ("plain(users)", Document("users")),
    ],
)
def test_a_function_with_type_parameters(call: str, value: Value) -> None:
    before = """
    import { elsewhere, other } from "elsewhere";
    declare const users: Doc<"users">[];
    async function run<T>(reference: any): Promise<T> { return await elsewhere(reference); }
    function first<T>(items: T[]): T | undefined { return elsewhere(items); }
    function found<T>(item: T | null): T { return elsewhere(item); }
    const chunks = <T,>(items: readonly T[]): T[][] => elsewhere(items);
    function retry<T>(make: () => Promise<T>): Promise<T> { return elsewhere(make); }
    function kept<T extends { _id: string }>(items: T[]) { return items.filter((one) => one._id); }
    function plain(items: Doc<"users">[]) { return items[0]; }
    """
    assert value_of(call, before) == value


def test_types_that_all_name_one_another_are_soon_given_up() -> None:
    names = [f"T{at}" for at in range(14)]
    listed = "\n".join(f"interface {name} {{ {' '.join(f'a{other}: {other};' for other in names)} }}" for name in names)
    assert isinstance(value_of("it", f"{listed}\ndeclare const it: T0;"), Structure)
