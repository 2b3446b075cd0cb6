"""What stands where a reference to a function belongs, and is none; and registered functions that are called."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from convex_lint.link.modules import ROOTS, is_of_values
from convex_lint.link.shapes import bare, dotted
from convex_lint.subjects import references
from convex_lint.subjects.importing import imported
from convex_lint.syntax.nodes import Call, Cast, Member, Name
from convex_lint.values import Constant, Namespace, Reference, Registration, present
from convex_lint.workspace import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.diagnostics import Edit, Place
    from convex_lint.link.registered import Deployed
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Expression

_HANDLE = "function://"
"""What the handles begin with that `createFunctionHandle` makes."""


class Misreference:
    """A string, a module or a registered function itself, where a reference to a function belongs.

    `form` is `string`, `module` or `function`; `words` is what takes it. `meant` is the reference that a string or a
    module probably stands for.
    """

    def __init__(self, module: Module, node: Expression, words: str, form: str, meant: Reference | None = None) -> None:
        self.module = module
        self.node = node
        self.words = words
        self.form = form
        self._meant = meant

    @property
    def place(self) -> Place:
        """What is given."""
        return self.module.at(self.node)

    @property
    def spelt(self) -> str:
        """What is given: a module in full, another thing as it is written."""
        if self.form == "module" and self._meant is not None:
            return ".".join((self._meant.root, *self._meant.path[:-1]))
        return dotted(self.node) or "it"

    @cached_property
    def target(self) -> Deployed | None:
        """The function that is meant, where that is known."""
        if self._meant is not None:
            return self.module.linked.target(self._meant)
        return function_of(self.module, self.node) if self.form == "function" else None

    @property
    def reference(self) -> str | None:
        """The reference that is meant: `internal.messages.list`."""
        target = self.target
        if target is None or not all(part.isidentifier() for part in target.name.split(".")):
            return None
        if self.form == "module":
            return f"{self.spelt}.default"
        return f"{'internal' if target.internal else 'api'}.{target.name}"

    def mend(self) -> tuple[Edit, ...]:
        """Return the edits that write the reference; none where it is not sure how."""
        reference, node = self.reference or "", bare(self.node)
        if self.form == "module":
            return (self.module.insert(node.end, ".default"),) if reference and node is self.node else ()
        root, dot, path = reference.partition(".")
        found = imported(self.module, root, self.module.summary.code.scope) if root in ROOTS else None
        return (*found.edits, self.module.replace(node, f"{found.name}{dot}{path}")) if found is not None else ()


class DirectCall:
    """A call of a registered function, as if it were a plain one; `kind` is the kind that it is registered as."""

    def __init__(self, module: Module, node: Call, kind: str) -> None:
        self.module = module
        self.node = node
        self.kind = kind

    @property
    def place(self) -> Place:
        """What is called."""
        return self.module.at(self.node.callee)

    @property
    def words(self) -> str:
        """What is called, in the words of a message."""
        written = dotted(self.node.callee)
        return f"`{written}`" if written is not None else "this"


def function_of(module: Module, written: Expression) -> Deployed | None:
    """Return the registered function that a name, or a member of a module, stands for."""
    written = bare(written)
    binding = written.binding if isinstance(written, Name) else None
    path, name = module.path, ""
    if isinstance(written, Member):
        of = module.linked.value(written.of)
        path, name = (of.path, written.name) if isinstance(of, Namespace) else ("", "")
    elif binding is not None and binding.form == "import":
        path, name = module.linked.resolve(binding.specifier, module.path) or "", binding.imported
    elif binding is not None:
        name = next(iter(module.summary.exported.get(binding, ())), "")
    is_known = bool(name) and path in module.linked.summaries
    return module.linked.offers(path, name).target if is_known else None


def find(module: Module) -> Iterator[Misreference]:
    """Yield what a module gives in the place of references."""
    for leaf, by, words, _, _ in references.places(module):
        value = module.linked.value(leaf)
        if isinstance(value, Registration):
            yield Misreference(module, leaf, words, "function")
        elif isinstance(value, Constant) and value.form == "string" and by != "package":
            meant = _named(module, str(value.value))
            if meant is not None:
                yield Misreference(module, leaf, words, "string", meant)
        elif isinstance(value, Reference) and by != "package" and module.linked.refers(value).part:
            meant = replace(value, path=(*value.path, "default"))
            yield Misreference(module, leaf, words, "module", meant)


def _named(module: Module, name: str) -> Reference | None:
    """Return the reference to the function that a string names: `messages:list`; None for what is to be a string.

    A library that lies outside of a functions folder has no other way to name a function of its user.
    """
    project = module.linked.project_of(module.path)
    path, _, export = name.partition(":")
    parts = (*path.removesuffix(".js").split("/"), export or "default")
    is_name = project is not None and not name.startswith(_HANDLE)
    return Reference("internal", parts, project.folder) if project is not None and is_name else None


def find_direct(module: Module) -> Iterator[DirectCall]:
    """Yield the calls of registered functions in a module."""
    if module.role is Role.TEST:
        return  # a test may run a handler as it is
    for call in module.summary.code.calls:
        callee = call.callee
        of = callee.of.__class__ if type(callee) is Member and callee.name != "_handler" else Name
        if (of is not Name and of is not Cast) or is_of_values(call):
            continue  # as in most calls: `ctx.db.get(…)`, `v.string()`
        called = _registered(call)
        value = present(module.linked.value(called)) if called is not None else None
        if isinstance(value, Registration) and module.whole(call, call.function):
            yield DirectCall(module, call, value.builder.kind)


def _registered(call: Call) -> Expression | None:
    """Return what may be the registered function that is called, by how it is written."""
    callee = bare(call.callee)
    if call.function is None or call.new:
        return None
    if isinstance(callee, Member):
        inner = bare(callee.of)
        is_module = isinstance(inner, Name) and inner.binding is not None and inner.binding.imported == "*"
        return callee.of if callee.name == "_handler" else callee if is_module else None
    binding = callee.binding if isinstance(callee, Name) else None
    if binding is None:
        return None
    is_made = binding.form == "const" and binding.of is not None and isinstance(bare(binding.of), Call)
    return callee if is_made or binding.form == "import" else None
