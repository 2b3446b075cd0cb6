"""The components that an app installs, or that a component installs in itself: `app.use(…)` in `convex.config.ts`."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from convex_lint.facts.components import CONFIGURATIONS, NAMES
from convex_lint.link.shapes import bare, literal, outermost, property_of
from convex_lint.records import record
from convex_lint.syntax.nodes import Call, Declare, Member, Name, Object, Property
from convex_lint.values import Constant, Package, Structure
from convex_lint.workspace import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression

DEFINERS = (Package("convex/server", "defineApp"), Package("convex/server", "defineComponent"))


@record
class Installed:
    """The names of the components that are installed; with `open` there may be more."""

    names: tuple[str, ...] = ()
    open: bool = False


NOT_KNOWN = Installed(open=True)


def configuration(linked: Linked, folder: str) -> str | None:
    """Return the path of the `convex.config` of a functions folder."""
    paths = (posixpath.normpath(f"{folder}/convex.config{suffix}") for suffix in SUFFIXES)
    return next((path for path in paths if path in linked.summaries), None)


def definitions(linked: Linked, path: str) -> Iterator[Call]:
    """Yield the calls of `defineApp` and `defineComponent` in a module."""
    for call in linked.summaries[path].code.calls:
        if isinstance(bare(call.callee), Name | Member) and linked.value(call.callee) in DEFINERS:
            yield call


def environment(call: Call) -> Object | None:
    """Return the object that declares the variables of the environment, where it is written in the call."""
    options = bare(call.arguments[-1]) if call.arguments else None
    entry = property_of(options, "env") if isinstance(options, Object) else None
    found = bare(entry.value) if entry is not None else None
    return found if isinstance(found, Object) else None


def declared(linked: Linked, path: str) -> tuple[str, ...] | None:
    """Return the variables that a configuration declares, or None where they are not all seen."""
    made = list(definitions(linked, path))
    if linked.summaries[path].open or len(made) != 1:
        return None
    given = linked.value(made[0].arguments[-1]) if made[0].arguments else Structure(())
    if isinstance(given, Constant):
        return ()  # a component with a name, and no options
    variables = given.get("env") if isinstance(given, Structure) and given.has("env") else Structure(())
    is_known = isinstance(given, Structure) and not given.open
    if not is_known or not isinstance(variables, Structure) or variables.open:
        return None
    return tuple(name for name, _ in variables.fields)


def holder(call: Call) -> Binding | None:
    """Return the name that holds what a call gives."""
    parent = outermost(call).parent
    is_one = isinstance(parent, Declare) and len(parent.bindings) == 1
    binding = parent.bindings[0] if isinstance(parent, Declare) and is_one else None
    return binding if binding is not None and not binding.steps and not binding.writes else None


def uses(binding: Binding) -> Iterator[Call]:
    """Yield the calls of `use` of the app that a name holds."""
    for name in binding.uses:
        member = outermost(name).parent
        if isinstance(member, Member) and member.name == "use":
            call = outermost(member).parent
            if isinstance(call, Call) and bare(call.callee) is member:
                yield call


def installed(linked: Linked, path: str) -> Installed:
    """Return the components that a configuration installs; open where what it does with its app is not all seen."""
    summary = linked.summaries[path]
    made = list(definitions(linked, path))
    if summary.open or len(made) != 1:
        return NOT_KNOWN
    binding = holder(made[0])
    if binding is None:
        is_exported = any(export.of is not None and bare(export.of) is made[0] for export in summary.exports.values())
        return Installed() if is_exported else NOT_KNOWN
    names = [name_of(linked, call, path) for call in uses(binding)]
    known = tuple(dict.fromkeys(name for name in names if name is not None))
    return Installed(known, open=len(known) < len(set(names)) or not _is_seen(linked, path, binding))


def home(linked: Linked, path: str, name: str) -> str | None:
    """Return the functions folder of the component that a configuration installs under a name; None if not seen."""
    made = list(definitions(linked, path))
    binding = holder(made[0]) if len(made) == 1 else None
    found = [call for call in uses(binding) if name_of(linked, call, path) == name] if binding is not None else []
    written = bare(found[0].arguments[0]) if len(found) == 1 and found[0].arguments else None
    of = written.binding if isinstance(written, Name) else None
    target = linked.resolve(of.specifier, path) if of is not None and of.imported == "default" else None
    folder = posixpath.dirname(target) if target is not None else None
    return folder if folder is not None and configuration(linked, folder) == target else None


def _is_seen(linked: Linked, path: str, binding: Binding) -> bool:
    """Say whether all uses of an app are members of it, or its export."""
    exported = {export.of for export in linked.summaries[path].exports.values()}
    return all(isinstance(outermost(name).parent, Member) or name in exported for name in binding.uses)


def name_of(linked: Linked, call: Call, path: str) -> str | None:
    """Return the name that `app.use(…)` installs a component under, or None where it is not known."""
    options = bare(call.arguments[1]) if len(call.arguments) > 1 else None
    if options is None or _is_unnamed(options):
        return default_name(linked, call.arguments[0], path) if call.arguments else None
    entry = property_of(options, "name") if isinstance(options, Object) else None
    given = linked.value(entry.value) if entry is not None else None
    return str(given.value) if isinstance(given, Constant) and given.form == "string" else None


def _is_unnamed(options: Expression) -> bool:
    return isinstance(options, Object) and all(
        isinstance(entry, Property) and entry.key not in {None, "name"} for entry in options.properties
    )


def default_name(linked: Linked, component: Expression, path: str) -> str | None:
    """Return the name that a component has where it is given no other."""
    written = bare(component)
    binding = written.binding if isinstance(written, Name) else None
    if binding is None or binding.form != "import" or binding.imported != "default":
        return None
    target = linked.resolve(binding.specifier, path)
    if target is not None and target in linked.summaries:
        return linked.component_name(target)
    return NAMES.get(package_of(binding.specifier))


def package_of(specifier: str) -> str:
    """Return the package, or its part, whose configuration an import means."""
    ending = next((ending for ending in CONFIGURATIONS if specifier.endswith(f"/{ending}")), None)
    return specifier.removesuffix(f"/{ending}") if ending is not None else specifier


def own_name(linked: Linked, path: str) -> str | None:
    """Return the name that a component gives itself: `defineComponent("name")`."""
    made = list(definitions(linked, path))
    return literal(linked, made[0], 0) if len(made) == 1 else None
