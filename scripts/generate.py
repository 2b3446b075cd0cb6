"""Write what is generated: the rules' pages in docs/, the tables, the example of the README, the schema of settings.

Run it after a change of a rule. With `--check` it writes nothing, and fails where a file is not up to date.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from convex_lint import config, pages, peers, registry  # noqa: E402  found by the line above
from convex_lint.diagnostics import Category  # noqa: E402
from scripts import compared  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from convex_lint.rule import Rule

EXAMPLE = ("check", "fixtures/chat/convex/model")
"""The command whose output the README shows."""

PROMISES = {
    Category.CORRECTNESS: "What they find fails to deploy, or fails when it runs.",
    Category.SECURITY: "What they find lets someone in, or shows them what they should not see.",
    Category.PERFORMANCE: "What they find costs reads, writes, cache entries or conflicts.",
    Category.RUNTIME: "What they find is in the wrong runtime, folder or import.",
    Category.SCHEMA: "What they find is wrong with the schema.",
    Category.STYLE: "What they find works, and could be written better.",
    Category.MAINTENANCE: "What they find is not needed, or will be in the way.",
}
"""What a category promises of its rules."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or say which are stale; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is not up to date")
    check = parser.parse_args(arguments).check
    wanted = generated()
    stale = sorted(path for path, text in wanted.items() if current(path) != text)
    left = sorted(path for path in (ROOT / "docs" / "rules").glob("*") if path not in wanted)
    if not check:
        write({path: wanted[path] for path in stale}, left)
    for path in (*stale, *left):
        print(f"{'stale' if check else 'wrote' if path in wanted else 'deleted'}: {path.relative_to(ROOT).as_posix()}")
    if check and (stale or left):
        print("run `python scripts/generate.py`", file=sys.stderr)
    return 1 if check and (stale or left) else 0


def generated() -> dict[Path, str]:
    """Return the text that each generated file must have."""
    rules = registry.builtin()
    named = {rule.name: rule for rule in rules}
    docs = ROOT / "docs" / "rules"
    readme = (ROOT / "README.md").read_text("utf-8")
    schema = json.dumps(config.schema(rules), indent=2, ensure_ascii=False)
    return {
        ROOT / "README.md": filled(readme, {"rules": table(rules, "docs/rules/"), "example": example()}),
        ROOT / "convex_lint" / "schemas" / "config.schema.json": f"{schema}\n",
        docs / "README.md": index(rules),
        ROOT / "docs" / "coverage.md": compared_page(compared.LINES, compared.coverage(named)),
        ROOT / "docs" / "parity.md": compared_page(compared.PARITY, compared.parity(named)),
        **{docs / f"{rule.name}.md": page(rule) for rule in rules},
    }


def current(path: Path) -> str | None:
    """Return the text of a file as it is; None where there is none."""
    return path.read_text("utf-8") if path.exists() else None


def write(texts: Mapping[Path, str], unwanted: Iterable[Path]) -> None:
    """Write files, and delete those of rules that are gone."""
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in unwanted:
        path.unlink()


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """Return a text with its generated blocks renewed: what stands between `<!-- begin: NAME -->` and its end."""
    for name, block in blocks.items():
        begin, end = f"<!-- begin: {name} (scripts/generate.py) -->", f"<!-- end: {name} -->"
        before, opening, rest = text.partition(begin)
        _, closing, after = rest.partition(end)
        if not opening or not closing:
            message = f"the README has no `{begin}` … `{end}`"
            raise SystemExit(message)
        text = f"{before}{begin}\n\n{block.strip()}\n\n{end}{after}"
    return text


