"""What a function lets somebody do who is not logged in, and who knows no secret.

The function is run by such a caller: nobody is there, so what asks for an identity gets nothing, and a condition on it
turns out one way. What anyone can send, and what is in the database, may turn out either way. Where something is not
understood that could refuse (a call that is handed ctx, a comparison with a secret), it is not known whether the caller
still comes along, and what is done behind it is not held against the function.
"""

from __future__ import annotations

from convex_lint.link.access.runs import STOPS, Done, Run
from convex_lint.link.access.seen import Asked, Given, Seen
from convex_lint.link.access.walk import of, of_all

__all__ = ["STOPS", "Asked", "Done", "Given", "Run", "Seen", "of", "of_all"]
