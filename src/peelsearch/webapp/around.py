"""What stands around the application: the path it is served under, and the log of requests."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from peelsearch.errors import SettingError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# The log on standard error.
STANDARD = "-"
# Longer addresses are cut in the log.
_LOGGED = 2_000


def under(application: WSGIApplication, prefix: str) -> WSGIApplication:
    """The application under a path such as ``/peel``, whether or not a proxy takes it off.

    Raises SettingError.
    """
    prefix = prefix.rstrip("/")
    if not prefix:
        return application
    if not prefix.startswith("/") or "//" in prefix or set(prefix) & set("?#%\\ "):
        raise SettingError(f'"{prefix}" is no path to serve under.', hint="Write it like /peel.")

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            environ["PATH_INFO"] = path[len(prefix) :] or "/"
        environ["SCRIPT_NAME"] = prefix
        return application(environ, start)

    return answer


def logged(application: WSGIApplication, target: str) -> WSGIApplication:
    """The application, with a line for each request at the end of a file, or of standard error.

    Several processes write to one file: each line is appended at once. Raises SettingError.
    """
    if not target:
        return application
    write = _writer(target)

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        said = ["500", "-"]

        def note(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            said[0] = status[:3]
            said[1] = next((v for n, v in headers if n.lower() == "content-length"), "-")
            return start(status, headers, *more)

        try:
            return application(environ, note)
        finally:
            # A full disk is no reason to answer nobody.
            with suppress(OSError):
                write(_line(environ, said, (time.perf_counter() - began) * 1_000))

    return answer


def _line(environ: WSGIEnvironment, said: list[str], took_ms: float) -> str:
    """Time, client, method, address, status, bytes, milliseconds; nothing in it breaks a line."""
    query = environ.get("QUERY_STRING", "")
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    address = path.encode("latin-1", "replace") + (
        b"?" + query.encode("latin-1", "replace")
    ) * bool(query)
    shown = quote(address, safe="/?&=+%:;,.-_~!*'()")[:_LOGGED]
    when = datetime.now().astimezone().isoformat(timespec="milliseconds")
    who = environ.get("REMOTE_ADDR") or "-"
    return f"{when} {who} {environ['REQUEST_METHOD']} {shown} {' '.join(said)} {took_ms:.1f} ms\n"


def _writer(target: str) -> Callable[[str], object]:
    if target == STANDARD:
        return lambda line: (sys.stderr.write(line), sys.stderr.flush())

    def append(line: str) -> None:
        # Opened for each line, so that the file can be moved away at any time.
        with Path(target).open("ab", buffering=0) as file:
            file.write(line.encode())

    try:
        append("")
    except OSError as error:
        raise SettingError(
            f"The log of requests cannot be written to {target} ({error.strerror}).",
            hint="Choose another file for --access-log.",
        ) from error
    return append
