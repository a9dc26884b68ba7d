"""The built wheel works alone: in an empty environment, from any folder.

Slow (it makes an environment), and the one test that asks the package index for files: those the
lock file pins, which pip has in its cache by then. Without a network it is skipped, except in CI.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
NO_NETWORK = re.compile(r"NewConnectionError|ConnectTimeout|NameResolutionError")
# What the program must not find its way by: the checkout, the user's settings, colours.
HIDDEN = re.compile(r"PYTHON|PEELSEARCH|VIRTUAL_ENV|FORCE_COLOR")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not HIDDEN.match(name)}


def test_the_wheel_works_in_an_empty_environment(tmp_path: Path) -> None:
    wheel = build(tmp_path / "wheel")
    check_contents(wheel)
    program = install(wheel, tmp_path / "environment")
    documents = shutil.copytree(ROOT / "seeds", tmp_path / "documents")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    summary = json.loads(run(program, "index", str(documents), "--json", cwd=elsewhere))
    assert summary["documents"] == 3
    found = json.loads(run(program, "search", "stop and search", "--json", cwd=elsewhere))
    assert "stop and search" in found["hits"][0]["text"]
    with served(program, cwd=elsewhere) as address:
        assert fetch(f"{address}/healthz")
        page = fetch(f"{address}/?q=stop+and+search")
        assert "<form" in page
        style = re.search(r'href="(/[^"]+\.css[^"]*)"', page)
        assert style is not None
        assert fetch(address + style[1])


def build(folder: Path) -> Path:
    """The wheel, built from the checkout with the installed build backend."""
    command = (*PIP, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder))
    subprocess.run([*command, str(ROOT)], check=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """What is no Python module is in the wheel too, and nothing from outside the package."""
    names = zipfile.ZipFile(wheel).namelist()
    wanted = {f"peelsearch/web/{path}" for path in files(ROOT / "web")}
    assert {"peelsearch/vocabulary.toml", "peelsearch/py.typed", *wanted} <= set(names)
    assert all(re.match(r"peelsearch[/-]", name) for name in names)


def files(folder: Path) -> Iterator[str]:
    """Paths of the files under `folder`, relative to it."""
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def install(wheel: Path, folder: Path) -> Path:
    """Make an environment that holds the wheel and its pinned dependencies; the program in it."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    to_run = folder / "to-run.lock"
    to_run.write_text(lock.split("# --- to test")[0], "utf-8")
    into = (*PIP, "--python", str(folder / "bin" / "python"), "install", "--quiet")
    result = subprocess.run(
        [*into, "--retries=1", "--require-hashes", "-r", str(to_run)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    if result.returncode and NO_NETWORK.search(result.stderr) and not os.environ.get("CI"):
        pytest.skip("the package index cannot be reached, so no empty environment can be filled")
    assert result.returncode == 0, result.stderr
    subprocess.run([*into, "--no-deps", "--no-index", str(wheel)], check=True, timeout=120)
    return folder / "bin" / "peelsearch"


def run(program: Path, *arguments: str, cwd: Path) -> str:
    """Standard output of the installed program, which must succeed."""
    result = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@contextmanager
def served(program: Path, *, cwd: Path) -> Iterator[str]:
    """The address of a server that answers, stopped afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [program, "serve", "--port", str(port)],
        cwd=cwd,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)


def wait_until_it_answers(url: str, process: subprocess.Popen[str]) -> None:
    """Return once `url` answers; fail when the process ends or half a minute has passed."""
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up:
        if process.poll() is not None:
            pytest.fail(f"serve ended by itself: {process.communicate()[0]}")
        try:
            fetch(url)
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} did not answer within 30 s")


def fetch(url: str) -> str:
    """The body of an answer with status 200."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # loopback, no proxy
    with direct.open(url, timeout=10) as answer:
        assert answer.status == 200
        return str(answer.read().decode("utf-8"))
