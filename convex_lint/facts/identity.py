"""What tells who calls, and what names who somebody is.

Read in the npm packages `convex` 1.48.0 (`server/authentication.d.ts`) and `@convex-dev/auth` 0.0.90 (`server`).
"""

from __future__ import annotations

import re

GIVERS = frozenset(
    {
        ("@convex-dev/auth/server", "getAuthUserId"),
        ("@convex-dev/auth/server", "getAuthSessionId"),
    }
)
"""The functions of packages that give who calls, or null."""

IDENTITY_CALLS = frozenset({"getUserIdentity", *(name for _, name in GIVERS)})
"""The names of the functions that give who calls, or null."""

_ROOTS = "account|actor|author|caller|clerk|creator|currentUser|member|owner|requester|sender|uploader|user|viewer"

PERSONS = re.compile(
    rf"tokenIdentifier|(?:{_ROOTS})(?:User)?(?:Id|Subject|TokenIdentifier)"
    r"|(?:created|deleted|owned|submitted|updated|uploaded)By(?:UserId|Id)?"
)
"""The names of arguments and fields that say who somebody is, or whose something is: `userId`, `ownerSubject`."""

OWNERS = re.compile(rf"{PERSONS.pattern}|author|creator|owner|user")
"""The names of fields that say whose a document is, where they hold a string."""

CALLERS = frozenset({"actorId", "callerId", "clerkUserId", "currentUserId", "tokenIdentifier", "userId", "viewerId"})
"""Those of them that are a user's own, where they are the id of a document that is written."""

USERS = frozenset({"accounts", "members", "people", "profiles", "user", "users"})
"""The names of tables of users."""

_LAST_WORD = re.compile(r"[A-Za-z]?[a-z]+$")


def is_of_users(table: str) -> bool:
    """Say whether the name of a table ends in that of one of users: `teamMembers`, `user_profiles`."""
    found = _LAST_WORD.search(table)
    return found is not None and found[0].lower() in USERS


SECRETS = ("apikey", "code", "hash", "key", "nonce", "pass", "secret", "session", "signature", "token")
"""Parts of the names of arguments that nobody can guess, in small letters."""
