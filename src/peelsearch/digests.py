"""SHA-256 of short texts without ``hashlib``, which loads all of OpenSSL for it.

``hashlib`` itself falls back on the interpreter's own modules that are named here.
"""

from __future__ import annotations

import importlib
import sys
from functools import cache
from typing import Any


def sha256(data: bytes) -> str:
    """The digest in hexadecimal."""
    digest: str = _module().sha256(data).hexdigest()
    return digest


@cache
def _module() -> Any:
    try:
        return importlib.import_module("_sha2" if sys.version_info >= (3, 12) else "_sha256")
    except ImportError:
        return importlib.import_module("hashlib")
