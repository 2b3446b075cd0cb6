"""Names of other modules that are read while these are still to be run, because they load each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.imports import is_kept
from convex_lint.link.shapes import outermost
from convex_lint.source import Span
from convex_lint.syntax.nodes import Array, Call, Cast, Class, Conditional, Member, Name, Object, Property, Spread
from convex_lint.values import Constant, Primitive
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Place
    from convex_lint.link import Linked
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Expression, Node

_MOST = 500
"""The modules after which a way from the schema is not looked for any further."""


class SchemaRead:
    """The schema, read by a module that it loads itself; `way` are the modules from the schema to this one."""

    def __init__(self, module: Module, node: Name, way: tuple[str, ...]) -> None:
        self.module = module
        self.node = node
        self.way = way

    @property
    def place(self) -> Place:
        """The name of the schema."""
        return self.module.at(self.node)

    @property
    def names(self) -> tuple[str, ...]:
        """The file names of the modules on the way."""
        return tuple(path.rpartition("/")[2] for path in self.way)

    @property
    def fails(self) -> bool:
        """Whether it surely cannot be loaded: a part of it is read, and it is the schema that is deployed."""
        return looks_into(self.node) and self.module.linked.role(self.way[0]) is Role.CONFIGURATION


def find_schema_reads(module: Module) -> Iterator[SchemaRead]:
    """Yield where a module reads a schema, as it is run, that loads it."""
    for statement in module.summary.code.imports:
        if (
            _is_schema(statement.specifier)
            and is_kept(module.linked, module.summary, statement)
            and not _is_schema(module.path)
        ):
            path = module.linked.resolve(statement.specifier, module.path)
            reads = [read for one in statement.bindings for read in reads_at_once(module, one) if _is_left(read)]
            way = way_to(module.linked, path, module.path) if path is not None and reads else ()
            yield from (SchemaRead(module, read, way) for read in reads if way)


def _is_left(use: Name) -> bool:
    """Say whether a read is still there when only what the schema uses is bundled: a part is taken, or a call made."""
    node: Node | None = outermost(use)
    if looks_into(use):
        return True
    while isinstance(node, Name | Cast | Object | Array | Property | Spread | Conditional):
        node = node.parent
    return isinstance(node, Call | Member)


class LateRead:
    """A name that is read before the module that defines it is run; `home` is that module."""

    def __init__(self, module: Module, node: Name, home: str) -> None:
        self.module = module
        self.node = node
        self.home = home

    @property
    def place(self) -> Place:
        """The name."""
        return self.module.at(self.node)

    @property
    def file(self) -> str:
        """The file name of the module that defines it."""
        return self.home.rpartition("/")[2]

    @property
    def fails(self) -> bool:
        """Whether a part of it is read, or it is handed to a call: else it may be passed on, and read later."""
        return looks_into(self.node) or isinstance(outermost(self.node).parent, Call)


def find_late_reads(module: Module) -> Iterator[LateRead]:
    """Yield the first read of what each module defines that is run too late for this one."""
    late = module.linked.late(module.path) if module.summary.code.imports else frozenset()
    seen: set[str] = set()
    for statement in module.summary.code.imports if late else ():
        path = (
            module.linked.resolve(statement.specifier, module.path)
            if is_kept(module.linked, module.summary, statement)
            else None
        )
        if path is None or _is_schema(path):
            continue
        for binding in statement.bindings:
            for read in reads_at_once(module, binding):
                home = _home(module.linked, path, _name_read(binding, read))
                if home is not None and home in late and home not in seen:
                    seen.add(home)
                    yield LateRead(module, read, home)


def _name_read(binding: Binding, read: Name) -> str | None:
    """Return the export that is read by a name; of a module as a whole, by its member."""
    if binding.imported != "*":
        return binding.imported
    member = outermost(read).parent
    return member.name if isinstance(member, Member) else None


def _home(linked: Linked, path: str, name: str | None) -> str | None:
    """Return the module that defines an export, if there is no value before it is run: not of a declared function."""
    found = linked.origin(path, name) if name is not None else None
    if found is None or linked.is_hoisted(*found) or _is_schema(found[0]):
        return None
    # What is plain enough may be written in the place of the name when it is bundled.
    return None if isinstance(linked.export(*found), Constant | Primitive) else found[0]


def _is_schema(path: str) -> bool:
    return path.rpartition("/")[2].partition(".")[0] == "schema"


def way_to(linked: Linked, start: str, end: str) -> tuple[str, ...]:
    """Return the shortest way by which one module loads another; nothing where it does not."""
    pending: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for way in pending:  # grows while it is walked: a breadth-first search
        for path in linked.loads(way[-1]) if way[-1] in linked.summaries else ():
            if path == end:
                return (*way, path)
            if path not in seen and len(seen) < _MOST:
                seen.add(path)
                pending.append((*way, path))
    return ()


def reads_at_once(module: Module, binding: Binding) -> Iterator[Name]:
    """Yield where a name is read as the module is run, not later in a function or an object of a class."""
    exported = {id(export.of) for export in module.summary.exports.values()}
    for use in binding.uses:
        if use.scope.function is None and id(use) not in exported and not is_of_objects(module, use):
            yield use


def is_of_objects(module: Module, use: Expression) -> bool:
    """Say whether code stands in the first value of a field of objects, which is no static one."""
    node: Node | None = use
    while node is not None:
        above: Node | None = getattr(node, "parent", None)
        if isinstance(above, Property) and isinstance(above.parent, Class) and above.value is node:
            before = module.text(Span(above.start, above.key_start))
            return "static" not in before.split()
        node = above
    return False


def looks_into(use: Name) -> bool:
    """Say whether a part of what a name stands for is taken: a member, an entry, what a call of it gives."""
    node: Expression = outermost(use)
    parent = node.parent
    if isinstance(parent, Member | Spread):
        return True
    return isinstance(parent, Call) and parent.callee is node
