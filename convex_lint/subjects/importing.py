"""The names under which a module has what others export: as it imports them, or would, with the edits for that."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from convex_lint.facts.exports import HOMES
from convex_lint.link import modules
from convex_lint.records import record
from convex_lint.source import Span

if TYPE_CHECKING:
    from convex_lint.diagnostics import Edit
    from convex_lint.subjects.module import Module
    from convex_lint.syntax.nodes import Binding, Export, Import, Scope

_REST = re.compile(rb"[ \t]*(;?)[ \t]*(?://[^\r\n]*)?(?=\r?\n|$)")
"""What may stand behind the specifier of an import on its line, so that the next line is another statement."""

_NAMED = re.compile(rb"\s*,?\s*\}\s*from\s*$")
"""What stands between the last name of an import and its specifier."""


_COMMA = re.compile(rb"\s*,\s*")

_ONCE = 2
"""How often a name stands in a module that uses it once: where it is imported, and where it is used."""


@record
class Imported:
    """The name that an export has in a module, and the edits that import it; none where that is done already."""

    name: str
    edits: tuple[Edit, ...] = ()


def canonical(module: Module, statement: Import) -> str:
    """Return the name by which the facts know the module that an import is of."""
    place = modules.generated(statement.specifier, module.path)
    return f"{modules.GENERATED}/{place[1]}" if place is not None else statement.specifier


def written(module: Module, home: str) -> str | None:
    """Return what a module writes to import another one of Convex, with the ending that its other imports have."""
    if not home.startswith(modules.GENERATED):
        return home
    project = module.linked.project_of(module.path)
    return _relative(module, posixpath.join(project.folder, home)) if project is not None else None


def _relative(module: Module, path: str) -> str:
    at = posixpath.relpath(path, posixpath.dirname(module.path) or ".")
    own = [one for one in module.summary.specifiers if one.startswith(".")]
    ending = ".js" if own and all(one.endswith(".js") for one in own) else ""
    return (at if at.startswith("../") else f"./{at}") + ending


def imported(module: Module, name: str, scope: Scope) -> Imported | None:
    """Return how an export of Convex, or of its generated code, is called in a scope of a module.

    None where the name means something else there, or where it is not sure how to import it.
    """
    for binding in (binding for one in _of(module, HOMES[name]) for binding in one.bindings):
        if binding.imported == name and not binding.type_only and scope.find(binding.name) is binding:
            return Imported(binding.name)
    edit = added(module, name) if scope.find(name) is None and scope.find_type(name) is None else None
    return Imported(name, (edit,)) if edit is not None else None


def instead(module: Module, own: Binding, name: str, scope: Scope) -> Imported | None:
    """Return how an export of Convex is called that is to stand where an imported name is used.

    Where that is all that the name is used for, it is not imported any more.
    """
    if not any(own in one.bindings for one in _of(module, HOMES[name])):
        return None  # passed on by another module, or that of another project
    found = imported(module, name, scope)
    pattern = rb"(?<![\w$/])" + re.escape(own.name.encode()) + rb"(?![\w$])"
    if found is None or own.name != own.imported or len(re.findall(pattern, module.linked.text(module.path))) > _ONCE:
        return found
    if found.edits and scope.find(own.name) is own:
        return Imported(name, (module.replace(own, name),))
    return Imported(found.name, removed(module, own))


def removed(module: Module, own: Binding | Export) -> tuple[Edit, ...]:
    """Return the edit that takes a name out of the braces of its import; none where it is the only one there."""
    data = module.linked.text(module.path)
    start, end = own.start, own.end
    behind, before = _COMMA.match(data, end), data.rfind(b",", data.rfind(b"{", 0, start), start)
    if behind is not None:
        return (module.replace(Span(start, behind.end()), ""),)
    return (module.replace(Span(before, end), ""),) if before >= 0 else ()


def moved(module: Module, own: Binding, name: str, path: str) -> tuple[Edit, ...]:
    """Return the edits that import a name from a module of the project in the place of one that is imported."""
    statement = next((one for one in module.summary.code.imports if own in one.bindings), None)
    data, specifier = module.linked.text(module.path), _relative(module, path.rpartition(".")[0])
    if statement is None or own.type_only or data[own.start : own.end] != own.imported.encode():
        return ()
    clause = name if name == own.name else f"{name} as {own.name}"
    if len(statement.bindings) > 1:
        imports = [one for one in module.summary.code.imports if one.form == "import" and not one.type_only]
        same = [one for one in imports if module.linked.resolve(one.specifier, module.path) == path]
        merged = (_merged(module, one, clause) for one in same)
        line = next((edit for edit in merged if edit is not None), None) or _line(module, statement, clause, specifier)
        rest = removed(module, own)
        return (line, *rest) if line is not None and rest else ()
    quote = module.text(Span(statement.start, statement.start + 1))
    renamed = (module.replace(own, clause),) if clause != own.name else ()
    return (*renamed, module.replace(statement, f"{quote}{specifier}{quote}"))


def added(module: Module, name: str) -> Edit | None:
    """Return the edit that imports an export of Convex, with others of the same module where there are some."""
    home = HOMES[name]
    merged = (_merged(module, one, name) for one in _of(module, home))
    return next((edit for edit in merged if edit is not None), None) or _behind(module, name, home)


def _of(module: Module, home: str) -> list[Import]:
    """Return the imports of values from a module of Convex, or from the generated code of the project."""
    found = [one for one in module.summary.code.imports if one.form == "import" and canonical(module, one) == home]
    if home.startswith(modules.GENERATED):
        project = module.linked.project_of(module.path)
        folder = project.folder if project is not None else None
        found = [one for one in found if module.linked.home(one.specifier, module.path) == folder]
    return [one for one in found if not one.type_only]


def _merged(module: Module, statement: Import, name: str) -> Edit | None:
    """Return the edit that puts a name behind the last one of an import, on a line of its own where that one has it."""
    last: Binding | None = max(statement.bindings, key=lambda binding: binding.end, default=None)
    data = module.linked.text(module.path)
    between = _NAMED.match(data, last.end, statement.start) if last is not None else None
    if last is None or between is None:
        return None
    line = data[data.rfind(b"\n", 0, last.start) + 1 : last.start]
    indent = line[: len(line) - len(line.lstrip())].decode()
    apart = " " if b"{" in line else f"\n{indent}"
    return module.insert(last.end, f",{apart}{name}")


def _behind(module: Module, name: str, home: str) -> Edit | None:
    """Return the edit that adds an import behind one of the same kind, or behind the last one."""
    imports = [one for one in module.summary.code.imports if one.form == "import"]
    generated = home.startswith(modules.GENERATED)
    near = [one for one in imports if canonical(module, one).startswith(modules.GENERATED if generated else "convex/")]
    specifier = written(module, home)
    lines = (_line(module, one, name, specifier) for one in reversed(near or imports) if specifier is not None)
    return next((edit for edit in lines if edit is not None), None)


def _line(module: Module, statement: Import, clause: str, specifier: str) -> Edit | None:
    """Return the edit that adds an import behind another one, in its style; None where more follows on its line."""
    rest = _REST.match(module.linked.text(module.path), statement.end)
    if rest is None:
        return None
    quote = module.text(Span(statement.start, statement.start + 1))
    text = f"\nimport {{ {clause} }} from {quote}{specifier}{quote}{rest[1].decode()}"
    return module.insert(rest.end(), text)
