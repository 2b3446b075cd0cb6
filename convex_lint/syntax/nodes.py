"""The shapes that code has here: expressions, statements, types and scopes, free of tree-sitter and of punctuation.

They are plain classes with slots, compared by identity, because some 300,000 of them are made for a large
backend: a dataclass costs more at start-up, a tuple more when it is a key. `start` and `end` are byte offsets.
Parentheses leave no node. Every expression knows its `parent`, the expression, function or statement that it
is a part of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable


class Name:
    """An identifier used as a value; `scope` is where it stands, `binding` what it stands for (None for a global)."""

    __slots__ = ("binding", "end", "parent", "scope", "start", "text")

    def __init__(self, start: int, end: int, text: str, scope: Scope) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.scope = scope
        self.binding: Binding | None = None
        self.parent: Node | None = None


class Literal:
    """A constant. `form` is `string`, `number`, `boolean`, `null`, `undefined`, `bigint` or `regex`."""

    __slots__ = ("end", "form", "parent", "start", "value")

    def __init__(self, start: int, end: int, form: str, value: str | float | bool | None) -> None:
        self.start = start
        self.end = end
        self.form = form
        self.value = value
        self.parent: Node | None = None


class Template:
    """A template string with substitutions, or a tagged one (then `tag` is set)."""

    __slots__ = ("end", "items", "parent", "start", "tag")

    def __init__(self, start: int, end: int, items: list[Expression], tag: Expression | None) -> None:
        self.start = start
        self.end = end
        self.items = items
        self.tag = tag
        self.parent: Node | None = None


class Member:
    """`of.name`, or `of["name"]` with a literal; `name_start` and `name_end` are the span of the name."""

    __slots__ = ("end", "name", "name_end", "name_start", "of", "optional", "parent", "start")

    def __init__(  # noqa: PLR0913, PLR0917  a node is its parts
        self, start: int, end: int, of: Expression, name: str, name_start: int, name_end: int, optional: bool
    ) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.name = name
        self.name_start = name_start
        self.name_end = name_end
        self.optional = optional
        self.parent: Node | None = None


class Index:
    """`of[index]` with an index that is no string literal."""

    __slots__ = ("end", "index", "of", "parent", "start")

    def __init__(self, start: int, end: int, of: Expression, index: Expression) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.index = index
        self.parent: Node | None = None


class Call:
    """A call, or with `new` a construction. `function` is the innermost function that it stands in."""

    __slots__ = ("arguments", "callee", "end", "function", "new", "optional", "parent", "start", "types")

    def __init__(  # noqa: PLR0913, PLR0917  a node is its parts
        self,
        start: int,
        end: int,
        callee: Expression,
        arguments: list[Expression],
        types: tuple[Type, ...],
        function: Function | None,
        new: bool,
    ) -> None:
        self.start = start
        self.end = end
        self.callee = callee
        self.arguments = arguments
        self.types = types
        self.function = function
        self.new = new
        self.optional = False
        self.parent: Node | None = None


class Await:
    """`await of`."""

    __slots__ = ("end", "of", "parent", "start")

    def __init__(self, start: int, end: int, of: Expression) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.parent: Node | None = None


class Unary:
    """`!of`, `void of`, `typeof of`, `-of`, `++of` …; for `yield` the operator is `yield`."""

    __slots__ = ("end", "of", "operator", "parent", "start")

    def __init__(self, start: int, end: int, operator: str, of: Expression | None) -> None:
        self.start = start
        self.end = end
        self.operator = operator
        self.of = of
        self.parent: Node | None = None


class Binary:
    """`left operator right`, the logical operators included; a comma is the operator `,`."""

    __slots__ = ("end", "left", "operator", "parent", "right", "start")

    def __init__(self, start: int, end: int, operator: str, left: Expression, right: Expression) -> None:
        self.start = start
        self.end = end
        self.operator = operator
        self.left = left
        self.right = right
        self.parent: Node | None = None


class Conditional:
    """`test ? yes : no`."""

    __slots__ = ("end", "no", "parent", "start", "test", "yes")

    def __init__(self, start: int, end: int, test: Expression, yes: Expression, no: Expression) -> None:
        self.start = start
        self.end = end
        self.test = test
        self.yes = yes
        self.no = no
        self.parent: Node | None = None


class Assign:
    """`target operator value`; a destructuring target is an `Other` with the targets inside."""

    __slots__ = ("end", "operator", "parent", "start", "target", "value")

    def __init__(self, start: int, end: int, operator: str, target: Expression, value: Expression) -> None:
        self.start = start
        self.end = end
        self.operator = operator
        self.target = target
        self.value = value
        self.parent: Node | None = None


class Cast:
    """`of as type`, `of satisfies type`, `<type>of` (form `as`) and `of!` (form `!`, no type)."""

    __slots__ = ("end", "form", "of", "parent", "start", "type")

    def __init__(self, start: int, end: int, of: Expression, form: str, type_: Type | None) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.form = form
        self.type = type_
        self.parent: Node | None = None


class Spread:
    """`...of` in an object, an array or a list of arguments."""

    __slots__ = ("end", "of", "parent", "start")

    def __init__(self, start: int, end: int, of: Expression) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.parent: Node | None = None


class Property:
    """One entry of an object, or of a class: `key` is None where it is computed.

    `form` is `pair`, `shorthand`, `method`, `get` (for a setter too) or, in a class, `set`.
    """

    __slots__ = ("end", "form", "key", "key_end", "key_start", "parent", "start", "value")

    def __init__(  # noqa: PLR0913, PLR0917  a node is its parts
        self, start: int, end: int, key: str | None, key_start: int, key_end: int, value: Expression, form: str
    ) -> None:
        self.start = start
        self.end = end
        self.key = key
        self.key_start = key_start
        self.key_end = key_end
        self.value = value
        self.form = form
        self.parent: Node | None = None


class Object:
    """An object literal: its properties and spreads, in order."""

    __slots__ = ("end", "parent", "properties", "start")

    def __init__(self, start: int, end: int, properties: list[Property | Spread]) -> None:
        self.start = start
        self.end = end
        self.properties = properties
        self.parent: Node | None = None


class Array:
    """An array literal: its items and spreads, in order."""

    __slots__ = ("end", "items", "parent", "start")

    def __init__(self, start: int, end: int, items: list[Expression]) -> None:
        self.start = start
        self.end = end
        self.items = items
        self.parent: Node | None = None


class Other:
    """An expression that no question is asked about (JSX, a pattern as a target …), with the expressions in it."""

    __slots__ = ("end", "items", "parent", "start")

    def __init__(self, start: int, end: int, items: list[Expression]) -> None:
        self.start = start
        self.end = end
        self.items = items
        self.parent: Node | None = None


class Parameter:
    """One parameter: the bindings that its pattern makes are in the function's scope.

    `field` says that it is a field of the class too, as `private ctx` is in a constructor.
    """

    __slots__ = ("default", "end", "field", "name", "optional", "pattern", "rest", "start", "type")

    def __init__(  # noqa: PLR0913, PLR0917  a node is its parts
        self,
        start: int,
        end: int,
        name: str | None,
        type_: Type | None,
        default: Expression | None,
        rest: bool,
        optional: bool,
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.type = type_
        self.default = default
        self.rest = rest
        self.optional = optional
        self.pattern: tuple[Binding, ...] = ()
        self.field = False

    @property
    def is_empty(self) -> bool:
        """Whether it is a pattern that takes nothing out: `{}`."""
        return self.name is None and not self.pattern


class Function:
    """A function of any form: arrow, expression, declaration, method.

    `ordinal` numbers the functions of a module in the order of their text. `body` is None for an overload and for
    one that is only declared; an arrow with an expression has a body of one `Return`. `inside` is the innermost
    function around it.
    """

    __slots__ = (
        "asynchronous",
        "body",
        "broken",
        "concise",
        "end",
        "form",
        "generator",
        "inside",
        "name",
        "ordinal",
        "parameters",
        "parent",
        "result",
        "returns",
        "scope",
        "start",
    )

    def __init__(  # noqa: PLR0913, PLR0917  a node is its parts
        self, start: int, end: int, name: str | None, form: str, scope: Scope, inside: Function | None, ordinal: int
    ) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.form = form
        self.scope = scope
        self.inside = inside
        self.ordinal = ordinal
        self.asynchronous = False
        self.generator = False
        self.concise = False
        self.broken = False
        self.parameters: list[Parameter] = []
        self.body: Block | None = None
        self.result: Type | None = None
        self.returns: list[Return] = []
        self.parent: Node | None = None


class Class:
    """A class: its methods and field initialisers are its members, `types` the declared types of its fields.

    `ordinal` numbers the classes of a module in the order of their text, `generics` are its type parameters, and
    `arguments` what it gives to those of the class that it extends. `statics` are the fields of the class itself.
    """

    __slots__ = (
        "arguments",
        "end",
        "extends",
        "generics",
        "members",
        "name",
        "ordinal",
        "parent",
        "scope",
        "start",
        "statics",
        "types",
    )

    def __init__(self, start: int, end: int, name: str | None, scope: Scope, ordinal: int) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.scope = scope
        self.ordinal = ordinal
        self.extends: Expression | None = None
        self.generics: tuple[str, ...] = ()
        self.arguments: tuple[Type, ...] = ()
        self.members: list[Property] = []
        self.types: dict[str, Type] = {}
        self.statics: set[str] = set()
        self.parent: Node | None = None


Expression: TypeAlias = (
    Name | Literal | Template | Member | Index | Call | Await | Unary | Binary | Conditional | Assign | Cast
    | Spread | Object | Array | Other | Function | Class
)  # fmt: skip


class Block:
    """Statements in order."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int, end: int, items: list[Statement]) -> None:
        self.start = start
        self.end = end
        self.items = items


