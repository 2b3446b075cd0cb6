"""Published npm packages as real code to lint: pinned, fetched with `npm pack`, never committed."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple


class Pin(NamedTuple):
    """One published version, and the SHA-512 that the registry published for its tarball."""

    version: str
    integrity: str


PINS = {
    "@convex-dev/agent": Pin(
        "0.7.3",
        "sha512-QmZ3cIaMkVvM4Ftg1sNcHAeNvFbZ2y8Ho+sEgQ+4S//OtZjhmjBf124gSEBpwMH53Wkk6cqR40QLOK9BMli26w==",
    ),
    "@convex-dev/workflow": Pin(
        "0.4.8",
        "sha512-5TFdzgGOBOLwEArr+bjilK/iTelPQkuMcFAY1QlvFKIdoxYMuLcJrukjVTtgwVyrTAv28+Bm3PWS1ud635rVew==",
    ),
    "@convex-dev/workpool": Pin(
        "0.4.12",
        "sha512-mJOtVds/vWWVdFUNhveXlQcfPFUmugZbJYjdjblgA2PpfaedtcwqYBVnLXEBI2QlspTR7HfAT3cTxJtdhVPUsg==",
    ),
    "@convex-dev/rate-limiter": Pin(
        "0.4.0",
        "sha512-AEXbo8+pMT1bPlOJiofmue55EoiFp9ygCcEnckx+RENoPjRYEg5jiihAtaD5TKDwdmHJyvLwNQ1h+MbhgvMyOA==",
    ),
    "@convex-dev/aggregate": Pin(
        "0.3.1",
        "sha512-BYjgZjsAm+rHc3OxyZwUn+A4cl/dRbMSsHSNsdTZuwP4EXd6NV3AAIKa+tI9C4LD++I8N4fXscmiTz+manFnQA==",
    ),
    "@convex-dev/resend": Pin(
        "0.2.8",
        "sha512-N7S7+cZEjP0wi1EEfTg4lhrmq4+SskDnx7AM6jPh2tqaIpjK5b7YJqXYe2avds8ojBMNq1MGmW7oSf0bvjISrA==",
    ),
    "@convex-dev/rag": Pin(
        "0.7.6",
        "sha512-Vts0F0zNuaQANCanPE7tDFbYJ0aF/9xur6Tv1ZP9n3naae97SWwelYAMHHB/y2cVh30dgOA8dqLwSmEl4cnW3Q==",
    ),
    "@convex-dev/better-auth": Pin(
        "0.12.5",
        "sha512-YFUbGk04OlINno9FpOTNZN67AP+kSQsblfep5zs1f/WTgMWjD5FymU6rSSh3mu52gukmDNnBJTjC/lj4QRpjlQ==",
    ),
    "@convex-dev/presence": Pin(
        "0.4.0",
        "sha512-T1f2aHyS2D2dxvMnvY+qSJBIRG0W7ph8+mgOvZif52JLlLNscCHTangAgNWR4VLYGhXFFDxwSSpdh7vxzA/hPQ==",
    ),
    "@convex-dev/migrations": Pin(
        "0.3.6",
        "sha512-cURYG4uy323MDi55QWNF5HAGemS4QspSgJ4uP+gGPAJdBLBbk2KFO7toFlKhacc1NinJQiG6+D/YEFyFyBS1/A==",
    ),
    "@convex-dev/stripe": Pin(
        "0.1.6",
        "sha512-6+DLM6QDLiFYeBKwJGlPrpm9tgZKe/EWlTYcbLyIKqS5q4xZHjTsyvFE98TD0hPLfniVVoD+/rO+PAnhSsNXkg==",
    ),
    "@convex-dev/polar": Pin(
        "0.9.2",
        "sha512-E9VOJ57aaFOkvUwJXp+4MlyEWlMYnfiqu8jzN8k+LxMFHr+9AMKljszllhaE53yBGSLe5kBsxzIjhc56BZEKUA==",
    ),
}
"""The packages, each of which ships the TypeScript source of a Convex component in `src/component`."""

_TIMEOUT = 300


class UnavailableError(Exception):
    """A package cannot be fetched here: no npm, or no registry."""


def package(name: str) -> Path:
    """Return the folder of a pinned package (the one that holds `package.json`), fetched when first asked for.

    Raises `UnavailableError` where it cannot be fetched, and `ValueError` where what came is not what is pinned.
    """
    folder = cache_folder() / f"{name.removeprefix('@').replace('/', '-')}-{PINS[name].version}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            _unpack(_verified(_packed(name, Path(scratch)), PINS[name]), Path(scratch))
            _move(Path(scratch) / "package", folder)
    return folder


def component(name: str) -> Path:
    """Return the functions folder of a pinned package; skip the running test where it cannot be had.

    With `CONVEX_LINT_REQUIRE_NPM=1`, as in CI, the test fails instead.
    """
    import pytest  # noqa: PLC0415  the benchmark fetches packages too, where there is no pytest

    try:
        return package(name) / "src" / "component"
    except UnavailableError as error:
        if os.environ.get("CONVEX_LINT_REQUIRE_NPM") == "1":
            raise
        pytest.skip(f"{name}: {error}")


def cache_folder() -> Path:
    """Return where fetched packages are kept: outside the checkout, unless the environment says so."""
    from platformdirs import user_cache_path  # noqa: PLC0415  not wanted where the variable is set

    chosen = os.environ.get("CONVEX_LINT_TEST_CACHE")
    return Path(chosen) if chosen else user_cache_path("convex-lint-tests")


def npm(arguments: list[str], folder: Path) -> str:
    """Return what an npm command prints, run in a folder."""
    # The full path: on Windows npm is a `.cmd`, which a bare name does not find.
    command = shutil.which("npm")
    if command is None:
        raise UnavailableError("npm is not installed")
    try:
        done = subprocess.run(
            [command, *arguments], cwd=folder, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"npm {arguments[0]} took more than {_TIMEOUT} s") from error
    if done.returncode:
        raise UnavailableError(f"npm {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout


def _packed(name: str, folder: Path) -> Path:
    npm(["pack", "--silent", "--ignore-scripts", f"{name}@{PINS[name].version}"], folder)
    return next(folder.glob("*.tgz"))


def _verified(tarball: Path, pin: Pin) -> Path:
    found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if found != pin.integrity:
        raise ValueError(f"{tarball.name} has {found}, pinned is {pin.integrity}")
    return tarball


def _unpack(tarball: Path, folder: Path) -> None:
    with tarfile.open(tarball) as archive:
        archive.extractall(folder, filter="data")


def _move(unpacked: Path, folder: Path) -> None:
    """Put a folder in its place at once, so that a folder that exists is whole."""
    try:
        unpacked.rename(folder)
    except OSError:
        # Another test process was first; its copy is the same.
        if not folder.is_dir():
            raise
