"""What an editor sees: a small client speaks to the real server over its standard input and output."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.command import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = Any

REPOSITORY = Path(__file__).resolve().parent.parent
CHAT = REPOSITORY / "fixtures" / "chat"
PATIENCE = 30
MANIFEST = '{ "name": "app", "dependencies": { "convex": "^1.30.0" } }\n'
JOBS = """\
import { mutation } from "./_generated/server";
import { touch } from "./model";
// @public
export const run = mutation({
  args: {},
  handler: async (ctx) => {
    touch(ctx);
  },
});
"""
MODEL = """\
import type { MutationCtx } from "./_generated/server";

export async function touch(ctx: MutationCtx) {
  await ctx.db.insert("touches", {});
}
"""
OLD = """\
import { mutation } from "./_generated/server";
// @public
export const first = mutation(async (ctx) => {
  await ctx.db.insert("runs", {});
});
// @public
export const second = mutation({
  handler: async (ctx) => {
    await ctx.db.insert("runs", {});
  },
});
"""


class Client:
    """An editor without a window. `diagnostics` are those that were pushed last, by URI."""

    def __init__(self, capabilities: Json, root: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
        command = [sys.executable, "-m", "convex_lint", "server"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, env=environment
        )
        self.diagnostics: dict[str, Json] = {}
        self.told: list[Json] = []
        self._last = 0
        self._inbox: queue.Queue[Json] = queue.Queue()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        asked = {"processId": None, "rootUri": root.as_uri(), "capabilities": capabilities}
        self.capabilities = self.request("initialize", asked)["capabilities"]
        self.notify("initialized", {})

    def request(self, method: str, params: Json) -> Json:
        """Ask, and wait for the answer."""
        self._last += 1
        wanted = self._last
        self._send({"id": wanted, "method": method, "params": params})
        answer = self._take(lambda message: message.get("id") == wanted and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def notify(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, with the text on the disk unless another is given."""
        text = path.read_bytes().decode() if text is None else text
        document = {"uri": path.as_uri(), "languageId": "typescript", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return path.as_uri()

    def change(self, uri: str, version: int, *changes: Json) -> None:
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)},
        )

    def pushed(self, uri: str, version: int | None = None) -> list[Json]:
        """Wait for the diagnostics of a text, or for those of a version of it, and return them."""

        def is_it(message: Json) -> bool:
            params = message.get("params")
            is_push = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
            return is_push and version in {None, params.get("version")}

        found: list[Json] = self._take(is_it)["params"]["diagnostics"]
        return found

    def heard(self, method: str) -> Json:
        """Wait for a notification or a request of the server and return its parameters."""
        for message in self.told:
            if message.get("method") == method:
                self.told.remove(message)
                return message.get("params")
        return self._take(lambda message: message.get("method") == method).get("params")

    def actions(self, uri: str, line: int, only: list[str] | None = None) -> list[Json]:
        """Ask for code actions at the start of a line, telling nothing of diagnostics, as Helix does."""
        at = {"line": line, "character": 0}
        context = {"diagnostics": []} if only is None else {"diagnostics": [], "only": only}
        params = {"textDocument": {"uri": uri}, "range": {"start": at, "end": at}, "context": context}
        found: list[Json] = self.request("textDocument/codeAction", params)
        return found

    def close(self) -> int:
        """Say goodbye as the protocol wants it; return the exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """Leave nothing running and nothing open."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()

    def _send(self, message: Json) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _listen(self) -> None:
        out = self.process.stdout
        assert out is not None
        while header := out.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
                while out.readline().strip():
                    pass
                self._inbox.put(json.loads(out.read(length)))

    def _take(self, is_wanted: Callable[[Json], bool]) -> Json:
        while True:
            message = self._inbox.get(timeout=PATIENCE)
            if message.get("method") == "textDocument/publishDiagnostics":
                self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": None})
            if is_wanted(message):
                return message
            self.told.append(message)


@contextmanager
def editor(root: Path, **capabilities: Json) -> Iterator[Client]:
    client = Client(capabilities, root)
    try:
        yield client
    finally:
        client.kill()


def project(root: Path, **modules: str) -> Path:
    """Write a small project; return its functions folder."""
    folder = root / "convex"
    folder.mkdir()
    (root / "package.json").write_text(MANIFEST)
    for name, text in modules.items():
        (folder / f"{name}.ts").write_bytes(text.encode())
    return folder


def rules(found: list[Json]) -> list[str]:
    return [each["code"] for each in found]


def at(line: int, column: int) -> Json:
    return {"line": line, "character": column}


