"""What the documentation shows is what happens.

Code blocks marked `console` in the README and in docs/ are run, on an index of the seeds:

- a line `$ peelsearch ...` is a command (a final backslash continues it); the lines under it, up to
  the next `$`, must appear in its output, in that order, one below the other or further apart;
- a line `...` stands for output that is left out; times are not compared;
- the command must succeed, unless `$ echo $?` follows it, under which its exit code stands;
- `$ peelsearch serve`, which does not end, and other programs' commands are not run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:\.venv/bin/)?peelsearch\b(?! serve)")
TIME = re.compile(r"\b\d+(\.\d+)?(?= ?(ms|s|seconds?)\b)")


@dataclass(frozen=True, slots=True)
class Step:
    """A command that is shown, its shown output and its exit code."""

    command: str
    output: tuple[str, ...]
    code: int


def blocks(page: Path) -> list[str]:
    """The console blocks of a page that show at least one command of ours."""
    found = BLOCK.findall(page.read_text("utf-8"))
    return [block for block in found if list(steps(block))]


def steps(block: str) -> Iterator[Step]:
    """The commands of ours in one block."""
    joined = block.replace("\\\n", "")
    shown = [part.splitlines() for part in re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]]
    for (command, *output), following in zip(shown, [*shown[1:], [""]], strict=True):
        if COMMAND.match(command):
            code = int(following[1]) if following[0] == "echo $?" else 0
            yield Step(command.removeprefix(".venv/bin/"), tuple(output), code)


def timeless(line: str) -> str:
    """A line of output without trailing space, its times replaced."""
    return TIME.sub("0", line.rstrip())


def missing(shown: tuple[str, ...], output: str) -> str | None:
    """The first shown line that the output does not have in its place; None when all are there."""
    lines = iter([timeless(line) for line in output.splitlines()])
    wanted = [timeless(line) for line in shown if line.strip() not in {"", "..."}]
    return next((line for line in wanted if line not in lines), None)


def execute(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would type it."""
    environment = {name: os.environ[name] for name in os.environ if name[:10] != "PEELSEARCH"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**environment, "COLUMNS": "100", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the seeds and an index of them, as `make demo` leaves a checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    result = execute("peelsearch index seeds", folder)
    assert result.returncode == 0, result.stdout
    return folder


CASES = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(blocks(page), start=1)
]


@pytest.mark.parametrize("block", CASES)
def test_what_is_shown_is_what_happens(block: str, indexed: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(indexed, tmp_path / "checkout")
    for step in steps(block):
        result = execute(step.command, folder)
        assert result.returncode == step.code, f"$ {step.command}\n{result.stdout}"
        line = missing(step.output, result.stdout)
        assert line is None, f"$ {step.command}\nshown: {line}\nbut it printed:\n{result.stdout}"


def test_the_readme_shows_commands() -> None:
    assert blocks(README)


def test_the_command_reference_is_current() -> None:
    tool = ROOT / "tools" / "cli_docs.py"
    result = subprocess.run(
        [sys.executable, tool, "--check"], capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr


def test_decisions_are_numbered_in_order() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_dependency_has_its_decision() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    names = re.findall(r'^(?:  "|requires = \[")([a-z-]+)[>=]=', project, re.MULTILINE)
    assert names
    assert [name for name in names if f"`{name}`" not in text] == []


def test_links_between_pages_lead_somewhere() -> None:
    pages = (*ROOT.glob("*.md"), *PAGES, ROOT / "seeds" / "README.md")
    targets = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert targets == []


def test_a_block_is_read_as_the_rules_above_say() -> None:
    block = (
        "$ peelsearch search \\\n    word\n2 passages in 12 ms\n...\nend\n"
        "$ ls\nfile\n$ .venv/bin/peelsearch search none\nNothing found.\n$ echo $?\n1\n"
        "$ peelsearch serve\n"
    )
    assert list(steps(block)) == [
        Step("peelsearch search     word", ("2 passages in 12 ms", "...", "end"), 0),
        Step("peelsearch search none", ("Nothing found.",), 1),
    ]
    assert missing(("2 passages in 12 ms", "...", "end"), "2 passages in 9 ms\nx\nend\n") is None
    assert missing(("end", "2 passages"), "2 passages\nend\n") == "2 passages"
