"""References as they are written: `internal.users.get`, wherever it stands, and what it leads to."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint.diagnostics import Place
from convex_lint.link.modules import GENERATED
from convex_lint.link.shapes import outermost
from convex_lint.nearest import meant, nearest, words
from convex_lint.source import Span
from convex_lint.subjects import references
from convex_lint.syntax.nodes import Binary, Binding, Call, Conditional, Declare, If, Member, Unary
from convex_lint.values import Constant, Crons, Method, Reference, Structure, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit
    from convex_lint.link.references import Referred
    from convex_lint.link.registered import Deployed
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression


class WrittenReference:
    """A reference, or a part of one, that is written out: members of `api`, `internal`, `components`, or of a name.

    `spans` are the names in the code that it is written with, one for each of the last parts of its path. A name that
    holds a part of a reference was written before: only what is written here is a fault of this place.
    """

    def __init__(self, module: Module, node: Expression | Binding, reference: Reference, spans: list[Span]) -> None:
        self.module = module
        self.node = node
        self.reference = reference
        self.spans = spans

    @property
    def place(self) -> Place:
        """All of it."""
        return self.module.at(self.node)

    @property
    def spelt(self) -> str:
        """The reference in full, whatever names it is written with here."""
        return ".".join((self.reference.root, *self.reference.path))

    @cached_property
    def leads_to(self) -> Referred:
        """What it leads to: a function, surely nothing, or what is not known."""
        return self.module.linked.refers(self.reference)

    @property
    def target(self) -> Deployed | None:
        """The function that it refers to, where that is known."""
        return self.leads_to.target

    @property
    def missing(self) -> str | None:
        """The name, written here, that surely names nothing; None where it may lead to something."""
        at = self._missing
        return self.reference.path[at] if at is not None else None

    @property
    def _missing(self) -> int | None:
        at = self.leads_to.missing
        return at if at is not None and at >= len(self.reference.path) - len(self.spans) else None

    @property
    def missing_place(self) -> Place:
        """The name that is missing."""
        return Place(self.module.path, self._span)

    @property
    def before(self) -> str:
        """The reference up to the name that is missing: what that is looked for in."""
        return ".".join((self.reference.root, *self.reference.path[: self._missing or 0]))

    @property
    def meant(self) -> str | None:
        """What was probably meant: a name for the one that is missing, or a function of the same name elsewhere.

        What it names has to take what it is given.
        """
        at, path = self._missing, self.reference.path
        if at is None or self.leads_to.exported:
            return None
        near = nearest(path[at], self.leads_to.known)
        mended = replace(self.reference, path=(*path[:at], near or "", *path[at + 1 :]))
        if self.leads_to.module or self.reference.root == "components":
            uses = (use for use in references.find(self.module) if outermost(use.node) is self.node)
            return self.elsewhere or (near if all(use.could_run(mended) for use in uses) else None)
        fits = at == len(path) - 1 or self.module.linked.refers(mended).target is not None
        return near if fits else self.elsewhere

    @property
    def elsewhere(self) -> str | None:
        """The one function of the same name, and of the same root, that another module has.

        A name of one word, `get`, says too little, unless the module is called the same.
        """
        reference = self.reference
        *module, name = reference.path or ("",)
        if self._missing is None or reference.root == "components" or not module or name == "default":
            return None
        named = self.module.linked.named(reference.project, name)
        found = [one for one in named if one.startswith(f"{reference.root}.")]
        says_enough = len(words(name)) > 1 or (len(found) == 1 and module[-1] in found[0].split(".")[1:-1])
        return found[0] if len(found) == 1 and says_enough else None

    @property
    def job(self) -> str | None:
        """The name of the cron job that it is the function of, where it is written for one."""
        call = outermost(self.node).parent if not isinstance(self.node, Binding) else None
        if not isinstance(call, Call) or not call.arguments:
            return None
        callee = present(self.module.linked.value(call.callee))
        name = self.module.linked.value(call.arguments[0])
        is_job = isinstance(callee, Method) and isinstance(callee.of, Crons)
        return str(name.value) if is_job and isinstance(name, Constant) else None

    def corrected(self, name: str) -> Edit | None:
        """Return the edit that writes another name for the one that is missing, where that is the only one near it."""
        missing = self.missing or ""
        is_plain = not isinstance(self.node, Binding) and self.module.text(self._span) == missing
        is_sure = name.isidentifier() and meant(missing, self.leads_to.known) == name
        return self.module.replace(self._span, name) if is_plain and is_sure else None

    @property
    def is_tested(self) -> bool:
        """Whether it stands where it is asked whether it is there."""
        if isinstance(self.node, Binding):
            return False
        node = outermost(self.node)
        match node.parent:
            case Conditional() | If() as parent:
                return parent.test is node
            case Binary(operator="&&" | "||" | "??") as parent:
                return parent.left is node
            case Unary(operator="!"):
                return True
            case _:
                return False

    @property
    def is_run(self) -> bool:
        """Whether the same function is run, scheduled or given to a package in this module."""
        return any(use.reference == self.reference for use in references.find(self.module))

    @property
    def is_of_client(self) -> bool:
        """Whether it is written in a file of the front end."""
        return self.module.role is Role.CLIENT

    def through(self, root: str) -> tuple[Edit, ...]:
        """Return the edits that take the function through another root."""
        if isinstance(self.node, Binding):
            return ()
        return references.through(self.module, self.node, self.reference, root)

    @property
    def _span(self) -> Span:
        return self.spans[(self._missing or 0) - len(self.reference.path) + len(self.spans)]


def find(module: Module) -> Iterator[WrittenReference]:
    """Yield the references that a module writes, in the order of the text."""
    found = [written for binding, name in _roots(module) for written in _written(module, binding, name)]
    return iter(sorted(found, key=lambda written: written.node.start))


def _roots(module: Module) -> Iterator[tuple[Binding, Reference | Structure]]:
    """Yield the imported names that hold references, or objects of them."""
    for imported in module.summary.code.imports:
        for binding in imported.bindings if not imported.type_only else ():
            if not binding.type_only and (GENERATED in imported.specifier or _is_gone_into(binding)):
                value = module.linked.binding(binding, module.path)
                if isinstance(value, Reference) or (isinstance(value, Structure) and _holds_references(value)):
                    yield binding, value


def _is_gone_into(binding: Binding) -> bool:
    return any(isinstance(outermost(use).parent, Member) for use in binding.uses)


def _holds_references(value: Structure) -> bool:
    return any(isinstance(field, Reference) for _, field in value.fields)


def _written(module: Module, binding: Binding, held: Reference | Structure) -> Iterator[WrittenReference]:
    """Yield the references that are written with a name, and with the names that hold parts of these."""
    for use in binding.uses:
        members: list[Member] = []
        node: Expression = outermost(use)
        while isinstance(node.parent, Member) and node.parent.of is node:
            members.append(node.parent)
            node = outermost(node.parent)
        if not module.whole(use, use.scope.function):
            continue
        value = module.linked.value(node) if members else held
        if isinstance(value, Reference) and members:
            length = len(value.path) - (len(held.path) if isinstance(held, Reference) else 0)
            spans = [Span(member.name_start, member.name_end) for member in members][-length:] if length else []
            yield WrittenReference(module, node, value, spans)
        if isinstance(value, Reference | Structure) and isinstance(node.parent, Declare):
            yield from _declared(module, node.parent, value)


def _declared(module: Module, declared: Declare, held: Reference | Structure) -> Iterator[WrittenReference]:
    """Yield the references that the names of a declaration stand for, and those that are written with these."""
    for binding in declared.bindings:
        if binding.writes:
            continue
        value = module.linked.binding(binding, module.path)
        if isinstance(value, Reference):
            taken = len(value.path) - (len(held.path) if isinstance(held, Reference) else len(value.path))
            if binding.steps and taken >= 1:
                yield WrittenReference(module, binding, value, [Span(binding.start, binding.end)])
            yield from _written(module, binding, value)
