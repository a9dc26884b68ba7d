"""Writes requirements.lock: every package that peelsearch runs, builds or tests with, by hash.

One file serves Python 3.11 to 3.13 and has two parts. The first is what `make demo` installs (to
run the program and to build its wheel), the second is what `make test` adds. They are resolved
together, so the second never changes a version of the first. Run with `make lock`; needs uv.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
HEADER = """\
# Every package that peelsearch runs, builds or tests with, pinned by version and hash, for
# Python 3.11 to 3.13. Made by `make lock` from pyproject.toml; not edited by hand.
#
# Install all of it:  pip install --require-hashes -r requirements.lock
"""
RUN_PART = "# --- to run and to build ---"
TEST_PART = "# --- to test ---"


def main() -> int:
    """Resolve and write the lock file; the exit code is the process's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions, not the pinned ones"
    )
    options = parser.parse_args()
    uv = shutil.which("uv")
    if uv is None:
        print("tools/lock.py needs uv: pip install uv", file=sys.stderr)
        return 2
    pinned = "" if options.upgrade or not LOCK.exists() else LOCK.read_text("utf-8")
    everything = resolve(uv, pinned, extra="test")
    to_run = blocks(resolve(uv, everything, extra=None)).keys()
    LOCK.write_text(render(blocks(everything), first=set(to_run)), "utf-8")
    return 0


def resolve(uv: str, pinned: str, *, extra: str | None) -> str:
    """The resolved requirements, one block a package; versions in `pinned` are kept if they fit."""
    command = [uv, "pip", "compile", "--universal", "--generate-hashes", "--python-version=3.11"]
    # No host name and no path may stand in a file that others install from: uv writes neither by
    # itself, but for the path in the header and in annotations (tests/test_lock.py looks).
    command += ["--no-annotate", "--no-header"]
    command += ["--quiet", f"--extra={extra}"] if extra else ["--quiet"]
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder, "build.in")
        build.write_text("\n".join(build_requirements()), "utf-8")
        output = Path(folder, "requirements.lock")
        output.write_text(pinned, "utf-8")
        command += [f"--output-file={output}", str(ROOT / "pyproject.toml"), str(build)]
        subprocess.run(command, check=True)
        return output.read_text("utf-8")


def build_requirements() -> list[str]:
    """What pyproject.toml says the wheel is built with."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["build-system"]["requires"])


def blocks(resolved: str) -> dict[str, str]:
    """Package name -> its lines: the pinned version, then its hashes.

    A package that has dropped an older Python has a version for each, one after the other.
    """
    found: dict[str, str] = {}
    for name, rest in re.findall(r"^(\S+)(==.*\n(?:[ ]+--hash=.*\n?)+)", resolved, re.MULTILINE):
        found[name] = found.get(name, "") + f"{name}{rest}"
    return found


def render(found: dict[str, str], *, first: set[str]) -> str:
    """The file's text, the packages of `first` in its first part."""
    to_run = "".join(block for name, block in found.items() if name in first)
    to_test = "".join(block for name, block in found.items() if name not in first)
    return f"{HEADER}\n{RUN_PART}\n{to_run}\n{TEST_PART}\n{to_test}"


if __name__ == "__main__":
    sys.exit(main())
