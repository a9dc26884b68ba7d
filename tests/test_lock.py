"""The lock file holds what pyproject.toml asks for, pinned, by hash, without naming a host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# The heading at which the Makefile cuts the part that runs the program from the rest.
RUN_PART, TEST_PART = LOCK.split("# --- to test ---")

RUN = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
TEST = PROJECT["project"]["optional-dependencies"]["test"]


def pins(part: str, python: str) -> dict[str, str]:
    """Package name -> the version that is pinned for a version of Python."""
    found = re.findall(r"^([a-z0-9-]+==\S+(?: ; [^\\\n]+)?)", part, re.MULTILINE)
    requirements = [Requirement(line) for line in found]
    environment = {"python_full_version": f"{python}.0", "python_version": python}
    return {
        wanted.name: str(wanted.specifier).removeprefix("==")
        for wanted in requirements
        if wanted.marker is None or wanted.marker.evaluate(environment)
    }


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(
    ("wanted", "part"),
    [*((name, RUN_PART) for name in RUN), *((name, TEST_PART) for name in TEST)],
    ids=[*RUN, *TEST],
)
def test_what_the_project_asks_for_is_pinned(wanted: str, part: str, python: str) -> None:
    requirement = Requirement(wanted)
    pinned = pins(part, python)[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pinned)


def test_every_line_is_a_pin_with_hashes_or_a_comment() -> None:
    blocks = re.sub(r" \\\n +--hash=sha256:[0-9a-f]{64}(?= \\\n|\n)", " HASH", LOCK)
    lines = [line for line in blocks.splitlines() if line and not line.startswith("#")]
    pin = re.compile(r"[a-z0-9-]+==[0-9a-z.]+( ; [^\\]+?)?( HASH)+")
    assert [line for line in lines if not pin.fullmatch(line)] == []


def test_no_host_and_no_path() -> None:
    assert not re.search(r"://|file:|--(extra-)?index|--find-links|(^|\s)/", LOCK)
