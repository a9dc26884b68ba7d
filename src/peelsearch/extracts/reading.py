"""One document to its extract: judgments, findings, expectations, with their quotations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from peelsearch.extracts.addressees import NOBODY, addressees, written
from peelsearch.extracts.due import due, published
from peelsearch.extracts.expectations import expectations
from peelsearch.extracts.letters import read_letter
from peelsearch.extracts.quoting import PassageSpan, Quoting
from peelsearch.extracts.repeats import repeat
from peelsearch.model import (
    Document,
    Evidence,
    Finding,
    Judgment,
    JudgmentSource,
    Section,
    StructuredDocument,
)
from peelsearch.model.extracts import Extract
from peelsearch.model.judgments import CARRIED_OVER, CONFLICT, GRADED, JudgmentRow, Statement
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import Entry, Place
from peelsearch.passages import passage_digest
from peelsearch.vocabulary import Vocabulary

# White space that a line break may put into a clue.
_LOOSE = 40
_STRONGEST = (Evidence.SENTENCE, Evidence.GRADE_LINE, Evidence.TABLE)


def extract(
    document: Document,
    structured: StructuredDocument,
    passages: Iterable[PassageSpan],
    vocabulary: Vocabulary,
) -> Extract:
    """What a document states. ``passages`` are its passages, in the order of the text."""
    quoting = Quoting(structured.text, passages)
    kind = vocabulary.type.get(document.type)
    quotes = kind is not None and kind.quoting
    carries = _may_carry_over(structured.text, vocabulary)
    return Extract(
        document=document,
        forces=structured.description.forces,
        judgments=tuple(
            _judgment(
                document, judgment, structured.sections if carries else (), quoting, vocabulary
            )
            for judgment in structured.judgments
        ),
        entries=_entries(document, structured, quoting, vocabulary),
        expectations=()
        if quotes
        else tuple(expectations(quoting, document, structured.sections, vocabulary)),
        published=published(document.date, structured.description.date_basis),
        letter=read_letter(document, structured, quoting, vocabulary) if quotes else None,
    )


# --- judgments --------------------------------------------------------------------------------


def _judgment(
    document: Document,
    judgment: Judgment,
    sections: Sequence[Section],
    quoting: Quoting,
    vocabulary: Vocabulary,
) -> JudgmentRow:
    best = _best(judgment)
    grade = vocabulary.grade.get(best.grade)
    carried = None
    if judgment.conflict:
        state = CONFLICT
    elif grade is not None and grade.state:
        state = grade.id
    else:
        carried = _carried(judgment, sections, quoting, vocabulary)
        state = CARRIED_OVER if carried else GRADED
    return JudgmentRow(
        force=judgment.force,
        theme=judgment.theme,
        label=judgment.label,
        grade=best.grade,
        state=state,
        document=document,
        evidence=best.evidence,
        said=quoting.quote(best.start, best.end),
        also=tuple(
            Statement(
                document, source.evidence, source.grade, quoting.quote(source.start, source.end)
            )
            for source in judgment.sources
            if source is not best
        ),
        carried=carried,
    )


def _best(judgment: Judgment) -> JudgmentSource:
    """The place whose words show the judgment's grade best: a sentence says whose it is."""
    same = [source for source in judgment.sources if source.grade == judgment.grade]
    return min(same, key=lambda source: _STRONGEST.index(source.evidence))


def _carried(
    judgment: Judgment, sections: Sequence[Section], quoting: Quoting, vocabulary: Vocabulary
) -> Quotation | None:
    """The sentence below the judged theme's own heading that calls its grade carried over."""
    pattern = _carried_over(vocabulary)
    for section in sections:
        if section.theme != judgment.theme or judgment.force not in section.force:
            continue
        found = pattern.search(quoting.text, section.start, section.end)
        if found:
            return quoting.quote(*quoting.sentence(found.start(), section.start, section.end))
    return None


