"""One writer at a time, and no sweeping under a reader.

Both are locks of the operating system on open files, so they end with the process that holds
them, however it ends; a lock file that is left over locks nothing and is never deleted.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from weakref import finalize

from peelsearch.errors import IndexBusyError

LOCK = "peelsearch.lock"


class WriteLock:
    """The right to write to an index folder. Raises IndexBusyError when another holds it."""

    def __init__(self, folder: Path, *, now: datetime) -> None:
        self._path = folder / LOCK
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise _busy(_read(self._path)) from error
        except OSError:
            os.close(self._file)
            raise
        self._close = finalize(self, os.close, self._file)
        self._committed = committed(folder)
        self._holder = {"pid": os.getpid(), "since": now.strftime("%H:%M:%S")}
        self._write()

    def note(self, generation: int) -> None:
        """Remember that this generation was committed, if the disk lets us."""
        self._committed = generation
        with suppress(OSError):
            self._write()

    def release(self) -> None:
        """Let others write. Releasing twice is harmless."""
        self._close()

    def _write(self) -> None:
        data = json.dumps({**self._holder, "committed": self._committed}).encode()
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, data, 0)


def committed(folder: Path) -> int:
    """The last generation that a writer is known to have committed, 0 if none is known.

    A note, not a commit point: it is written after the commit, and only tells a reader that a
    newer commit has gone missing.
    """
    known = _read(folder / LOCK).get("committed")
    return known if isinstance(known, int) else 0


class Lease:
    """A reader's hold on a file of its commit: what is leased is not swept.

    Held by an open file, so it ends with ``release``, with the object or with the process.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        self.release = finalize(self, os.close, self._file)
        # Some network disks have no locks; reading works there all the same.
        with suppress(OSError):
            fcntl.flock(self._file, fcntl.LOCK_SH)
        # A sweep may have come between opening and locking.
        if os.fstat(self._file).st_nlink == 0:
            self.release()
            raise FileNotFoundError(path)


def remove_unless_leased(path: Path) -> bool:
    """Remove the file of a commit and return whether it is gone; a reader's lease keeps it."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        holder = json.loads(path.read_bytes())
    except (OSError, ValueError):
        # Another process may be writing its name into it at this moment.
        return {}
    return holder if isinstance(holder, dict) else {}


def _busy(holder: dict[str, Any]) -> IndexBusyError:
    who = f" (process {holder['pid']}, since {holder.get('since')})" if "pid" in holder else ""
    return IndexBusyError(
        f"Another build is running{who}.",
        hint="Wait until it has finished, then run peelsearch index again.",
    )
