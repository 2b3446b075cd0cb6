"""Names of fields that say what somebody may do, has to pay or owns, and of those that hold secrets.

There is no list of Convex: these are the names that are usual for such fields, without case and underscores.
"""

from __future__ import annotations

import re

PRIVILEGES = frozenset(
    {"role", "roles", "admin", "isadmin", "superadmin", "issuperadmin", "isowner", "owner", "ownerid", "permission",
     "permissions", "scopes", "balance", "credits", "creditbalance", "tokenidentifier", "verified", "isverified",
     "emailverified", "stripecustomerid", "stripesubscriptionid", "banned", "isbanned", "ispremium", "ispro"}
)  # fmt: skip
"""The fields that a client must not choose the value of."""


def is_privilege(name: str) -> bool:
    """Say whether the name of a field is one of those that a client must not choose the value of."""
    return name.replace("_", "").lower() in PRIVILEGES


def is_role(name: str) -> bool:
    """Say whether the name of a field says what somebody may do, or else what part somebody plays."""
    return name.replace("_", "").lower() in {"role", "roles"}


SPOKEN = frozenset({"body", "content", "contents", "message", "parts", "text"})
"""The fields of what somebody says."""

_LOGINS = frozenset({"authid", "clerkid", "email", "externalid", "passwordhash", "subject", "userid", "workosid"})


def is_login(name: str) -> bool:
    """Say whether the name of a field says which person a document is about."""
    return name.replace("_", "").lower() in _LOGINS


_RIGHTS = frozenset(
    {"role", "roles", "admin", "admins", "administrator", "administrators", "superadmin", "superadmins", "superuser",
     "staff", "moderator", "moderators", "permission", "permissions", "privilege", "privileges", "scopes"}
)  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def is_right(name: str) -> bool:
    """Say whether a name has a word in it for what somebody may do: `orgRole`, `isAdmin`, the table `admins`."""
    return any(word.lower() in _RIGHTS for word in _WORD.findall(name))


_POWERFUL = frozenset({"editor", "manager", "owner", "root", "super"})


def is_powerful(role: str) -> bool:
    """Say whether a role is one of those who may do more than others: `org:admin`, `OWNER`."""
    return is_right(role) or any(word.lower() in _POWERFUL for word in _WORD.findall(role))


SECRETS = frozenset(
    {"password", "passwordhash", "hashedpassword", "passwordsalt", "salt", "secret", "secretkey", "clientsecret",
     "secrethash", "apikey", "apikeyhash", "apisecret", "privatekey", "accesstoken", "refreshtoken", "sessiontoken",
     "token", "tokenhash", "resettoken", "ssn", "socialsecuritynumber", "stripecustomerid", "otp", "totpsecret"}
)  # fmt: skip
"""The fields that are nobody's business but the owner's, or the server's."""


def is_secret(name: str) -> bool:
    """Say whether the name of a field is one of those that are not for everybody to see."""
    return name.replace("_", "").lower() in SECRETS
