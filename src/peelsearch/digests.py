"""SHA-256 of short texts without ``hashlib``, which loads all of OpenSSL for it.

``hashlib`` itself falls back on the interpreter's own modules that are named here.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any


def sha256(data: bytes) -> str:
    """The digest in hexadecimal."""
    digest: str = _module().sha256(data).hexdigest()
    return digest


@cache
def _module() -> Any:
    for name in ("_sha2", "_sha256"):  # from Python 3.12 on, and before
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return importlib.import_module("hashlib")
