"""Do two files hold the same document? They do if their words are the same, whatever the format."""

from __future__ import annotations

import hashlib
import re

from peelsearch.model import BlockKind, ExtractedText
from peelsearch.vocabulary import fold

# Numbers of lists are text in one format and made by the program that shows it in another.
_MARKER = re.compile(r"\W*(?:o|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])[ \t\u00a0]+")
# Where a link leads is text in Markdown only.
_TARGET = re.compile(r"(?<=\])\([^()\s]*\)")


def wording(extracted: ExtractedText) -> str:
    """A digest of the words of a text: without case, punctuation, spaces, markup.

    Words are joined, so that it does not matter where lines and cells are cut.
    """
    digest = hashlib.sha256()
    for block in extracted.blocks:
        text = extracted.text[block.start : block.end]
        if block.kind is BlockKind.ITEM:
            marker = _MARKER.match(text)
            text = text[marker.end() :] if marker else text
        digest.update(fold(_TARGET.sub("", text)).replace(" ", "").encode("utf-8", "replace"))
    return digest.hexdigest()
