"""The file of saved searches: JSON that is fit to be read, and in which queries can be changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from peelsearch.errors import InputError
from peelsearch.model.watches import Watch

FORMAT = 1
_MEND = "Mend the file, or move it away and add the searches again: peelsearch watch add NAME QUERY"


def read_watches(path: Path) -> tuple[Watch, ...]:
    """The saved searches of a file, in its order; none where there is no file.

    Raises InputError that names the line or the search that cannot be read.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise InputError(f"{path} is not a text in UTF-8.", hint=_MEND) from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    try:
        held = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path} cannot be read: line {error.lineno}: {error.msg}.", hint=_MEND
        ) from None
    except RecursionError:
        raise InputError(f"{path} holds no saved searches.", hint=_MEND) from None
    if not isinstance(held, dict) or not isinstance(held.get("watches"), list):
        raise InputError(f"{path} holds no saved searches.", hint=_MEND)
    if held.get("format") != FORMAT:
        raise InputError(
            f"{path} was written by another version of peelsearch.", hint="Update peelsearch."
        )
    watches = tuple(_watch(path, number, row) for number, row in enumerate(held["watches"], 1))
    names = [watch.name for watch in watches]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f'{path} has two saved searches named "{twice}".', hint=_MEND)
    return watches


def watches_text(watches: Sequence[Watch]) -> str:
    """What the file of these searches holds."""
    rows = [
        {"name": watch.name, "query": watch.query, "seen": " ".join(sorted(watch.seen))}
        for watch in watches
    ]
    held = {"format": FORMAT, "watches": rows}
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


def _watch(path: Path, number: int, row: Any) -> Watch:
    values = row if isinstance(row, dict) else {}
    name, query, seen = (values.get(key) for key in ("name", "query", "seen"))
    if not (isinstance(name, str) and name and isinstance(query, str) and isinstance(seen, str)):
        raise InputError(
            f"{path}: saved search {number} needs a name, a query and what it has seen.", hint=_MEND
        )
    return Watch(name, query, frozenset(seen.split()))
