"""The environment variables of a deployment, and how they are declared.

Read in `crates/common/src/types/environment_variables.rs` of get-convex/convex-backend, in
`npm-packages/docs/docs/production/environment-variables.mdx`, and in `server/components/index.ts` and
`cli/codegen_templates/server.ts` of the npm package `convex` 1.48.0.
"""

from __future__ import annotations

import re

PLATFORM = ("CONVEX_CLOUD_URL", "CONVEX_SITE_URL")
"""The variables that are always there, and that cannot be declared."""

INLINED = "NODE_ENV"
"""The variable that the bundler puts in place: esbuild does so for browsers, which Convex bundles for."""

ALWAYS_TYPED = (1, 44)
"""The version from which on `env` has a type where nothing is declared, too (`CHANGELOG.md`)."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,255}")
"""What a variable may be called."""

KINDS = frozenset({"", "any", "literal", "string", "union"})
"""The kinds of validators that a variable can have; of the first two nothing is known, or they are left to others."""
