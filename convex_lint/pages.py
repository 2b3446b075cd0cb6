"""Read a rule's page, or a file of its cases: the prose for people, the examples for the harness.

The format is Markdown, with this meaning:

- The first line is the summary. `## Headings` divide the page; the examples below `## Known` must fail.
- A fence of `ts`, `tsx`, `mts`, `cts`, `js`, `jsx`, `mjs` or `cjs` is a file of an example, and so is a `json` fence
  with a name. The info string is the language, then in any order a path (else `convex/example.<language>`), the
  word `fixed`, and last `options={…}`. Any other fence is prose.
- Fences with only blank lines between them are one example, a whole project; a path that is there already starts
  another example.
- A line of `~~~~` draws a finding under the characters above it, followed by its message. Several findings in a line
  of code have a line each, in their order. `~ message` on the first lines is a finding on the file as a whole.
- A `fixed` fence is a file as all fixes leave it; without a path it is that of the only file of code. It draws nothing.
- `options={"mode": "all"}`, or a `convex-lint.json` fence in which the rule is `["error", {…}]`, gives options.
- `<!-- no-metamorphic: renamed-ctx, as-js because … -->` before an example opts out of variants, by name or `all`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

CODE = ("ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs")
"""The languages of the fences that are modules."""

KNOWN = "Known"
"""The section whose examples are asserted to fail."""

SETTINGS = "convex-lint.json"

_OPENING = re.compile(r"(`{3,})(\w*)[ \t]*(.*)")
_OPT_OUT = re.compile(r"<!--\s*no-metamorphic:\s*(.*?)\s*-->")
_BECAUSE = re.compile(r"([\w-]+(?:\s*,\s*[\w-]+)*)\s+because\s+\S.*")
_UNDERLINE = re.compile(r"(\s*)(~+)(?: (.*))?")


class PageError(ValueError):
    """A page that does not have the format."""


class Note(NamedTuple):
    """A finding as a page draws it; `line` counts from 0 in the code, columns in its characters.

    A finding on the file as a whole has the line -1.
    """

    line: int
    start: int
    end: int
    message: str


class Drawn(NamedTuple):
    """A file of an example: its code, and what is drawn into it."""

    code: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A small project with the findings that it must give.

    `files` has the other files too, such as `package.json`. `line` is that of the first fence in the page,
    counted from 1. `opted_out` names the variants that it does not go through.
    """

    section: str
    line: int
    files: Mapping[str, Drawn]
    fixed: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, object] | None = None
    opted_out: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether it shows a fault of the rule that is known, so that it must fail."""
        return self.section == KNOWN

    @property
    def texts(self) -> dict[str, str]:
        """The code of each file, without what is drawn into it."""
        return {path: drawn.code for path, drawn in self.files.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its text, the headings of its sections, and its examples."""

    text: str
    sections: tuple[str, ...]
    examples: tuple[Example, ...]


class _Fence(NamedTuple):
    section: str
    line: int
    last: int
    path: str | None
    fixed: bool
    language: str
    options: Mapping[str, object] | None
    opted_out: frozenset[str]
    body: tuple[str, ...]

    @property
    def name(self) -> str:
        """The path of a file that is not `fixed`."""
        return self.path or f"convex/example.{self.language}"


def parse(text: str, rule: str = "") -> Page:
    """Read a page or a file of cases; `rule` is the name to look for in the settings of examples."""
    text = text.strip()
    lines = text.splitlines()
    fences, sections = _fences(lines)
    return Page(text, tuple(sections), tuple(_example(group, rule) for group in _groups(fences, lines)))


def has_fix(text: str) -> bool:
    """Say whether the page of a rule shows a fix."""
    return any(example.fixed for example in parse(text).examples)


def render(page: Page) -> str:
    """Return the page for a reader: Markdown, without the remarks to the harness."""
    return re.sub(rf"(?m)^{_OPT_OUT.pattern}\n+", "", page.text).strip() + "\n"


def _fences(lines: Sequence[str]) -> tuple[list[_Fence], list[str]]:
    """Return the fences that are files, and the headings."""
    fences: list[_Fence] = []
    sections: list[str] = []
    opted_out: frozenset[str] = frozenset()
    at = 0
    while at < len(lines):
        line = lines[at]
        opening = _OPENING.fullmatch(line)
        if opening is not None:
            last = _closing(lines, at, opening[1])
            section = sections[-1] if sections else ""
            fence = _fence(opening, section, (at, last), opted_out, lines[at + 1 : last])
            fences += [fence] if fence else []
            at = last
        elif line.startswith("## "):
            sections.append(line.removeprefix("## ").strip())
        if line.strip():
            opted_out = _opt_outs(line, at) if line.startswith("<!--") else frozenset()
        at += 1
    return fences, sections


