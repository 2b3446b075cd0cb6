"""What tells people apart, besides an identity: secrets, signatures; and what packages do for whoever comes.

Read in the npm packages `@convex-dev/auth` 0.0.95 (`server`), `@convex-dev/better-auth` 0.12.5 (`client`) and those of
the components named below, none of which can know who calls (<https://docs.convex.dev/components/authoring>).
"""

from __future__ import annotations

import re

GIVERS = frozenset({"getAuthUserId", "getAuthSessionId", "getUserId", "getSessionId", "safeGetAuthUser"})
"""The functions of the packages in `LOGINS` that give who calls, or nothing."""

THROWERS = frozenset({"getAuthUser"})
"""Those that throw where nobody is logged in."""

LOGINS = ("@convex-dev/auth/server", "@convex-dev/better-auth")
"""The packages whose functions know who calls."""

MARKS = ("addHttpRoutes", "safeGetAuthUser")
"""What the objects have that these packages make: the `auth` of `convexAuth()`, what `createClient()` gives."""

VERIFIERS = ("crypto", "node:crypto", "jose", "jsonwebtoken", "svix", "standardwebhooks", "bcrypt", "bcryptjs",
             "@node-rs/argon2", "@oslojs/crypto", "tweetnacl", "@noble/hashes", "@simplewebauthn/server",
             "@clerk/backend", "@workos-inc/node", "firebase-admin", "google-auth-library")  # fmt: skip
"""The packages whose functions tell whether a signature, a token or a password is right."""

VERIFIES = ("constructEvent", "constructEventAsync", ".verify", "verifyToken", "authenticateRequest")
"""The ends of the names of such functions in other packages."""

COUNTERS = frozenset({"@convex-dev/rate-limiter"})
"""The packages that count how often something is done, whoever does it."""

BLIND = ("@convex-dev/", "convex-helpers", "ai", "convex/")
"""The packages whose functions do for anyone what they are asked: they know nobody, but for those in `SEEING`."""

SEEING = (*LOGINS, "convex-helpers/server/rowLevelSecurity", "convex-helpers/server/sessions", "convex/nextjs")
"""Those among them that may refuse."""

TRIGGERS = "convex-helpers/server/triggers"
"""The module whose functions run what the project has registered to be run behind each write."""

CHANGES = frozenset(
    {"enqueue", "enqueueAction", "enqueueActionBatch", "enqueueBatch", "enqueueMutation", "enqueueMutationBatch",
     "enqueueQuery", "insert", "insertIfDoesNotExist", "delete", "deleteIfExists", "replace", "replaceOrInsert",
     "clear", "clearAll", "start", "run", "cancel", "cancelAll", "sendEmail", "cancelEmail", "createThread",
     "saveMessage", "saveMessages", "generateText", "streamText", "generateObject",
     "streamObject", "add", "inc", "dec", "subtract",
     "generateUploadUrl", "store", "deleteObject", "remove", "register", "createAccount", "modifyAccountCredentials",
     "heartbeat", "updateThreadMetadata", "deleteThreadAsync", "deleteThreadSync", "sendSms", "sendPushNotification"}
)  # fmt: skip
"""The methods of components that change something or cost something."""

MODELS = frozenset(
    {"generateText", "streamText", "generateObject", "streamObject", "embed", "embedMany", "generateImage"}
)
"""The functions of `ai` that ask a model, which costs something."""

_SECRETS = frozenset({"secret", "token", "password", "passphrase", "passcode", "apikey", "hmac", "signature", "otp",
                      "capability", "credential", "credentials", "bearer", "authorization", "jwt", "verifier",
                      "code", "fingerprint"})  # fmt: skip
_BEFORE = frozenset({"api", "access", "secret", "private", "service", "auth", "admin", "invite", "invitation", "share",
                     "session", "magic", "verification", "reset", "join", "sharing", "deploy", "ingest", "webhook",
                     "server", "internal", "master", "license", "edit", "claim", "unsubscribe", "preview",
                     "device", "visitor", "anonymous", "anon"})  # fmt: skip
_BEHIND = frozenset({"key", "id", "link", "hash"})
_PLAIN_IDS = frozenset({"api", "service", "auth", "admin", "deploy", "ingest", "webhook", "server", "internal",
                        "master", "license", "edit"})  # fmt: skip
"""What an id is named after that is that of a document, or of another service, and known to many: `adminId`."""
_PLAIN_CODES = frozenset({"status", "country", "zip", "postal", "language", "error", "currency", "source", "area",
                          "color", "lang", "locale", "exit", "qr", "bar", "bank", "sort", "branch"})  # fmt: skip
_PLAIN_TOKENS = frozenset({"push", "device", "fcm", "page", "max", "expo", "cursor", "next", "continuation"})
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def is_secret(name: str) -> bool:
    """Say whether a name says that what it stands for is known to few: `token`, `apiKey`, `inviteCode`, `shareId`."""
    words = [word.lower() for word in _WORD.findall(name)]
    if not words:
        return False
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in {"hash", "hashed"} and before in _SECRETS:
        return True
    if last in _SECRETS:
        return not (last == "code" and before in _PLAIN_CODES) and not (last == "token" and before in _PLAIN_TOKENS)
    return last in _BEHIND and before in _BEFORE and not (last == "id" and before in _PLAIN_IDS)


def is_credential(name: str) -> bool:
    """Say whether a name is that of a secret by which programs are known to one another: `token`, `apiKey`."""
    words = [word.lower() for word in _WORD.findall(name)]
    return is_secret(name) and words[-1] not in {"code", "id", "link", "otp", "passcode"}


def tells_secret(header: str) -> bool:
    """Say whether a header of a request holds what is known to few: `Authorization`, `X-Hub-Signature-256`."""
    words = header.lower().split("-")
    return bool(_SECRETS & set(words)) or is_secret(header)


_NEEDED = ("KEY", "SECRET", "TOKEN", "URL", "URI", "HOST", "DOMAIN", "BUCKET", "ENDPOINT", "EMAIL", "MODEL", "PASSWORD",
           "REGION", "FROM", "SID")  # fmt: skip
_SWITCHED = re.compile(r"(?:^|_)(?:DEV|DEBUG|TEST|LOCAL|ALLOW|ENABLE|DISABLE)")


def is_needed(name: str) -> bool:
    """Say whether a variable of the environment is one that a deployment has to have, as a key or an address is."""
    return name.endswith(_NEEDED) and not _SWITCHED.search(name)
