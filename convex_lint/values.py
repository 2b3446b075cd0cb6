"""What an expression is: a closed set of values of the Convex vocabulary, and `UNKNOWN` for all the rest.

Values are plain and compared by what they say; they hold no byte offsets. A function of the project is named by its
module and its ordinal there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from convex_lint.facts.packages import TIEBREAKERS
from convex_lint.records import record


@record
class Unknown:
    """What is not understood; a rule that meets it says nothing."""


UNKNOWN = Unknown()


@record
class Constant:
    """A string, number, boolean, null or undefined that is known."""

    form: str
    value: str | float | bool | None


@record
class Primitive:
    """A value of JavaScript without parts that is not known: `string`, `number`, `boolean`, `bigint`, `bytes`."""

    form: str


@record
class Global:
    """A name that no module defines, with the members taken from it: `Date.now`, `Promise.all`, `fetch`."""

    name: str


@record
class Package:
    """What an npm package exports, with the members taken from it; `name` is `*` for the package as a whole."""

    specifier: str
    name: str


@record
class Namespace:
    """All exports of a module of the workspace (`import * as name`)."""

    path: str


@record
class Closure:
    """A function of the project, or of a stub: the `ordinal`-th of the module at `path`."""

    path: str
    ordinal: int


@record
class ClassOf:
    """A class of the project, or of a stub: the `ordinal`-th of the module at `path`."""

    path: str
    ordinal: int


@record
class Instance:
    """An object of a class; `given` is what the type parameters of the class stand for."""

    of: ClassOf
    given: tuple[Value, ...] = ()


@record
class Signature:
    """A function of which only the type is known: what calling it gives, what it takes, and what it runs."""

    of: Value
    takes: tuple[Value, ...] = ()
    runs: tuple[Closure, ...] = ()


@record
class Ctx:
    """The context of a function of one of the `kinds` (`query`, `mutation`, `action`).

    `extra` are the members that a custom builder or a type adds; with `open` there may be more.
    """

    kinds: frozenset[str]
    extra: tuple[tuple[str, Value], ...] = ()
    open: bool = False


@record
class Db:
    """`ctx.db`, or with `system` its system tables; `writer` says whether it surely can write."""

    writer: bool
    system: bool = False


@record
class Query:
    """A database query that is being built.

    `table` and `index` are None where not known; `index` is "" where none was chosen. `ranged` says that the
    index range narrows what is read (None: not known), `search` that it is a full-text search. `started` says that it
    was chained on, so that no index can be chosen any more, `ordered` that its order was chosen (None: not known).
    """

    table: str | None
    index: str | None = ""
    ranged: bool | None = False
    search: bool = False
    filtered: bool = False
    started: bool | None = False
    ordered: bool | None = False


@record
class Service:
    """A member of ctx that is only there to be called: `scheduler`, `storage`, `auth`, `meta`."""

    name: str


@record
class Method:
    """A member function, not called yet, of a value."""

    of: Value
    name: str


@record
class FieldBuilder:
    """The `q` in the callback of `filter`, `withIndex` or `withSearchIndex` (the `form`)."""

    form: str


@record
class Document:
    """A document of a table."""

    table: str | None


@record
class Id:
    """The id of a document of a table."""

    table: str | None


@record
class Identity:
    """What `ctx.auth.getUserIdentity()` gives to a caller who is logged in."""


@record
class FileUrl:
    """What `ctx.storage.getUrl()` gives: a string, with which anyone can read the file as long as it is there."""


@record
class Body:
    """A `Request`, `Response`, `Blob` or `File`: what is in it is read by methods that return promises."""


@record
class ArrayOf:
    """An array (or another iterable) of values; `items` are those that are known by their places, from the first on.

    An `empty` one is written `[]`, and tells nothing of what another one in its stead holds.
    """

    of: Value
    items: tuple[Value, ...] = ()
    empty: bool = False


@record
class RecordOf:
    """An object with values of one kind under keys that are not known: `Record<string, T>`."""

    of: Value


@record
class MapOf:
    """A `Map` with values of one kind."""

    key: Value
    of: Value


@record
class Nullable:
    """A value, or null or undefined."""

    of: Value


@record
class Promise:
    """A promise of a value. `made_by` says what made it, in the words of a message: `ctx.db.insert`.

    `also` is what it is besides, an object whose members can be used before it is awaited; None for a plain promise.
    """

    of: Value
    made_by: str = ""
    also: Value | None = None


@record
class Structure:
    """An object whose fields are known; with `open` there may be more of them."""

    fields: tuple[tuple[str, Value], ...]
    open: bool = False

    def has(self, name: str) -> bool:
        """Say whether a field is known to be there."""
        return any(key == name for key, _ in self.fields)

    def get(self, name: str) -> Value:
        """Return a field's value."""
        for key, value in self.fields:
            if key == name:
                return value
        return UNKNOWN