def applied(text: str, edit: Json, uri: str) -> str:
    """Apply an edit as an editor would. The texts of these tests are ASCII, so that a column is a character."""
    if "documentChanges" in edit:
        edits = [one for each in edit["documentChanges"] if each["textDocument"]["uri"] == uri for one in each["edits"]]
    else:
        edits = edit["changes"][uri]
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:line])) for line in range(len(lines) + 1)]
    placed = [
        (*(starts[side["line"]] + side["character"] for side in (one["range"]["start"], one["range"]["end"])), one)
        for one in edits
    ]
    for start, end, one in sorted(placed, key=lambda place: place[:2])[::-1]:
        text = text[:start] + one["newText"] + text[end:]
    return text


def test_a_fixture_gives_what_the_command_line_finds(tmp_path: Path) -> None:
    shutil.copytree(CHAT, tmp_path / "chat")
    expected = (CHAT / "expected.txt").read_text().splitlines()
    found = []
    with editor(tmp_path) as client:
        for path in sorted((tmp_path / "chat" / "convex").rglob("*.ts")):
            for each in client.pushed(client.open(path)):
                start, severity = each["range"]["start"], ("error", "warning")[each["severity"] - 1]
                place = f"{path.relative_to(tmp_path / 'chat').as_posix()}:{start['line'] + 1}:{start['character'] + 1}"
                found.append(f"{place}: {severity} {each['code']} {each['message']}")
                assert each["source"] == "convex-lint"
                assert each["codeDescription"]["href"].endswith(f"/{each['code']}.md")
        assert client.close() == 0
    assert found == expected


