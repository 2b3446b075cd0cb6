"""Files that cannot be read: one message each, and everything else goes on."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from convex_lint import discovery
from tests.test_discovery_support import MODULE, load, write

if TYPE_CHECKING:
    from pathlib import Path

    from convex_lint.workspace import Workspace

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")


def said(root: Path, *paths: str) -> tuple[Workspace, dict[str, str]]:
    workspace, diagnostics = load(root, *paths)
    assert all(each.rule == "unreadable-file" and each.severity == "error" and each.help for each in diagnostics)
    assert len({each.place.path for each in diagnostics}) == len(diagnostics)
    return workspace, {each.place.path: each.message for each in diagnostics}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"convex/good.ts": MODULE})


def test_text_that_is_not_utf8(project: Path) -> None:
    (project / "convex/bad.ts").write_bytes(b"// \xc3\xa9\n// \xff\n")
    (project / "convex/wide.ts").write_bytes("export {}".encode("utf-16"))
    (project / "convex/marked.ts").write_bytes(b"\xef\xbb\xbf" + MODULE.encode())
    workspace, messages = said(project)
    assert messages == {
        "convex/bad.ts": "the text is not UTF-8 (line 2, byte 9)",
        "convex/wide.ts": "the text is UTF-16",
    }
    assert sorted(workspace.sources) == ["convex/good.ts", "convex/marked.ts"]
    assert workspace.sources["convex/marked.ts"].data.startswith(b"\xef\xbb\xbf")


def test_a_file_that_is_too_long(project: Path) -> None:
    with (project / "convex/long.ts").open("wb") as file:
        file.truncate(20 * 1024 * 1024)
    (project / "convex/just.ts").write_bytes(b" " * discovery.LIMIT)
    workspace, messages = said(project)
    assert messages == {"convex/long.ts": "the file is too long: 20.0 MiB, and at most 4 are read"}
    assert "convex/just.ts" in workspace.sources


@posix
def test_pipes_sockets_and_devices(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)  # the name of a socket has to be short
    os.mkfifo(project / "convex/pipe.ts")
    os.mkfifo(project / "convex/pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("convex/s.ts")
        workspace, messages = said(project)
    assert messages == {
        "convex/pipe.ts": "it is a named pipe, not a file",
        "convex/s.ts": "it is a socket, not a file",
    }
    assert list(workspace.sources) == ["convex/good.ts"]


@posix
def test_links(project: Path) -> None:
    convex = project / "convex"
    (convex / "again").symlink_to(convex, target_is_directory=True)
    (convex / "self.ts").symlink_to(convex / "self.ts")
    (convex / "one").symlink_to(convex / "two")
    (convex / "two").symlink_to(convex / "one")
    (convex / "dangling.ts").symlink_to(convex / "nowhere.ts")
    (convex / "device.ts").symlink_to("/dev/zero")
    workspace, messages = said(project)
    loop = "the link leads back to itself"
    assert messages == {"convex/self.ts": loop, "convex/one": loop, "convex/two": loop}
    assert list(workspace.sources) == ["convex/good.ts"]


@posix
def test_a_linked_module_is_read_where_it_is_imported(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"convex/a.ts": 'import "./linked"; import "./dir/c"; import "./pipe";', "lib/b.ts": "", "lib/d/c.ts": ""},
    )
    (tmp_path / "convex/linked.ts").symlink_to(tmp_path / "lib/b.ts")
    (tmp_path / "convex/dir").symlink_to(tmp_path / "lib/d", target_is_directory=True)
    os.mkfifo(tmp_path / "lib/pipe.ts")
    (tmp_path / "convex/pipe.ts").symlink_to(tmp_path / "lib/pipe.ts")
    workspace, messages = said(tmp_path)
    assert sorted(workspace.sources) == ["convex/a.ts", "convex/dir/c.ts", "convex/linked.ts"]
    assert messages == {}


@posix
def test_a_link_that_leads_out_of_the_workspace_is_not_followed(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    write(other, {"secret.ts": MODULE, "convex/b.ts": MODULE})
    write(root, {"convex/a.ts": 'import "./linked"; import "./dir/secret";', "app/convex.json": '{"functions": "out"}'})
    (root / "convex/linked.ts").symlink_to(other / "secret.ts")
    (root / "convex/dir").symlink_to(other, target_is_directory=True)
    (root / "app/out").symlink_to(other / "convex", target_is_directory=True)
    workspace, messages = said(root)
    assert sorted(workspace.sources) == ["convex/a.ts"]
    assert messages == {}


@posix
def test_files_and_folders_without_permission(project: Path) -> None:
    write(project, {"convex/secret.ts": MODULE, "convex/closed/a.ts": MODULE})
    (project / "convex/secret.ts").chmod(0)
    (project / "convex/closed").chmod(0)
    if os.access(project / "convex/secret.ts", os.R_OK):
        pytest.skip("root may read everything")
    try:
        workspace, messages = said(project)
    finally:
        (project / "convex/closed").chmod(0o700)
    assert list(workspace.sources) == ["convex/good.ts"]
    denied = "it cannot be read: permission denied"
    assert messages == {"convex/secret.ts": denied, "convex/closed": denied}


@posix
def test_a_name_that_is_not_utf8(project: Path) -> None:
    name = os.fsencode(project / "convex") + b"/bad\xff.ts"
    try:
        with open(name, "wb") as file:  # noqa: PTH123  a Path has no such name
            file.write(b"export {}")
    except OSError:
        pytest.skip("this file system has only names in UTF-8")
    workspace, messages = said(project)
    assert messages == {"convex/bad\ufffd.ts": "the name is not UTF-8"}
    assert list(workspace.sources) == ["convex/good.ts"]


def test_only_what_was_chosen_is_reported(project: Path) -> None:
    (project / "convex/bad.ts").write_bytes(b"\xff")
    assert said(project, "convex/good.ts")[1] == {}
    assert list(said(project, "convex/bad.ts")[1]) == ["convex/bad.ts"]
    write(project, {".gitignore": "bad.ts"})
    assert said(project)[1] == {}


def test_a_folder_named_like_a_module(project: Path) -> None:
    write(project, {"convex/odd.ts/inner.ts": MODULE, "convex/user.ts": 'import "./odd";'})
    workspace, messages = said(project)
    assert messages == {}
    assert "convex/odd.ts/inner.ts" in workspace.sources


def test_folders_nested_very_deep(project: Path) -> None:
    deep = project / "convex"
    for _ in range(150):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "a.ts").write_text("export {}", encoding="utf-8")
    workspace, messages = said(project)
    assert messages == {}
    assert list(workspace.sources) == ["convex/good.ts"]


@pytest.mark.parametrize(
    "name", ["package.json", "tsconfig.json", "pnpm-workspace.yaml", "package-lock.json", "bun.lock"]
)
def test_broken_files_of_other_tools_are_theirs_to_report(project: Path, name: str) -> None:
    write(project, {"package.json": "{}", name: '[{"a": \x00', "convex/user.ts": 'import "@/x"; import "y";'})
    assert said(project)[1] == {}
