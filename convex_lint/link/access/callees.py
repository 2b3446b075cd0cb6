"""What a call goes to, as far as it has to do with who calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convex_lint.facts.access import BLIND, GIVERS, LOGINS, MARKS, SEEING, THROWERS
from convex_lint.facts.api import RUNS, SERVICE_METHODS
from convex_lint.link import modules, signatures
from convex_lint.link.access import expressions
from convex_lint.link.access.seen import Seen, Visit
from convex_lint.link.shapes import bare
from convex_lint.stubs import is_stub, specifier_of
from convex_lint.syntax.nodes import Call, Function, Member, Name
from convex_lint.values import (
    Closure,
    Ctx,
    Db,
    Global,
    Instance,
    Method,
    Package,
    Reference,
    Registration,
    Service,
    Signature,
    Structure,
    Unknown,
    present,
)

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.link.registered import Deployed
    from convex_lint.syntax.nodes import Expression
    from convex_lint.values import Value


def callee_of(visit: Visit, call_: Call) -> Value:
    """Return what is called; that it is of a ctx is known from who hands that over, too."""
    found = visit.callees.get(call_)
    if found is None:
        found = visit.callees[call_] = _callee_of(visit, call_)
    return found


def _callee_of(visit: Visit, call_: Call) -> Value:
    found = present(visit.linked.value(call_.callee))
    written = bare(call_.callee)
    if not isinstance(found, Unknown | Signature) or not isinstance(written, Member | Name):
        return found
    whole = bare(written.of) if isinstance(written, Member) else written
    if expressions.of(visit, whole) is not Seen.CONTROL:
        return found
    name = _part_of_ctx(written)
    if name in RUNS:
        return Method(Ctx(frozenset()), name)
    holder = _part_of_ctx(whole)
    if holder == "db":
        return Method(Db(writer=True), name)
    return Method(Service(holder), name) if holder in SERVICE_METHODS else found


def _part_of_ctx(written: Expression) -> str:
    """Return the name of a member, or of what a name takes out of a parameter."""
    if isinstance(written, Member):
        return written.name
    binding = written.binding if isinstance(written, Name) else None
    return str(binding.steps[-1]) if binding is not None and binding.steps else ""


def is_plain(callee: Value) -> bool:
    """Say whether what is called is surely no function of the project, and none of a package."""
    if isinstance(callee, Method):
        return callee.of.__class__ is not Instance
    return isinstance(callee, Global)


def called(visit: Visit, call_: Call) -> Closure | None:
    """Return the function of the project that a call runs."""
    linked, value = visit.linked, callee_of(visit, call_)
    if is_plain(value):
        return None
    found = modules.callee(linked, call_)
    if found is None:
        known = signatures.callee(linked, value)
        found = known[0] if known is not None else value.handler if isinstance(value, Registration) else None
    return found if found is not None and not is_stub(found.path) else None


def package_of(linked: Linked, call_: Call) -> str | None:
    """Return the package whose function a call goes to."""
    callee = present(linked.value(call_.callee))
    if isinstance(callee, Package):
        return callee.specifier
    found = signatures.callee(linked, callee)
    if found is not None and is_stub(found[0].path):
        return specifier_of(found[0].path)
    if isinstance(callee, Method) and isinstance(callee.of, Instance) and is_stub(callee.of.of.path):
        return specifier_of(callee.of.of.path)
    return None


def is_blind(specifier: str) -> bool:
    """Say whether a package does for anyone what it is asked."""
    return specifier.startswith(BLIND) and not specifier.startswith(SEEING)


def is_source(visit: Visit, call_: Call) -> bool:
    """Say whether a call gives who calls, or nothing."""
    callee = callee_of(visit, call_)
    if isinstance(callee, Method) and callee.of == Service("auth"):
        return callee.name == "getUserIdentity"
    return not is_plain(callee) and _login(visit.linked, call_) in GIVERS


def _login(linked: Linked, call_: Call) -> str:
    """Return the name of the function of a package that knows who calls, which a call goes to; else nothing."""
    callee = bare(call_.callee)
    value = present(linked.value(call_.callee))
    if isinstance(value, Signature) and isinstance(callee, Member):
        whole = present(linked.value(callee.of))
        is_made = isinstance(whole, Structure) and any(whole.has(mark) for mark in MARKS)
        return callee.name if is_made else ""
    specifier = package_of(linked, call_)
    if specifier is None or not specifier.startswith(LOGINS):
        return ""
    found = signatures.callee(linked, value)
    return (linked.function(found[0]).name or "") if found is not None else getattr(value, "name", "")


def refuses(visit: Visit, call_: Call) -> bool:
    """Say whether a call throws where nobody is logged in."""
    return not is_plain(callee_of(visit, call_)) and _login(visit.linked, call_) in THROWERS


def is_trusted(visit: Visit, call_: Call) -> bool:
    """Say whether the user says that a function checks who calls."""
    trusted, pattern = visit.asked.trusted, visit.asked.pattern
    if not trusted and not pattern:
        return False
    callee = bare(call_.callee)
    name = callee.name if isinstance(callee, Member) else callee.text if isinstance(callee, Name) else ""
    return name in trusted or (bool(pattern) and re.search(pattern, name) is not None)


def _reference(visit: Visit, call_: Call) -> Reference | None:
    """Return the function that is run by its reference; the reference may be handed on by who calls."""
    if not call_.arguments:
        return None
    written = bare(call_.arguments[0])
    value: object = visit.linked.value(written)
    binding = written.binding if isinstance(written, Name) else None
    if binding is not None and isinstance(binding.of, Function) and not binding.steps:
        given_ = visit.given.get(binding.of, ())
        value = given_[binding.parameter] if -1 < binding.parameter < len(given_) else value
    return value if isinstance(value, Reference) else None


def run_target(visit: Visit, call_: Call) -> Deployed | None:
    """Return the function that is run by its reference, of the app or of a component."""
    reference = _reference(visit, call_)
    if reference is None:
        return None
    return visit.linked.target(reference) or visit.linked.part_of(reference)


def is_hidden(visit: Visit, call_: Call) -> bool:
    """Say whether what is run is a component's, which cannot know who calls, and its code is not seen."""
    reference = _reference(visit, call_)
    return reference is not None and reference.root == "components" and visit.linked.part_of(reference) is None
