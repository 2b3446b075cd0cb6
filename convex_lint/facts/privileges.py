"""Names of fields that say what somebody may do, has to pay or owns, and of those that hold secrets.

There is no list of Convex: these are the names that are usual for such fields, without case and underscores.
"""

from __future__ import annotations

PRIVILEGES = frozenset(
    {"role", "roles", "admin", "isadmin", "superadmin", "issuperadmin", "isowner", "owner", "ownerid", "permission",
     "permissions", "scopes", "balance", "credits", "creditbalance", "tokenidentifier", "verified", "isverified",
     "emailverified", "stripecustomerid", "stripesubscriptionid", "banned", "isbanned", "ispremium", "ispro"}
)  # fmt: skip
"""The fields that a client must not choose the value of."""


def is_privilege(name: str) -> bool:
    """Say whether the name of a field is one of those that a client must not choose the value of."""
    return name.replace("_", "").lower() in PRIVILEGES


SECRETS = frozenset(
    {"password", "passwordhash", "hashedpassword", "passwordsalt", "salt", "secret", "secretkey", "clientsecret",
     "secrethash", "apikey", "apikeyhash", "apisecret", "privatekey", "accesstoken", "refreshtoken", "sessiontoken",
     "token", "tokenhash", "resettoken", "ssn", "socialsecuritynumber", "stripecustomerid", "otp", "totpsecret"}
)  # fmt: skip
"""The fields that are nobody's business but the owner's, or the server's."""


def is_secret(name: str) -> bool:
    """Say whether the name of a field is one of those that are not for everybody to see."""
    return name.replace("_", "").lower() in SECRETS
