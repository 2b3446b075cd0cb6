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

DECLARATIONS = {
    "@convex-dev/react-query": Pin(
        "0.1.0",
        "sha512-ULmBZCtAQDUePdBhUv7hj1Yy4QiCelhi6uEIOtMpjW8db6W9CFKvQwLt9heLngccFyMFfAZdOfSrT+cP4AH0Jw==",
    ),
    "@types/node": Pin(
        "26.6.6",
        "sha512-MzQj+8Kx3XI40OmUAE6Qoh58ZMNstNNMwn2nfd3qWsfe7nDNSqJNzes4njhz6AHwrSHOffSLwXU6yb474Q4aog==",
    ),
    "convex-fs": Pin(
        "0.2.1",
        "sha512-j6pd6dNk1TXzS5kxWRNZBUb7fRT4FE4cQE6TAEFy/bkuihoIUwj9KQ3O0Goqvsd3Xn2Tlzxotb8E0P4eacj1iQ==",
    ),
    "@convex-dev/action-cache": Pin(
        "0.3.1",
        "sha512-HTN/GXyX4t89xxsMXeacMDtQi2jEzQrrlLTtTV1L87Odxz7N8EQHIuI9HOug0dIsz6Gd1VybYbjT1Buv8jarLw==",
    ),
    "@convex-dev/action-retrier": Pin(
        "0.3.1",
        "sha512-uji7ZV4GYN24fgnV9FrXABbq2mWCpcMohkEa2ie1zmD5S7ioSxNNBE0lNPB1jlMzICqWCTrbSTr68bgJPag6Ww==",
    ),
    "@convex-dev/batch-worker": Pin(
        "0.3.6",
        "sha512-tR+9DaHR3jG3oqkIFX0ok/6944h7UHEQgT6HTmiuxU+lERYuYMsxA2IWwFD5yTFbCpO3YJhqXU4QdGY90sgUqQ==",
    ),
    "@convex-dev/crons": Pin(
        "0.2.2",
        "sha512-V5kLBb0kTb2MA6uN0MgEYEgeW1mp+1oioA0tnuh8yWZcb6FToY+e67MJ5SQ98N1JjY2K0JIofAzLUYe9gEdU2A==",
    ),
    "@convex-dev/persistent-text-streaming": Pin(
        "0.3.3",
        "sha512-qGSheG4OgIOcqtWBVPZARX2Bj8O6CKXgNZ2RRLaLVrvrmTzUuvBZBMZLJ9yejibtsMbzVe/Tt8MwiXaiY1I6dA==",
    ),
    "@convex-dev/r2": Pin(
        "0.10.2",
        "sha512-9FuL3k+CDjuCXYTSuriVxOIpBuUI6qdBWydwJ+9xYJwVh1Z2CpXDRS0kuTsMGsIg8Yr/OiPvNS9W06mfmRBDrg==",
    ),
    "@convex-dev/sharded-counter": Pin(
        "0.2.1",
        "sha512-JbHBuULFftOBAWa1XPgqFglKlSXntuQ6XIQm6KUcVoh+l2+3s5nbngGDIXmzAeLdD1pkKz53ldGfeA+hdgQHeQ==",
    ),
    "ai": Pin(
        "6.0.326",
        "sha512-8l+12hhRUYQGSz7Du2svHqjhIdWv6PXEOAk/rg11TtMXR+3FOzrqm4rAHmup4V94utdPct7EWMfV9M+ncKYd8g==",
    ),
    "convex": Pin(
        "1.49.0",
        "sha512-mkr9oXF8/arkCI1kvYyGytWd62oVXNABh4uwLeI4UQVN6Zuudm4DlmSzNUJKF63djk6f/uUXC+6ffuVSkPLvzA==",
    ),
    "convex-helpers": Pin(
        "0.1.135",
        "sha512-UX2f9j6pk90UyosPhnYQ1Q6nmUF/klUn/LZGp6BM8Ps5r+cZyY66ULhB1Vp3lUOY4EdjS3RLCKyaoTUg0BqhoA==",
    ),
    "@convex-dev/auth": Pin(
        "0.0.95",
        "sha512-LgUujfXRm7FcdYpTozjn0MHdVFxaxvZdWVFOQEkrL4AkY+k/8E8B4EFjJOG9S8Pq6QWfLJ8MCObeMJg0hAfKzA==",
    ),
    "convex-ents": Pin(
        "0.20.0",
        "sha512-o647Au9PzEoH9TiKmc1dDevjxYQcNXjet5TNCzS49lo1FiLj2iN4ztWvqwYV6xAwzyCBxit/nyjmCicEAZCjKw==",
    ),
    "esbuild-wasm": Pin(
        "0.27.0",
        "sha512-4XpLDOY4sOzqgiezPXDkHTn25cBA1MKN5OTotehoFR7/wTpSYCK76OA8rQfpiuz12G27JpGxxdh+/D9GcNl61w==",
    ),
    "fluent-convex": Pin(
        "0.12.3",
        "sha512-z3mYifNVUZJu8ZpXioZMS9vAU/dcUefVwD1hB1Z6aG1cT3hfwptB5PEXOItFRR2dMBrYJ00Hty9p2OI3PixX/A==",
    ),
    "typescript": Pin(
        "5.9.3",
        "sha512-jl1vZzPDinLr9eUt3J/t7V6FgNEw9QjvBPdysz9KfQDD41fQrC2Y4vKQdiaUpFT4bXlb1RHhLpp8wtm6M5TgSw==",
    ),
}
"""Packages whose type declarations are read, and what reads them."""

_TIMEOUT = 300


class UnavailableError(Exception):
    """A package cannot be fetched here: no npm, or no registry."""


def package(name: str) -> Path:
    """Return the folder of a pinned package (the one that holds `package.json`), fetched when first asked for.

    Raises `UnavailableError` where it cannot be fetched, and `ValueError` where what came is not what is pinned.
    """
    pin = {**PINS, **DECLARATIONS}[name]
    folder = cache_folder() / f"{name.removeprefix('@').replace('/', '-')}-{pin.version}"
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            _unpack(_verified(_packed(f"{name}@{pin.version}", Path(scratch)), pin), Path(scratch))
            _move(next(found for found in Path(scratch).iterdir() if found.is_dir()), folder)
    return folder


def component(name: str) -> Path:
    """Return the functions folder of a pinned package; skip the running test where it cannot be had."""
    return needed(name) / "src" / "component"


def needed(name: str) -> Path:
    """Return the folder of a pinned package; skip the running test where it cannot be had.

    With `CONVEX_LINT_REQUIRE_NPM=1`, as in CI, the test fails instead.
    """
    import pytest  # noqa: PLC0415  the benchmark fetches packages too, where there is no pytest

    try:
        return package(name)
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


def _packed(specifier: str, folder: Path) -> Path:
    npm(["pack", "--silent", "--ignore-scripts", specifier], folder)
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