class Evaluate:
    """An expression as a statement; `function` is the innermost function that it stands in."""

    __slots__ = ("end", "function", "of", "start")

    def __init__(self, start: int, end: int, of: Expression, function: Function | None) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.function = function


class Declare:
    """One declarator: the bindings that it makes, and its initial value."""

    __slots__ = ("bindings", "end", "form", "of", "start")

    def __init__(self, start: int, end: int, form: str, bindings: tuple[Binding, ...], of: Expression | None) -> None:
        self.start = start
        self.end = end
        self.form = form
        self.bindings = bindings
        self.of = of


class Return:
    """`return of`, or the expression of a concise arrow."""

    __slots__ = ("end", "function", "of", "start")

    def __init__(self, start: int, end: int, of: Expression | None, function: Function | None) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.function = function


class Throw:
    """`throw of`."""

    __slots__ = ("end", "of", "start")

    def __init__(self, start: int, end: int, of: Expression | None) -> None:
        self.start = start
        self.end = end
        self.of = of


class If:
    """`if (test) yes else no`."""

    __slots__ = ("end", "no", "start", "test", "yes")

    def __init__(self, start: int, end: int, test: Expression, yes: Statement, no: Statement | None) -> None:
        self.start = start
        self.end = end
        self.test = test
        self.yes = yes
        self.no = no


