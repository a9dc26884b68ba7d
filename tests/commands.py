"""Commands as a person types them, for the tests of what they print."""

from __future__ import annotations

import json
from typing import Any

import pytest

from peelsearch.cli import run


class Terminal:
    """Runs commands in a folder and gives back what they printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        printed = self._capsys.readouterr()
        return code, printed.out, printed.err

    def json(self, *arguments: str, code: int = 0) -> Any:
        found, out, _ = self(*arguments, "--json")
        assert found == code, out
        return json.loads(out)