def test_findings_go_and_come_with_what_is_typed(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts")
        (found,) = client.pushed(uri, 1)
        assert found["code"] == "no-floating-promises"
        assert found["severity"] == 1
        assert found["range"] == {"start": at(6, 4), "end": at(6, 14)}
        client.change(uri, 2, {"range": {"start": at(6, 4), "end": at(6, 4)}, "text": "await "})
        assert client.pushed(uri, 2) == []
        client.change(uri, 3, {"range": {"start": at(6, 4), "end": at(6, 10)}, "text": ""})
        assert rules(client.pushed(uri, 3)) == ["no-floating-promises"]
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert client.pushed(uri) == []


def test_several_changes_apply_one_after_the_other(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts", "")
        assert client.pushed(uri, 1) == []
        head, tail = JOBS[:40], JOBS[40:]
        client.change(uri, 2, {"text": tail}, {"range": {"start": at(0, 0), "end": at(0, 0)}, "text": head})
        assert rules(client.pushed(uri, 2)) == ["no-floating-promises"]


def test_of_many_changes_the_newest_is_linted(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts")
        client.pushed(uri, 1)
        for version in range(2, 102):
            client.change(uri, version, {"range": {"start": at(0, 0), "end": at(0, 0)}, "text": "\n"})
        (found,) = client.pushed(uri, 101)
        assert found["range"]["start"] == at(106, 4)
        told = [each for each in client.told if each.get("method") == "textDocument/publishDiagnostics"]
        assert len(told) < 50


def test_a_change_in_one_file_changes_what_is_found_in_another(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        jobs = client.open(folder / "jobs.ts")
        assert rules(client.pushed(jobs)) == ["no-floating-promises"]
        model = client.open(folder / "model.ts")
        assert client.pushed(model) == []
        sync = "export function touch(ctx: MutationCtx) { console.log(ctx); }\n"
        client.change(model, 2, {"text": sync})
        assert client.pushed(jobs) == []
        client.notify("textDocument/didClose", {"textDocument": {"uri": model}})
        assert rules(client.pushed(jobs)) == ["no-floating-promises"]


def test_a_file_that_is_not_saved_yet(tmp_path: Path) -> None:
    folder = project(tmp_path, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts", JOBS)
        assert rules(client.pushed(uri)) == ["no-floating-promises"]
        assert not (folder / "jobs.ts").exists()
        (folder / "other.ts").write_text(JOBS)
        assert rules(client.pushed(client.open(folder / "other.ts"))) == ["no-floating-promises"]


def test_a_library_outside_the_functions_folder(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs='import { twice } from "../shared/twice";\n\nexport const two = twice(1);\n')
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "twice.ts").write_text("// convex-lint-disable-line\nexport const twice = (one: number) => one * 2;\n")
    (shared / "other.ts").write_text("// convex-lint-disable-line\n")
    with editor(tmp_path) as client:
        assert client.pushed(client.open(folder / "jobs.ts")) == []
        (found,) = client.pushed(client.open(shared / "twice.ts"))
        assert found["code"] == "unused-suppression"
        assert found["tags"] == [1]
        assert "codeDescription" not in found
        assert client.pushed(client.open(shared / "other.ts")) == []


def test_a_client_of_the_configuration(tmp_path: Path) -> None:
    notes = "export const list = query({ args: {}, handler: async () => [] });\n"
    project(tmp_path, notes=f'import {{ query }} from "./_generated/server";\n\n{notes}')
    (tmp_path / "convex-lint.json").write_text('{"clientRoots": ["src"]}')
    (tmp_path / "src").mkdir()
    path = tmp_path / "src" / "App.tsx"
    text = 'import { useQuery } from "convex/react";\nimport { api } from "../convex/_generated/api";\n\n'
    path.write_text(f"{text}export const all = () => useQuery(api.notes.list);\n")
    with editor(tmp_path) as client:
        uri = client.open(path)
        assert client.pushed(uri) == []
        client.change(uri, 2, {"text": f"{text}export const all = () => useQuery(api.notes.lst);\n"})
        assert rules(client.pushed(uri, 2)) == ["no-unresolved-function-reference"]
        client.change(uri, 3, {"text": f"{text}export const all = (\n"})
        assert client.pushed(uri, 3) == []


def test_a_file_of_no_project_has_no_findings(tmp_path: Path) -> None:
    (tmp_path / "main.ts").write_text("main();\n")
    with editor(tmp_path) as client:
        uri = client.open(tmp_path / "main.ts")
        assert client.pushed(uri) == []
        assert client.actions(uri, 0) == []
        untitled = "untitled:Untitled-1"
        document = {"uri": untitled, "languageId": "typescript", "version": 1, "text": JOBS}
        client.notify("textDocument/didOpen", {"textDocument": document})
        assert client.pushed(untitled) == []


def test_fixes_are_offered_for_the_line(tmp_path: Path) -> None:
    folder = project(tmp_path, old=OLD, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "old.ts")
        assert sorted(rules(client.pushed(uri))) == ["no-old-registered-function-syntax", "require-args-validator"]
        assert client.actions(uri, 0) == []
        (fix,) = [each for each in client.actions(uri, 2) if each["kind"] == "quickfix"]
        assert fix["isPreferred"] is True
        assert rules(fix["diagnostics"]) == ["no-old-registered-function-syntax"]
        fixed = applied(OLD, fix["edit"], uri)
        client.change(uri, 2, {"text": fixed})
        assert rules(client.pushed(uri, 2)) == ["require-args-validator"]
        assert (folder / "old.ts").read_text() == OLD

        uri = client.open(folder / "jobs.ts")
        (fix,) = [each for each in client.actions(uri, 6) if each["kind"] == "quickfix"]
        assert fix["title"] == "Await the promise (may change behaviour)"
        assert "isPreferred" not in fix
        assert applied(JOBS, fix["edit"], uri) == JOBS.replace("touch(ctx);", "await touch(ctx);")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_rule_is_disabled_for_a_line(tmp_path: Path, newline: str) -> None:
    text = JOBS.replace("\n", newline)
    folder = project(tmp_path, jobs=text, model=MODEL)
    with editor(tmp_path, workspace={"workspaceEdit": {"documentChanges": True}}) as client:
        uri = client.open(folder / "jobs.ts")
        assert rules(client.pushed(uri)) == ["no-floating-promises"]
        (action,) = client.actions(uri, 6, ["quickfix.suppressRule"])
        assert action["kind"] == "quickfix.suppressRule.convex-lint"
        assert action["title"] == "Disable no-floating-promises for this line"
        (change,) = action["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": uri, "version": 1}
        silenced = applied(text, action["edit"], uri)
        comment = f"    // convex-lint-disable-next-line no-floating-promises{newline}"
        assert silenced == text.replace("    touch(", f"{comment}    touch(")
        client.change(uri, 2, {"text": silenced})
        assert client.pushed(uri, 2) == []


def test_all_safe_fixes_at_once(tmp_path: Path) -> None:
    text = OLD.replace("\n", "\r\n")
    folder = project(tmp_path, old=text)
    resolves = {"codeAction": {"resolveSupport": {"properties": ["edit"]}}}
    with editor(tmp_path, textDocument=resolves) as client:
        uri = client.open(folder / "old.ts")
        (action,) = client.actions(uri, 0, ["source.fixAll"])
        assert action["kind"] == "source.fixAll.convex-lint"
        fixed = applied(text, action["edit"], uri)
        assert fixed.count("args: {}") == 2
        assert "\n" not in fixed.replace("\r\n", "")
        (later,) = client.actions(uri, 0)
        assert "edit" not in later
        assert client.request("codeAction/resolve", later)["edit"] == action["edit"]
        client.change(uri, 2, {"text": fixed})
        assert client.pushed(uri, 2) == []
        assert client.actions(uri, 0, ["source.fixAll.convex-lint"]) == []


def test_only_the_kinds_that_are_asked_for(tmp_path: Path) -> None:
    folder = project(tmp_path, old=OLD)
    fix, disable, all_fixes = "quickfix", "quickfix.suppressRule.convex-lint", "source.fixAll.convex-lint"
    asked: list[tuple[list[str] | None, set[str]]] = [
        (None, {fix, disable}),
        ([""], {fix, disable, all_fixes}),
        (["quickfix"], {fix, disable}),
        ([disable], {disable}),
        (["source"], {all_fixes}),
        (["source.fix"], set()),
        (["refactor", "source.organizeImports"], set()),
        ([], set()),
    ]
    with editor(tmp_path) as client:
        uri = client.open(folder / "old.ts")
        for only, kinds in asked:
            assert {each["kind"] for each in client.actions(uri, 2, only)} == kinds, only


def test_a_comment_between_jsx_tags_has_braces(tmp_path: Path) -> None:
    folder = project(tmp_path, model=MODEL)
    shown = "const shown = (\n      <p>\n        {[1].map(() => { touch(ctx); })}\n      </p>\n    );"
    text = JOBS.replace("touch(ctx);", shown)
    path = folder / "jobs.tsx"
    path.write_text(text)
    with editor(tmp_path) as client:
        uri = client.open(path)
        assert rules(client.pushed(uri)) == ["no-floating-promises"]
        (action,) = client.actions(uri, 8, ["quickfix.suppressRule"])
        silenced = applied(text, action["edit"], uri)
        assert "        {/* convex-lint-disable-next-line no-floating-promises */}\n        {[1]" in silenced
        client.change(uri, 2, {"text": silenced})
        assert client.pushed(uri, 2) == []


def test_hover_shows_the_page_of_the_rule(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts")
        asked = {"textDocument": {"uri": uri}, "position": at(6, 6)}
        shown = client.request("textDocument/hover", asked)
        assert shown["contents"]["kind"] == "markdown"
        assert "the promise of `touch` is not awaited" in shown["contents"]["value"]
        assert "## Bad" in shown["contents"]["value"]
        assert shown["range"] == {"start": at(6, 4), "end": at(6, 14)}
        assert client.request("textDocument/hover", {**asked, "position": at(0, 0)}) is None


@pytest.mark.parametrize(
    ("offered", "chosen", "column"),
    [(None, "utf-16", 14), (["utf-8", "utf-16"], "utf-8", 18), (["utf-32"], "utf-32", 12), (["utf-7"], "utf-16", 14)],
)
def test_columns_count_what_was_agreed_on(tmp_path: Path, offered: list[str] | None, chosen: str, column: int) -> None:
    text = JOBS.replace("    touch(ctx);", '    "🎉🎉"; touch(ctx);')
    folder = project(tmp_path, jobs=text, model=MODEL)
    general = {} if offered is None else {"general": {"positionEncodings": offered}}
    with editor(tmp_path, **general) as client:
        assert client.capabilities["positionEncoding"] == chosen
        uri = client.open(folder / "jobs.ts")
        (found,) = client.pushed(uri)
        assert found["range"] == {"start": at(6, column - 2), "end": at(6, column + 8)}
        client.change(uri, 2, {"range": {"start": at(6, column - 2), "end": at(6, column - 2)}, "text": "await "})
        assert client.pushed(uri, 2) == []


def test_a_line_separator_ends_no_line(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS.replace("args: {},", "args: {}, /* a\u2028b\u0085c\x0cd */"), model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts")
        client.pushed(uri, 1)
        client.change(uri, 2, {"range": {"start": at(6, 4), "end": at(6, 4)}, "text": "await "})
        assert client.pushed(uri, 2) == []


def test_a_broken_configuration_is_told_once(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    settings = tmp_path / "convex-lint.json"
    settings.write_text('{ "rules": { "no-such-rule": "error" } }\n')
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts")
        assert client.pushed(uri, 1) == []
        assert "no-such-rule" in client.heard("window/logMessage")["message"]
        shown = client.heard("window/showMessage")
        assert shown["type"] == 1
        assert "convex-lint.json" in shown["message"]
        client.change(uri, 2, {"text": f"{JOBS}\n"})
        assert client.pushed(uri, 2) == []
        assert not any(each.get("method") == "window/showMessage" for each in client.told)
        settings.unlink()
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        assert rules(client.pushed(uri, 2)) == ["no-floating-promises"]


def test_a_setting_that_is_wrong_takes_nothing_away(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL)
    with editor(tmp_path) as client:
        uri = client.open(folder / "jobs.ts")
        found = client.pushed(uri, 1)
        (tmp_path / "convex-lint.json").write_text("{")
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        client.heard("window/showMessage")
        client.change(uri, 2, {"range": {"start": at(0, 0), "end": at(0, 0)}, "text": " "})
        assert client.pushed(uri, 2) == found


def test_settings_and_files_that_change_are_read_again(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS)
    watches = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    with editor(tmp_path, workspace=watches) as client:
        (registration,) = client.heard("client/registerCapability")["registrations"]
        globs = {each["globPattern"] for each in registration["registerOptions"]["watchers"]}
        assert {"**/convex-lint.json", "**/convex.json", "**/package.json", "**/tsconfig.json"} < globs
        uri = client.open(folder / "jobs.ts")
        assert client.pushed(uri) == []

        def touch(path: Path, kind: int) -> list[Json]:
            client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})
            return client.pushed(uri)

        (folder / "model.ts").write_text(MODEL)
        assert rules(touch(folder / "model.ts", 1)) == ["no-floating-promises"]
        (folder / "model.ts").unlink()
        assert touch(folder / "model.ts", 3) == []
        (folder / "model.ts").write_text(MODEL)
        assert rules(touch(folder / "model.ts", 1)) == ["no-floating-promises"]
        settings = tmp_path / "convex-lint.json"
        settings.write_text('{ "rules": { "no-floating-promises": "off" } }\n')
        assert touch(settings, 1) == []
        settings.write_text('{ "rules": { "no-floating-promises": "warn" } }\n')
        (found,) = touch(settings, 2)
        assert found["severity"] == 2
        settings.unlink()
        assert run("check", "--suppress-all", cwd=tmp_path).code == 0
        baseline = tmp_path / "convex-lint-suppressions.json"
        assert touch(baseline, 1) == []
        baseline.unlink()
        assert rules(touch(baseline, 3)) == ["no-floating-promises"]


def test_an_editor_that_asks_is_sent_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path, jobs=JOBS, model=MODEL, old=OLD)
    pulls = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with editor(tmp_path, **pulls) as client:
        offered = client.capabilities["diagnosticProvider"]
        assert (offered["interFileDependencies"], offered["workspaceDiagnostics"]) == (True, True)
        jobs = client.open(folder / "jobs.ts")
        model = client.open(folder / "model.ts")
        first = client.request("textDocument/diagnostic", {"textDocument": {"uri": jobs}})
        assert first["kind"] == "full"
        assert rules(first["items"]) == ["no-floating-promises"]
        asked = {"textDocument": {"uri": jobs}, "previousResultId": first["resultId"]}
        assert client.request("textDocument/diagnostic", asked) == {"kind": "unchanged", "resultId": first["resultId"]}
        everything = client.request("workspace/diagnostic", {"previousResultIds": []})["items"]
        assert {each["uri"]: each["version"] for each in everything} == {jobs: 1, (folder / "old.ts").as_uri(): None}

        client.change(model, 2, {"text": "export function touch(ctx: unknown) { console.log(ctx); }\n"})
        client.heard("workspace/diagnostic/refresh")
        assert client.request("textDocument/diagnostic", asked)["items"] == []
        known = [{"uri": each["uri"], "value": each["resultId"]} for each in everything]
        again = client.request("workspace/diagnostic", {"previousResultIds": known})["items"]
        assert {each["uri"]: each["kind"] for each in again} == {
            jobs: "full",
            (folder / "old.ts").as_uri(): "unchanged",
        }
        assert client.diagnostics == {}
        assert client.close() == 0


def test_an_editor_that_is_sent_diagnostics_is_not_asked_to_ask(tmp_path: Path) -> None:
    project(tmp_path)
    with editor(tmp_path) as client:
        assert "diagnosticProvider" not in client.capabilities
        assert client.capabilities["textDocumentSync"]["change"] == 2
        assert client.capabilities["codeActionProvider"]["codeActionKinds"] == [
            "quickfix",
            "quickfix.suppressRule.convex-lint",
            "source.fixAll.convex-lint",
        ]


def test_it_ends_when_the_editor_is_gone(tmp_path: Path) -> None:
    with editor(tmp_path) as client:
        assert client.process.stdin is not None
        client.process.stdin.close()
        assert client.process.wait(PATIENCE) == 1
    with editor(tmp_path) as client:
        client.notify("exit", None)
        assert client.process.wait(PATIENCE) == 1
