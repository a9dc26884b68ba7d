"""What a command must not load: help and mistakes answer at once.

Time is not asserted here, for it depends on the machine; `benchmarks/help_time.py` measures it.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("flask", "jinja2", "nltk", "numpy", "waitress", "werkzeug", "whoosh")
PROBE = """
import sys
from peelsearch.cli import main
sys.argv = ["peelsearch", *sys.argv[1:]]
try:
    main()
except SystemExit as stop:
    code = stop.code
print("EXIT", code)
print("LOADED", *sorted(name for name in sys.modules if "." not in name))
"""


def probe(*arguments: str) -> tuple[str, set[str]]:
    """Exit code and top-level modules after `peelsearch ARGUMENTS`, in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    lines = result.stdout.splitlines()
    return lines[-2].removeprefix("EXIT "), set(lines[-1].split()[1:])


@pytest.mark.parametrize(
    ("argument", "expected"), [("--help", "0"), ("--version", "0"), ("serch", "2")]
)
def test_help_and_mistakes_load_nothing_heavy(argument: str, expected: str) -> None:
    code, loaded = probe(argument)
    assert code == expected
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))


def test_the_probe_sees_what_is_loaded() -> None:
    """Guards the test above: a probe that saw nothing would always pass."""
    _, loaded = probe("--help")
    assert {"click", "peelsearch"} <= loaded
