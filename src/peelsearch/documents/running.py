"""Blocks that run through a document with rising page numbers, where no page break shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from peelsearch.documents.lines import rises
from peelsearch.model import BlockKind, ExtractedText
from peelsearch.vocabulary import Vocabulary

_RUNNING_KINDS = (BlockKind.PARAGRAPH, BlockKind.HEADING)
_LONGEST = 120
_FEWEST = 3
_STEP = 3
# "Figure 3" and "Chapter 4" also count upwards, but say little else.
_FEWEST_WORDS = 3
_PAGED = re.compile(r"\bpage\b|\||©|www\.", re.IGNORECASE)


def without_running_blocks(extracted: ExtractedText, vocabulary: Vocabulary) -> ExtractedText:
    """The text without blocks such as "Inspection of a force 12", which cut sections and lists."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    texts: dict[int, str] = {}
    for index, block in enumerate(extracted.blocks):
        if block.kind in _RUNNING_KINDS and block.end - block.start < _LONGEST:
            text = " ".join(extracted.text[block.start : block.end].split())
            mask = re.sub(r"\d+", "#", text).casefold()
            if mask.startswith("#") or mask.endswith("#"):
                groups[mask].append(index)
                texts[index] = text
    running: set[int] = set()
    for mask, indexes in groups.items():
        if len(indexes) < _FEWEST or not _says_page(mask) or _is_label(mask, vocabulary):
            continue
        if rises([texts[index] for index in indexes], by=_STEP):
            running.update(indexes)
    if not running:
        return extracted
    kept = (block for index, block in enumerate(extracted.blocks) if index not in running)
    return replace(extracted, blocks=tuple(kept))


def _is_label(mask: str, vocabulary: Vocabulary) -> bool:
    """Whether the words are a finding's label, whose number is its own."""
    words = mask.replace("#", " ")
    return (vocabulary.kind.named(words) or vocabulary.kind.headed(words)) is not None


def _says_page(mask: str) -> bool:
    words = [word for word in mask.split() if any(char.isalpha() for char in word)]
    return len(words) >= _FEWEST_WORDS or (bool(words) and _PAGED.search(mask) is not None)