@record
class Reference:
    """A reference to a function, or a part of one: `internal.users.get` is `("users", "get")` below `internal`.

    `root` is `api`, `internal` or `components`, empty where not known; `project` is the functions folder that it
    belongs to.
    """

    root: str
    path: tuple[str, ...]
    project: str


PUBLIC = Reference("", (), "public")
"""A reference to a function that clients can run, of which nothing else is known."""


@record
class Validator:
    """A validator of `convex/values`, as it says of itself.

    `kind` is `id`, `null`, `float64`, `int64`, `commitTs`, `function`, `boolean`, `string`, `bytes`, `literal`,
    `array`, `object`, `record`, `union` or `any`; it is empty where nothing is known of the validator. `table` is that
    of an id and `literal` what a literal is, None where not known. `items` are the element of an array, the keys and
    the values of a record, or the members of a union; `fields` are those of an object. With `open` there may be more
    members or fields. `optional` says that a field of an object may be left out.
    """

    kind: str = ""
    optional: bool = False
    table: str | None = None
    literal: Constant | None = None
    items: tuple[Validator, ...] = ()
    fields: tuple[tuple[str, Validator], ...] = ()
    open: bool = False

    def field(self, name: str) -> Validator | None:
        """Return the validator of a field of an object, or None for one that is not seen."""
        for key, one in self.fields:
            if key == name:
                return one
        return None

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields of an object that surely may not be left out."""
        return tuple(name for name, one in self.fields if one.kind and not one.optional)


@record
class IndexDefinition:
    """An index of a table. `form` is `index`, `search` or `vector`; `name` is None where it is not known.

    `fields` are those of an index in their order, without the `_creationTime` that Convex appends; of the others it is
    the one that is searched, and `filters` are the filter fields. With `open` they are not all seen. `dimensions` is
    that of a vector index. A `staged` index cannot be used yet.
    """

    form: str
    name: str | None
    fields: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    dimensions: int | None = None
    staged: bool = False
    open: bool = False

    @property
    def ordered(self) -> tuple[str, ...]:
        """The fields by which an index is sorted, with those that Convex puts behind its own."""
        return (*self.fields, *(one for one in TIEBREAKERS if one not in self.fields))


@record
class TableDefinition:
    """What `defineTable` gives: the validator of the documents, without the fields that Convex adds, and the indexes.

    With `open` there may be more indexes. `made` is the module of the call and its number among those of its like
    there, None where it is not seen; `staged` is the validator that documents are to have next.
    """

    validator: Validator = Validator()
    indexes: tuple[IndexDefinition, ...] = ()
    open: bool = False
    staged: Validator | None = None
    made: tuple[str, int] | None = None


@record
class SchemaDefinition:
    """What `defineSchema` gives: the tables by name. With `open` there may be more.

    `validates` says whether Convex holds documents to it, `strict` whether only its tables may be used.
    """

    tables: tuple[tuple[str, TableDefinition], ...] = ()
    open: bool = False
    validates: bool = True
    strict: bool = True

    def table(self, name: str) -> TableDefinition | None:
        """Return the table of a name, or None for one that is not seen."""
        return next((table for key, table in self.tables if key == name), None)


@record
class Builder:
    """A function that registers functions: `query`, `internalMutation`, or a custom one made from these.

    `kind` is `query`, `mutation`, `action` or `httpAction`. `validates` says that functions built by it carry
    Convex validators under `args` (False for zod and other builders with arguments of their own). `adds` is what it
    puts on ctx (with `open` it may put more there), `runs` the functions that it runs before every handler (with
    `opaque` there may be more of them), and `takes` the arguments that it validates itself, besides those of the
    function (None: not known).
    """

    kind: str
    internal: bool
    custom: bool = False
    validates: bool = True
    adds: tuple[tuple[str, Value], ...] = ()
    runs: tuple[Closure, ...] = ()
    takes: Validator | None = None
    open: bool = False
    opaque: bool = False


@record
class Registration:
    """A registered function; `handler` is what runs, where it is seen."""

    builder: Builder
    handler: Closure | None = None


@record
class Crons:
    """What `cronJobs()` returns."""


@record
class Router:
    """What `httpRouter()` returns."""


Value: TypeAlias = (
    Unknown | Constant | Primitive | Global | Package | Namespace | Closure | ClassOf | Instance | Signature | Ctx
    | Db | Query | Service | Method | FieldBuilder | Document | Id | Identity | FileUrl | Body | ArrayOf | RecordOf
    | MapOf | Nullable | Promise | Structure | Reference | Validator | TableDefinition | SchemaDefinition | Builder
    | Registration | Crons | Router
)  # fmt: skip

PRIMITIVES = frozenset({"string", "number", "boolean", "bigint", "bytes"})
"""The forms of `Primitive`."""

NULL = Constant("null", None)
UNDEFINED = Constant("undefined", None)


def join(left: Value, right: Value) -> Value:  # noqa: PLR0911  one case a pair
    """Return the value that is one of two: what both agree on, else `UNKNOWN`."""
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if left is right or left == right:
        return left
    if is_nothing(left):
        if is_nothing(right):
            return NULL
        return right if isinstance(right, Nullable) else Nullable(right)
    if is_nothing(right):
        return join(right, left)
    if isinstance(left, Nullable) or isinstance(right, Nullable):
        inner = join(present(left), present(right))
        return UNKNOWN if inner is UNKNOWN else Nullable(inner)
    return _join_same(left, right)


def _join_same(left: Value, right: Value) -> Value:  # noqa: C901, PLR0911, PLR0912  one case a value
    match left:
        case Promise() if isinstance(right, Promise):
            made_by = left.made_by if left.made_by == right.made_by else ""
            return Promise(join(left.of, right.of), made_by, left.also if left.also == right.also else UNKNOWN)
        case Ctx() if isinstance(right, Ctx):
            shared = tuple(item for item in left.extra if item in right.extra)
            return Ctx(left.kinds | right.kinds, shared, left.open or right.open or left.extra != right.extra)
        case Db() if isinstance(right, Db):
            return Db(left.writer and right.writer, left.system and right.system)
        case Query() if isinstance(right, Query):
            return _join_queries(left, right)
        case Document() if isinstance(right, Document):
            return Document(None)
        case Id() if isinstance(right, Id):
            return Id(None)
        case ArrayOf() if isinstance(right, ArrayOf):
            if left.empty or right.empty:
                full = right if left.empty else left
                return ArrayOf(full.of, empty=full.empty)
            items = tuple(map(join, left.items, right.items)) if len(left.items) == len(right.items) else ()
            return ArrayOf(join(left.of, right.of), items)
        case RecordOf() if isinstance(right, RecordOf):
            return RecordOf(join(left.of, right.of))
        case MapOf() if isinstance(right, MapOf):
            return MapOf(join(left.key, right.key), join(left.of, right.of))
        case Structure() if isinstance(right, Structure):
            return _join_structures(left, right)
        case Document() if isinstance(right, Structure):
            return left if _is_copy(right, left) else UNKNOWN
        case Structure() if isinstance(right, Document):
            return right if _is_copy(left, right) else UNKNOWN
        case Validator() if isinstance(right, Validator):
            return Validator()
        case TableDefinition() if isinstance(right, TableDefinition):
            return _join_tables(left, right)
        case FileUrl() if isinstance(right, Constant | Primitive):
            return _join_same(Primitive("string"), right)
        case Constant() | Primitive() if isinstance(right, FileUrl):
            return _join_same(left, Primitive("string"))
        case Constant() | Primitive() if isinstance(right, Constant | Primitive):
            return Primitive(left.form) if left.form == right.form and left.form in PRIMITIVES else UNKNOWN
        case _:
            return UNKNOWN


def _join_structures(left: Structure, right: Structure) -> Structure:
    fields: dict[str, Value] = {}
    ours, theirs = dict(left.fields), dict(right.fields)
    for name, one in {**ours, **theirs}.items():  # in the order of both, with the values of the right one
        if name in ours and name in theirs:
            fields[name] = join(ours[name], one)
        elif not (right if name in ours else left).open:
            fields[name] = maybe(one)
    return Structure(tuple(fields.items()), left.open or right.open)


def _is_copy(of: Structure, document: Document) -> bool:
    """Say whether an object is made of a document, with all that every document has."""
    return of.get("_id") == Id(document.table) and of.has("_creationTime")


def maybe(value: Value) -> Value:
    """Return a value that may not be there."""
    return value if value is UNKNOWN or isinstance(value, Nullable) else Nullable(value)


def _join_queries(left: Query, right: Query) -> Query:
    return Query(
        left.table if left.table == right.table else None,
        left.index if left.index == right.index else None,
        left.ranged if left.ranged == right.ranged else None,
        left.search and right.search,
        left.filtered or right.filtered,
        left.started if left.started == right.started else None,
        left.ordered if left.ordered == right.ordered else None,
    )


def _join_tables(left: TableDefinition, right: TableDefinition) -> TableDefinition:
    """Join what a name for a table is at two times: an index that is added changes the table itself."""
    if left.validator != right.validator or left.made != right.made:
        return TableDefinition(open=True)
    more = tuple(index for index in right.indexes if index not in left.indexes)
    return replace(left, indexes=(*left.indexes, *more), open=left.open or right.open)


_HOLDERS = (ArrayOf, RecordOf, MapOf, Promise)


def is_vague(value: Value) -> bool:
    """Say whether a part of a value is not known that a type could tell."""
    match value:
        case Unknown() | Document(None) | Id(None):
            return True
        case ArrayOf() | RecordOf() | MapOf() | Nullable() | Promise():
            return is_vague(value.of)
        case _:
            return False


def sharpened(value: Value, declared: Value) -> Value:
    """Return a value with what its declared type says of the parts of it that are not known."""
    if value is UNKNOWN:
        return declared
    if isinstance(value, Nullable):
        return replace(value, of=sharpened(value.of, present(declared)))
    declared = present(declared)
    if isinstance(value, Document | Id):
        return declared if type(value) is type(declared) and is_vague(value) else value
    is_same = type(value) is type(declared)
    if isinstance(value, ArrayOf) and value.empty:
        value = ArrayOf(UNKNOWN)
    if isinstance(value, _HOLDERS) and isinstance(declared, _HOLDERS) and is_same:
        return replace(value, of=sharpened(value.of, declared.of))
    return value


def is_nothing(value: Value) -> bool:
    """Say whether a value is null or undefined."""
    return isinstance(value, Constant) and value.form in {"null", "undefined"}


def is_undefined(value: Value) -> bool:
    """Say whether a value is undefined."""
    return isinstance(value, Constant) and value.form == "undefined"


def present(value: Value) -> Value:
    """Return a value without the possibility of null or undefined."""
    return value.of if isinstance(value, Nullable) else value


def awaited(value: Value) -> Value:
    """Return what `await` makes of a value."""
    if isinstance(value, Nullable):
        inner = awaited(value.of)
        return inner if inner is UNKNOWN or isinstance(inner, Nullable) else Nullable(inner)
    while isinstance(value, Promise):
        value = value.of
    return value
