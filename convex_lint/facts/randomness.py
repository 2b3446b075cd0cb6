"""What draws random numbers.

Of the packages: `nanoid` 5.1.5, `uuid` 11.1.0, `ulid` 3.0.0, `@paralleldrive/cuid2` 2.2.2.
"""

from __future__ import annotations

GLOBALS = frozenset({"Math.random", "crypto.randomUUID", "crypto.getRandomValues"})

PACKAGES: dict[str, frozenset[str]] = {
    "@paralleldrive/cuid2": frozenset({"createId"}),
    "nanoid": frozenset({"nanoid"}),
    "ulid": frozenset({"ulid"}),
    "uuid": frozenset({"v1", "v4", "v6", "v7"}),
}
