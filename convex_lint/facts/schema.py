"""What Convex takes as a schema when code is pushed: names, and how much of everything.

Read in the backend, `get-convex/convex-backend` at 94a42c3 (2026-08-22): `crates/convex/sync_types/src/identifier.rs`,
`crates/common/src/types/index.rs`, `crates/common/src/schemas/json.rs` and `mod.rs`,
`crates/common/src/bootstrap_model/index/mod.rs`, `index/database_index/indexed_fields.rs`,
`index/vector_index/dimensions.rs`, and `crates/application/src/lib.rs` (`_validate_user_defined_index_fields`).
"""

from __future__ import annotations

import re

LONGEST_NAME = 64

IDENTIFIER = re.compile(r"(?!_+\Z)[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)
"""The names of tables, indexes and fields (`check_valid_identifier`): `fullmatch` it."""

RESERVED_INDEXES = frozenset({"by_id", "by_creation_time"})
"""The names of the indexes that every table has; those that start with `_` are reserved, too."""

LET_THROUGH = "_fivetran"
"""What the name of an index may start with although it is reserved (`json.rs`)."""

MOST_INDEXES = 64
"""How many indexes of all forms a table may have (`MAX_INDEXES_PER_TABLE`); the documentation promises 32."""

MOST_FIELDS = 16
"""How many fields an index may have (`MAX_INDEX_FIELDS_SIZE`), and how many filter fields a search or vector index."""

FEWEST_DIMENSIONS, MOST_DIMENSIONS = 2, 4096
"""How many numbers the vectors of a vector index may have (`VectorDimensions`)."""

FILTER_FIELDS = "filterFields"

OPTIONS = {"index": ("fields",), "search": ("searchField", FILTER_FIELDS), "vector": ("vectorField", FILTER_FIELDS)}
"""The options of an index that name fields, by its form (`convex` 1.48.0, `server/schema.ts`)."""

NEEDED = {"index": ("fields",), "search": ("searchField",), "vector": ("vectorField", "dimensions")}
"""The options that an index cannot do without, by its form."""
