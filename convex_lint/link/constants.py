"""Values that are written in the code, or are one of those in a list that is: there are only so many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convex_lint.link.shapes import bare, outermost
from convex_lint.syntax.nodes import Array, Call, Function, Member, Name, Spread, Template
from convex_lint.values import Closure, Constant

if TYPE_CHECKING:
    from convex_lint.link import Linked
    from convex_lint.syntax.nodes import Binding, Expression

_EACH = frozenset({"map", "forEach", "flatMap"})
_MAKERS = frozenset({"Object", "Array"})


def mapped(function: Function) -> Expression | None:
    """Return the array for each item of which a function is run."""
    taker = outermost(function).parent
    is_run = isinstance(taker, Call) and isinstance(taker.callee, Member) and taker.callee.name in _EACH
    return taker.callee.of if is_run and isinstance(taker, Call) and isinstance(taker.callee, Member) else None


def is_written(linked: Linked, path: str, asked: Expression) -> bool:
    """Say whether a value is one of a few that are written in the code; of a function, whether all is that it looks at.

    What is made of such values alone by other means may be any: a random code is made of letters.
    """
    asked = bare(asked)
    match asked:
        case Function():
            names = linked.summaries[path].code.names
            given = [one for one in names if asked.start <= one.start < asked.end and not _is_its_own(one, asked)]
            return all(is_written(linked, path, one) for one in given)
        case Member(of=of) | Spread(of=of):
            return is_written(linked, path, of) or linked.origin_kinds(asked) == {"env"}
        case Array(items=[_, *_] as items) | Template(items=items):
            return all(is_written(linked, path, one) for one in items)
        case Call(callee=Member(of=of) as callee, arguments=arguments) if not isinstance(linked.value(callee), Closure):
            of = bare(of)
            made_of = arguments if isinstance(of, Name) and of.text in _MAKERS else [of, *arguments]
            return bool(made_of) and all(is_written(linked, path, one) for one in made_of)
        case Name(binding=binding) if binding is not None:
            return _is_name_of_written(linked, path, asked, binding)
        case _:
            return isinstance(linked.value(asked), Constant)


def _is_name_of_written(linked: Linked, path: str, name: Name, binding: Binding) -> bool:
    if binding.form == "import" or binding in linked.summaries[path].code.scope.names.values():
        return not binding.writes and linked.origin_kinds(name) == {"literal"}
    if isinstance(linked.value(name), Constant):
        return True
    of = binding.of
    if binding.form == "param" and isinstance(of, Function):
        of = mapped(of) if binding.parameter == 0 else None
    return of is not None and not binding.writes and is_written(linked, path, of)


def _is_its_own(name: Name, function: Function) -> bool:
    return name.binding is None or function.start <= name.binding.start < function.end