def _may_carry_over(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text has any of the clues; looking around their longest words is quick."""
    for clue in vocabulary.carried_over:
        word = max(clue.split(), key=len)
        place = text.find(word)
        while place >= 0:
            around = text[max(0, place - len(clue) - _LOOSE) : place + len(clue) + _LOOSE]
            if _carried_over(vocabulary).search(around):
                return True
            place = text.find(word, place + 1)
    return False


@lru_cache(maxsize=8)
def _carried_over(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile(
        "|".join(rf"\b{written(words)}\b" for words in vocabulary.carried_over) or r"(?!)",
        re.IGNORECASE,
    )


# --- findings ---------------------------------------------------------------------------------


def _entries(
    document: Document, structured: StructuredDocument, quoting: Quoting, vocabulary: Vocabulary
) -> tuple[Entry, ...]:
    headings = {section.start: section.headings for section in structured.sections}
    numbers: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    found: list[Entry] = []
    for finding in structured.findings:
        numbers[finding.kind] += 1
        reference = _spoken(finding, numbers[finding.kind], vocabulary)
        spoken[reference] += 1
        if spoken[reference] > 1:
            reference = f"{reference} ({spoken[reference]})"
        path = headings.get(finding.start, (finding.headline,))
        place = _place(document, structured, finding, path, quoting)
        identifier = place.said.passage
        if not identifier:
            # A heading alone is no passage.
            digest = passage_digest(path, place.said.quote)
            alone[digest] += 1
            suffix = f"-{alone[digest]}" if alone[digest] > 1 else ""
            identifier = f"{document.id}-{digest}{suffix}"
        found.append(_entry(identifier, reference, finding, place, quoting, vocabulary))
    return tuple(_with_hints(found))


def _place(
    document: Document,
    structured: StructuredDocument,
    finding: Finding,
    path: tuple[str, ...],
    quoting: Quoting,
) -> Place:
    about = structured.description
    deadline = None
    if finding.deadline is not None:
        deadline = due(finding.deadline, finding.source, about.date, about.date_basis)
    said = quoting.quote(finding.start, finding.end)
    return Place(document, finding.source, finding.force, path, said, deadline)


def _entry(
    identifier: str,
    reference: str,
    finding: Finding,
    place: Place,
    quoting: Quoting,
    vocabulary: Vocabulary,
) -> Entry:
    ask = vocabulary.kind[finding.kind].ask
    asked = addressees(place.said.quote, finding.force, vocabulary) if ask else (NOBODY,)
    return Entry(
        id=identifier,
        reference=reference,
        kind=finding.kind,
        number=finding.number,
        ask=ask,
        theme=finding.theme,
        grade=finding.grade,
        addressee=asked,
        headline=finding.headline,
        place=place,
        repeat=repeat(quoting, finding.start, finding.end),
    )


def _spoken(finding: Finding, number: int, vocabulary: Vocabulary) -> str:
    """How one speaks of a finding within its document: "AFI 4", "recommendation 2"."""
    kind = vocabulary.kind[finding.kind]
    name = next((s for s in kind.short if s != s.lower() and not s.endswith("s")), None)
    return f"{name or kind.label.lower()} {finding.number or number}"


def _with_hints(entries: list[Entry]) -> Iterator[Entry]:
    """The entries; an unresolved deadline with what the resolved ones beside it say."""
    for entry in entries:
        deadline = entry.place.deadline
        if deadline is None or deadline.date is not None:
            yield entry
            continue
        said: dict[str, list[str]] = {}
        for other in entries:
            beside = other.place.deadline
            if beside is not None and beside.date is not None and other.kind == entry.kind:
                said.setdefault(beside.text, []).append(other.reference)
        hint = "; ".join(f'{_listed(names)} beside it: "{text}"' for text, names in said.items())
        yield replace(entry, place=replace(entry.place, deadline=replace(deadline, hint=hint)))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