class Loop:
    """A loop. `form` is `for`, `of`, `in`, `while` or `do`; `heads` are the expressions of its head."""

    __slots__ = ("awaits", "body", "end", "form", "heads", "start")

    def __init__(  # noqa: PLR0913, PLR0917  a node is its parts
        self, start: int, end: int, form: str, heads: list[Expression], body: Statement, awaits: bool
    ) -> None:
        self.start = start
        self.end = end
        self.form = form
        self.heads = heads
        self.body = body
        self.awaits = awaits


class Switch:
    """`switch (of) { … }`; each case has its test (None for the default) and its statements."""

    __slots__ = ("cases", "end", "of", "start")

    def __init__(self, start: int, end: int, of: Expression, cases: list[tuple[Expression | None, Block]]) -> None:
        self.start = start
        self.end = end
        self.of = of
        self.cases = cases


class Try:
    """`try body catch handler finally final`."""

    __slots__ = ("body", "end", "final", "handler", "start")

    def __init__(self, start: int, end: int, body: Block, handler: Block | None, final: Block | None) -> None:
        self.start = start
        self.end = end
        self.body = body
        self.handler = handler
        self.final = final


class Jump:
    """`break` or `continue`; either with a label has the form `label`."""

    __slots__ = ("end", "form", "start")

    def __init__(self, start: int, end: int, form: str) -> None:
        self.start = start
        self.end = end
        self.form = form


Statement: TypeAlias = Block | Evaluate | Declare | Return | Throw | If | Loop | Switch | Try | Jump
Node: TypeAlias = Expression | Property | Parameter | Statement


class Type:
    """A type as it is written. It is read when it is first looked into: most types never are.

    `form` is `name` (with `name` and the arguments in `items`; a name may be dotted and begin with `import("…")`),
    `literal` (`name` is the string), `union`, `intersection`, `array`, `tuple`, `object` (`names` are the fields of
    `items`, an optional one ending in `?`, and `[]` for an index signature), `typeof` (`name` is the dotted path),
    `keyof`, `index` (`items` are the type and the index), `conditional` (`items` are its four parts), `function`
    (`items` are the result, then the parameters, which `names` names) or `other`.
    """

    __slots__ = ("_read", "end", "form", "items", "name", "names", "scope", "start", "text")

    def __init__(self, start: int, end: int, scope: Scope, read: Callable[[Type], None] | None, text: str = "") -> None:
        self.text = text
        self.start = start
        self.end = end
        self.scope = scope
        self._read = read
        self.form: str
        self.name: str
        self.items: tuple[Type, ...]
        self.names: tuple[str, ...]

    def fill(self, form: str, name: str = "", items: tuple[Type, ...] = (), names: tuple[str, ...] = ()) -> None:
        """Say what the type is."""
        self.form = form
        self.name = name
        self.items = items
        self.names = names
        self._read = None

    def mentions(self, word: str) -> bool:
        """Say whether a word stands in the type; it is not read for that."""
        if self.text:
            return word in self.text
        return word in self.name or any(item.mentions(word) for item in self.items)

    def __getattr__(self, name: str) -> Any:
        """Read the type when a part is asked for that is not there yet."""
        if name == "_read" or self._read is None:
            raise AttributeError(name)
        self._read(self)
        return getattr(self, name)


