"""How an object of the API is sent."""

from __future__ import annotations

import json
from typing import Any

from flask import Response


def json_reply(answer: dict[str, Any], status: int = 200) -> Response:
    """An answer of the API: keys in the order of the contract, text as itself.

    Half of a pair of surrogates, which a document can hold, is written as an escape.
    """
    text = json.dumps(answer, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    data = f"{text}\n".encode("utf-8", "backslashreplace")
    return Response(data, status, mimetype="application/json")
