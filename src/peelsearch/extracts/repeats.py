"""What a report says of an earlier inspection that asked for the same thing."""

from __future__ import annotations

import re

from peelsearch.extracts.quoting import Quoting
from peelsearch.model.register import Outcome, Repeat

# A sentence that is about an earlier inspection, and not about the time since it.
_EARLIER = re.compile(
    r"\b(?:in|at|during|following)\s+\[?(?:our|the|its|an)\s+"
    r"(?:last|previous|earlier|(?:20\d\d)(?:[/–-]\d{2,4})?)\s+(?:[\w/–-]+\s+){0,3}?"
    r"(?:inspections?|reports?|assessments?)\b"
    r"|\bwhen\s+we\s+last\s+inspected\b|\bwe\s+(?:have\s+)?previously\s+(?:identified|recommended)\b",
    re.IGNORECASE,
)
# What that inspection did: it found, asked, named.
_ASKED = re.compile(
    r"\b(?:found|identified|said|recommended|noted|asked|highlighted|reported|raised|told"
    r"|areas?\s+for\s+improvement|causes?\s+of\s+concern|recommendations?|AFIs?)\b",
    re.IGNORECASE,
)
_NOT = r"(?:n['’]t|\s+not)"
_OUTCOMES = (
    (
        Outcome.NOT_IMPROVED,
        re.compile(
            rf"\b(?:has|have|had){_NOT}\s+(?:yet\s+|been\s+|fully\s+|sufficiently\s+)*"
            r"(?:improved|addressed|resolved)\b|\bnot\s+improved\b"
            r"|\bno\s+(?:real\s+|significant\s+)?improvement\b|\bfailed\s+to\s+address\b",
            re.IGNORECASE,
        ),
    ),
    (
        Outcome.ADDRESSED,
        re.compile(
            r"\b(?:has|have|had)\s+(?:now\s+|since\s+|fully\s+|been\s+)*(?:addressed|resolved)\b",
            re.IGNORECASE,
        ),
    ),
)
# What became of it is said at once.
_FOLLOWING = 2


def repeat(quoting: Quoting, start: int, end: int) -> Repeat | None:
    """The first sentence of a part of the text that an earlier inspection asked for this."""
    if _EARLIER.search(quoting.text, start, end) is None:
        return None
    spans = list(quoting.sentences(start, end))
    for index, span in enumerate(spans):
        earlier = _EARLIER.search(quoting.text, *span)
        if earlier is None or not _ASKED.search(quoting.text, earlier.end(), span[1]):
            continue
        said = quoting.quote(*span)
        for following in spans[index : index + 1 + _FOLLOWING]:
            for outcome, words in _OUTCOMES:
                if words.search(quoting.text, *following):
                    return Repeat(said, outcome, quoting.quote(*following))
        return Repeat(said, Outcome.NOT_SAID)
    return None