class Binding:
    """A name that a scope defines, and how its value comes about.

    `form` is `import`, `const`, `let`, `var`, `param`, `function`, `class`, `catch` or `enum`. The value is that of
    `of` (the initial value; the function of a parameter), taken apart by `steps`: a field by its name, an item by its
    number, `EACH` for the items of a loop's subject, `REST` for what is left, `UNKNOWN_STEP` for the rest.
    `default` is the default of the pattern. For an import, `specifier` and `imported` (`default`, `*` or the exported
    name) say what it stands for. `writes` are the assignments after the first value.
    """

    __slots__ = (
        "default",
        "end",
        "form",
        "imported",
        "name",
        "of",
        "parameter",
        "specifier",
        "start",
        "steps",
        "type",
        "type_only",
        "uses",
        "writes",
    )

    def __init__(self, name: str, form: str, start: int, end: int) -> None:
        self.name = name
        self.form = form
        self.start = start
        self.end = end
        self.of: Expression | None = None
        self.steps: tuple[str | int, ...] = ()
        self.default: Expression | None = None
        self.type: Type | None = None
        self.parameter = -1
        self.specifier = ""
        self.imported = ""
        self.type_only = False
        self.writes: list[Expression] = []
        self.uses: list[Name] = []


EACH = "[]"
REST = "..."
UNKNOWN_STEP = "?"


class TypeDeclaration:
    """A type alias or an interface: its type parameters, what it extends, and its type.

    `defaults` are what stands for a type parameter that is not given: its default, or else what it extends. A type
    parameter of a function is an alias of what it extends, and `bounds` says that it may stand for more than that.
    """

    __slots__ = ("bounds", "defaults", "extends", "name", "parameters", "type")

    def __init__(  # noqa: PLR0913  a declaration is its parts
        self,
        name: str,
        type_: Type,
        extends: tuple[Type, ...] = (),
        parameters: tuple[str, ...] = (),
        defaults: tuple[Type | None, ...] = (),
        *,
        bounds: bool = False,
    ) -> None:
        self.name = name
        self.bounds = bounds
        self.parameters = parameters
        self.defaults = defaults
        self.extends = extends
        self.type = type_


class Scope:
    """The names of one block, function or module; `path` is the module, `function` the innermost function around it."""

    __slots__ = ("function", "names", "parent", "path", "types")

    def __init__(self, parent: Scope | None, function: Function | None, path: str = "") -> None:
        self.parent = parent
        self.function = function
        self.path: str = path if parent is None else parent.path
        self.names: dict[str, Binding] = {}
        self.types: dict[str, TypeDeclaration] = {}

    def find(self, name: str) -> Binding | None:
        """Return the binding of a name, seen from here; None for a global."""
        scope: Scope | None = self
        while scope is not None:
            binding = scope.names.get(name)
            if binding is not None:
                return binding
            scope = scope.parent
        return None

    def find_type(self, name: str) -> TypeDeclaration | None:
        """Return the alias or interface of a name, seen from here."""
        scope: Scope | None = self
        while scope is not None:
            declaration = scope.types.get(name)
            if declaration is not None:
                return declaration
            scope = scope.parent
        return None


class Export:
    """One exported name.

    `of` is the expression exported (a `Name` for a local one); with `specifier` it is a re-export of `imported` from
    another module, and `name` is `*` for `export * from`.
    """

    __slots__ = ("end", "imported", "name", "of", "specifier", "start", "type_only")

    def __init__(self, name: str, start: int, end: int, of: Expression | None) -> None:
        self.name = name
        self.start = start
        self.end = end
        self.of = of
        self.specifier = ""
        self.imported = ""
        self.type_only = False


class Import:
    """One import, or re-export, of a module: the specifier, its span, and whether it is for types only."""

    __slots__ = ("bindings", "end", "form", "specifier", "start", "type_only")

    def __init__(self, specifier: str, start: int, end: int, form: str, type_only: bool) -> None:
        self.specifier = specifier
        self.start = start
        self.end = end
        self.form = form
        self.type_only = type_only
        self.bindings: list[Binding] = []