def example() -> str:
    """Return what the command of the README's example prints, in a fence."""
    command = [sys.executable, "-m", "convex_lint", *EXAMPLE, "--format", "full", "--color", "never"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 1:
        message = f"`convex-lint {' '.join(EXAMPLE)}` ended with {done.returncode}: {done.stderr}"
        raise SystemExit(message)
    return f"```console\n$ convex-lint {' '.join(EXAMPLE)}\n{done.stdout.strip()}\n```"


def table(rules: Iterable[Rule], folder: str) -> str:
    """Return the table of the rules, by category."""
    order = list(Category)
    rows = sorted(rules, key=lambda rule: (order.index(rule.category), rule.name))
    head = ["| Rule | What it asks | Category | Severity | Preset | Fix |", "|---|---|---|---|---|---|"]
    return "\n".join((*head, *(f"| {row(rule, folder)} |" for rule in rows)))


def row(rule: Rule, folder: str) -> str:
    """Return the cells of a rule in the table."""
    link = f"[`{rule.name}`]({folder}{rule.name}.md)"
    cells = (link, finds(rule), rule.category, rule.severity, rule.preset, "yes" if pages.has_fix(rule.page) else "")
    return " | ".join(cells)


def finds(rule: Rule) -> str:
    """Return the summary of a rule as a cell of a table."""
    return rule.summary.replace("|", "\\|")


def index(rules: Sequence[Rule]) -> str:
    """Return the page that lists the rules by category."""
    parts = [f"{note('the rules')}\n\n# Rules\n"]
    for category, promise in PROMISES.items():
        chosen = [rule for rule in rules if rule.category == category]
        lines = [f"- [`{rule.name}`]({rule.name}.md): {rule.summary}. {marks(rule)}" for rule in chosen]
        parts += [f"## {category.capitalize()}\n\n{promise}\n\n" + "\n".join(lines) + "\n"] if chosen else []
    return "\n".join(parts)


def marks(rule: Rule) -> str:
    """Return the severity of a rule, its preset and whether it has a fix, in a few words."""
    where = "in no preset" if rule.preset == "opt-in" else f"in `{rule.preset}`"
    return f"*{rule.severity} {where}{', with a fix' if pages.has_fix(rule.page) else ''}*"


def page(rule: Rule) -> str:
    """Return the page of a rule for the web: what is known about it, then the docstring of its module."""
    source = f"rules/{rule.name.replace('-', '_')}.py"
    text = pages.render(pages.parse(rule.page, rule.name))
    head = "\n".join(facts(rule))
    return f"{note(source)}\n\n# {rule.name}\n\n{head}\n\n{labelled(text)}"


def compared_page(data: Path, text: str) -> str:
    """Return a page that compares, with the remark what it is made of."""
    return f"{note(data.relative_to(ROOT).as_posix())}\n\n{text}"


def note(source: str) -> str:
    """Return the remark that a file is generated."""
    return f"<!-- Generated by scripts/generate.py from {source}: change that, then run it. -->"


def facts(rule: Rule) -> Iterator[str]:
    """Yield the lines of metadata at the head of a page."""
    preset = "none: turn it on by name" if rule.preset == "opt-in" else f"`{rule.preset}`"
    yield f"- Category: {rule.category}"
    yield f"- Severity: {rule.severity}"
    yield f"- Preset: {preset}"
    yield f"- Fix: {'yes' if pages.has_fix(rule.page) else 'no'}"
    yield f"- Precision: {rule.precision}"
    if rule.since is not None:
        yield f"- Holds from: `convex` {'.'.join(map(str, rule.since))}"
    if rule.aliases:
        yield f"- Also known as: {', '.join(f'`{alias}`' for alias in rule.aliases)}"
    like = peers.replaced([rule.name])[rule.name]
    if like:
        names = (f"`{name}`" for peer, rules in like.items() if peer != "oxlint" for name in rules)
        yield f"- Like, in other linters: {', '.join(names)}"
    if rule.options is not None:
        yield f"- Options, as they are by default: `{json.dumps(config.options_as_json(rule.options()))}`"


def labelled(text: str) -> str:
    """Return a page's text with what the info string of a fence says written above it, where readers see it."""
    return re.sub(r"(?m)^(`{3,}\w+)[ \t]+(\S.*)$", lambda found: f"{label(found[2])}\n\n{found[1]}", text)


def label(info: str) -> str:
    """Return what an info string says, in words: the path, whether the file is fixed, the options."""
    words, brace, options = info.partition("options={")
    paths = [word for word in words.split() if word != "fixed"]
    parts = [f"`{path}`" for path in paths]
    parts += ["with the fix" if parts else "With the fix"] if "fixed" in words.split() else []
    parts += [f"{'with' if parts else 'With'} the options `{{{options}`"] if brace else []
    return f"{', '.join(parts)}:"


if __name__ == "__main__":
    sys.exit(main())
