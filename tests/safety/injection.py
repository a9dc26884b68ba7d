"""A harness that counts what a build does to its folder, and stops it at one of these operations.

Used in processes of their own: ``install`` changes the interpreter that it runs in.
"""

from __future__ import annotations

import builtins
import io
import os
import shutil
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

RARE = ("replace", "fsync", "unlink", "remove", "rename", "rmdir", "mkdir", "pwrite")


class Operations:
    """What was done, in order: (kind, path). At number ``deadly`` the process kills itself.

    A write is torn: half of it reaches the file.
    """

    def __init__(self, below: Path, *, deadly: int = -1) -> None:
        self.done: list[tuple[str, str]] = []
        self._below = str(below)
        self._deadly = deadly
        # Files are synced in several threads.
        self._lock = threading.Lock()

    def install(self) -> None:
        """Count from now on, until the end of the process."""
        for name in RARE:
            setattr(os, name, self._counted(name, getattr(os, name)))
        builtins.open = io.open = self._opened(io.open)  # type: ignore[assignment]
        # It goes by folder handles, which have no names here.
        shutil._use_fd_functions = False  # type: ignore[attr-defined]

    def count(self, kind: str, path: str) -> bool:
        """Note an operation; whether it is the deadly one."""
        if not path.startswith(self._below):
            return False
        with self._lock:
            self.done.append((kind, path))
            return len(self.done) == self._deadly + 1

    def _counted(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            # Of a renaming the new name is what counts.
            target = arguments[1 if kind in ("replace", "rename") else 0]
            if isinstance(target, int):
                target = Path(f"/proc/self/fd/{target}").readlink()
            if self.count(kind, os.fspath(target)):
                die()
            return function(*arguments, **options)

        return counted

    def _opened(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *arguments: Any, **options: Any) -> Any:
            path = file if isinstance(file, int) else os.fspath(file)
            if isinstance(path, int) or "b" not in mode or not set(mode) & set("wax+"):
                return function(file, mode, *arguments, **options)
            if self.count("open", str(path)):
                die()
            # Without a buffer, so that every write is one.
            return Writing(function(file, mode, 0), self, str(path))

        return opened


class Writing:
    """A file whose writes are counted."""

    def __init__(self, file: Any, operations: Operations, path: str) -> None:
        self._file = file
        self._operations = operations
        self._path = path

    def write(self, data: Any) -> int:
        """Write all, or half if this is the end."""
        view = memoryview(data).cast("B")
        if self._operations.count("write", self._path):
            self._file.write(view[: len(view) // 2])
            die()
        written: int = self._file.write(view)
        assert written == len(view)
        return written

    def __enter__(self) -> Writing:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def die() -> None:
    """What the system does to a process that is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
