r"""Require that the name of an index says which fields it has, in their order.

`by_channel_and_author` tells whoever reads a query what it may compare, and which index is missing; `by_idx2` has to be
looked up. Convex recommends the names of all fields with `_and_` between them. The option `separator` takes `_and_` or
`_` alone, or `any` for both. Case and underscores of the fields do not matter, nor does what stands before the fields:
`byAuthorId`, `by_author_id` and `by_author` all name
`authorId`.

Search and vector indexes have one field to name, and an index whose fields are not all seen may have any name.

Sources: <https://docs.convex.dev/database/reading-data/indexes>,
<https://github.com/get-convex/convex-evals/blob/main/runner/models/guidelines.md>

## Bad

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ channel: v.string(), author: v.string() })
    .index("by_channel", ["channel"])
    .index("latest", ["channel", "author"]),
           ~~~~~~~~ the name of the index does not say that it has `channel`, `author`
});
```

## Good

```ts convex/schema.ts
export default defineSchema({
  messages: defineTable({ channel: v.string(), author: v.string() })
    .index("by_channel", ["channel"])
    .index("by_channel_and_author", ["channel", "author"]),
});
```
"""

import re
from dataclasses import dataclass
from typing import Literal

from convex_lint.api import Category, Finding, Findings, Index, Preset, Severity, rule


@dataclass(frozen=True)
class Options:
    """`separator`: what stands between the fields in a name."""

    separator: Literal["_and_", "_", "any"] = "any"


@rule("index-name-convention", Category.STYLE, Severity.WARNING, preset=Preset.OPT_IN, each=Index, options=Options)
def check(index: Index, options: Options) -> Findings:
    """Report an index with another name than its fields give it."""
    found = index.definition
    if found.form != "index" or found.name is None or found.open or not found.fields:
        return
    between = ("_and_", "_") if options.separator == "any" else (options.separator,)
    parts = [field.replace(".", "_") for field in found.fields]
    if not any(re.search(_pattern(parts, one), _squeezed(found.name)) for one in between):
        fields = ", ".join(f"`{field}`" for field in found.fields)
        message = f"the name of the index does not say that it has {fields}"
        yield Finding(index, message, help=f"call it `by_{between[0].join(parts)}`, here and where it is used")


def _pattern(parts: list[str], between: str) -> str:
    stems = (re.sub("id$", "(id)?", _squeezed(part)) for part in parts)
    return f"{_squeezed(between).join(stems)}$"


def _squeezed(name: str) -> str:
    return name.replace("_", "").lower()