def _closing(lines: Sequence[str], start: int, marks: str) -> int:
    for at in range(start + 1, len(lines)):
        if lines[at].startswith(marks) and not lines[at].strip("`").strip():
            return at
    raise _error(start, "the fence is never closed")


def _opt_outs(line: str, at: int) -> frozenset[str]:
    said = _OPT_OUT.fullmatch(line)
    if said is None:
        return frozenset()
    reason = _BECAUSE.fullmatch(said[1])
    if reason is None:
        raise _error(at, "an opt-out needs names and a reason: `no-metamorphic: name because …`")
    return frozenset(name.strip() for name in reason[1].split(","))


def _fence(
    opening: re.Match[str], section: str, lines: tuple[int, int], opted_out: frozenset[str], body: Iterable[str]
) -> _Fence | None:
    """Return the fence that an info string describes, or None where it is no file."""
    info, brace, options = opening[3].partition("options={")
    words = info.split()
    paths = [word for word in words if word != "fixed"]
    language = opening[2]
    if language not in CODE and not (language == "json" and paths):
        return None
    if len(paths) > 1 or len(words) - len(paths) > 1:
        raise _error(lines[0], f"the info string has more than one path or word: `{info.strip()}`")
    path = paths[0] if paths else None
    given = _json(f"{{{options}", lines[0]) if brace else None
    fixed = "fixed" in words
    return _Fence(section, *lines, path, fixed, language, given, opted_out, tuple(body))


def _json(text: str, at: int) -> dict[str, object]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise _error(at, f"the options are not JSON: {error}") from error
    if not isinstance(value, dict):
        raise _error(at, "the options are not a JSON object")
    return value


def _groups(fences: Iterable[_Fence], lines: Sequence[str]) -> Iterator[list[_Fence]]:
    """Yield the fences of each example: those with only blank lines between them, each path once."""
    group: list[_Fence] = []
    for fence in fences:
        apart = any(line.strip() for line in lines[group[-1].last + 1 : fence.line]) if group else False
        again = not fence.fixed and any(other.name == fence.name for other in group)
        if group and (apart or again):
            yield group
            group = []
        group.append(fence)
    if group:
        yield group


def _example(group: Sequence[_Fence], rule: str) -> Example:
    first = group[0]
    files: dict[str, Drawn] = {}
    for fence in group:
        if not fence.fixed:
            files[fence.name] = _drawn(fence)
    options = next((fence.options for fence in group if fence.options is not None), None)
    if options is None and SETTINGS in files:
        options = _settings(_json(files[SETTINGS].code, first.line), rule)
    fixed = _fixed(group, files)
    return Example(first.section, first.line + 1, files, fixed, options, first.opted_out)


def _fixed(group: Sequence[_Fence], files: Mapping[str, Drawn]) -> dict[str, str]:
    code = [path for path in files if path.endswith(CODE)]
    found: dict[str, str] = {}
    for fence in group:
        if fence.fixed:
            path = fence.path or (code[0] if len(code) == 1 else "")
            if path not in files or path in found:
                raise _error(fence.line, "a `fixed` fence must name one file of its example, once")
            found[path] = "\n".join((*fence.body, ""))
    return found


def _settings(settings: Mapping[str, object], rule: str) -> dict[str, object] | None:
    rules = settings.get("rules")
    level = rules.get(rule) if isinstance(rules, dict) else None
    given = level[1] if isinstance(level, list) and len(level) > 1 else None
    return given if isinstance(given, dict) else None


def _drawn(fence: _Fence) -> Drawn:
    """Take the drawn findings out of the body of a fence."""
    code: list[str] = []
    notes: list[Note] = []
    for line in fence.body:
        drawn = _UNDERLINE.fullmatch(line)
        if drawn is None:
            code.append(line)
        elif code:
            notes.append(Note(len(code) - 1, drawn.start(2), drawn.end(2), drawn[3] or ""))
        else:
            notes.append(Note(-1, 0, 1, drawn[3] or ""))
    return Drawn("\n".join((*code, "")), tuple(notes))


def _error(line: int, message: str) -> PageError:
    return PageError(f"line {line + 1}: {message}")
