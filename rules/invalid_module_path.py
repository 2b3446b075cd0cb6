r"""Disallow paths that Convex does not take as the path of a module.

Every file in the functions folder becomes a module, and its path the first part of the names of the functions in it:
`convex/user/profile.ts` is `api.user.profile`. The names of files and folders may have letters, digits, `_` and `.` in
them, no more than 64 characters with the `.js` that Convex gives every module, and at least one letter or digit. With
any other path, and with two files that become one module, the push fails; whether the file exports a function does not
matter.

Files that Convex does not deploy (two dots in the name, a blank in the path, `_generated`) are left alone.

Sources: [`path.rs`](https://github.com/get-convex/convex-backend/blob/main/crates/convex/sync_types/src/path.rs) and
[`module_path.rs`](https://github.com/get-convex/convex-backend/blob/main/crates/convex/sync_types/src/module_path.rs)
of the backend, <https://github.com/get-convex/convex-backend/issues/231>

## Bad

```ts convex/user-profile.ts
~ `user-profile.ts` has a character in its name that Convex does not take: `-`
export const get = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("users").first(),
});
```

## Good

```ts convex/userProfile.ts
export const get = query({
  args: {},
  handler: async (ctx) => await ctx.db.query("users").first(),
});
```
"""

import re

from convex_lint.api import Category, Finding, Findings, Module, Preset, Severity, rule

LONGEST = 64
OUTSIDE = re.compile(r"[^A-Za-z0-9_.]")


@rule("invalid-module-path", Category.RUNTIME, Severity.ERROR, preset=Preset.RECOMMENDED, each=Module)
def check(module: Module) -> Findings:
    """Report the first part of the path of a module that cannot be one."""
    inside = module.inside
    if inside is None or not module.is_deployed:
        return
    if inside.startswith("_deps/"):
        message = "the folder `_deps` is kept for what Convex bundles, and a push of a file in it fails"
        yield Finding(module, message, help="move the file to another folder")
        return
    for part in inside.split("/"):
        fault = _fault(part, is_file=inside.endswith(part))
        if fault is not None:
            message, better = fault
            yield Finding(module, f"`{part}` {message}", help=f"rename it to `{better}`" if better else "rename it")
            return
    twin = module.twin
    if twin is not None:
        yield Finding(
            module,
            f"this file and `{twin.rpartition('/')[2]}` are the same module, and a push of both fails",
            help="keep one of the two",
        )


def _fault(part: str, *, is_file: bool) -> tuple[str, str] | None:
    """Return what is wrong with a part of a path, and what it could be called, where that is plain."""
    stem, dot, ending = part.rpartition(".") if is_file else (part, "", "")
    outside = OUTSIDE.search(stem)
    if outside is not None:
        words = [word for word in OUTSIDE.split(stem) if word]
        better = "".join([*words[:1], *(word[:1].upper() + word[1:] for word in words[1:])])
        message = f"has a character in its name that Convex does not take: `{outside[0]}`"
        return message, f"{better}{dot}{ending}" if stem.isascii() and better[:1].isalpha() else ""
    if len(stem) + len(".js" if is_file else "") > LONGEST:
        return f"is longer than the {LONGEST} characters that Convex takes{', with `.js`' if is_file else ''}", ""
    if not is_file and not re.search("[A-Za-z0-9]", stem):
        return "has no letter and no digit in its name", ""
    return None
