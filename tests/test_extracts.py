"""What one document states, for tables: whom it asks, by when, what it asked before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.corpus import Corpus
from peelsearch.documents.deadlines import read_deadline
from peelsearch.documents.plain_text import read_plain_text
from peelsearch.documents.reading import structure
from peelsearch.extracts import ExtractMemory, Quoting, extract, extracts, within_dates
from peelsearch.extracts.addressees import addressees
from peelsearch.extracts.due import due, state
from peelsearch.extracts.repeats import repeat
from peelsearch.model import Document, Source
from peelsearch.model.extracts import Extract
from peelsearch.model.register import DeadlineState, DueDate, Outcome
from peelsearch.passages import build_passages
from peelsearch.vocabulary import Vocabulary, load_vocabulary

CASES = Path(__file__).parent / "cases"
VOCABULARY = load_vocabulary()


def cases(name: str) -> list[Any]:
    rows = json.loads((CASES / name).read_text("utf-8"))
    return [pytest.param(row, id=row["text"][:40]) for row in rows]


@pytest.mark.parametrize("case", cases("addressees.json"))
def test_addressees_are_read_from_the_words(case: dict[str, Any]) -> None:
    assert list(addressees(case["text"], ("kent",), VOCABULARY)) == case["addressee"]


def test_the_force_is_nobody_in_a_report_about_none() -> None:
    assert addressees("The force should answer calls", (), VOCABULARY) == ("not-stated",)


@pytest.mark.parametrize("case", cases("deadlines.json"))
def test_deadlines_are_days_with_their_basis(case: dict[str, Any]) -> None:
    text = f"{case['text']}, forces should act."
    read = read_deadline(text, 0, len(text))
    assert read is not None
    assert read.text == case["text"]
    source = Source(case.get("source", "original"))
    basis = case.get("date_basis", "as the document is dated")
    found = due(read, source, case.get("published"), basis)
    assert (found.date, found.earliest) == (case["date"], case["earliest"])
    assert case["basis"] in found.basis


@pytest.mark.parametrize(
    ("text", "earliest", "date", "expected"),
    [
        ("By May 2024", "2024-05-31", "2024-05-31", DeadlineState.AHEAD),
        ("Within a month", "2024-02-01", "2024-02-01", DeadlineState.AHEAD),
        ("Within a month", "2024-01-15", "2024-02-01", DeadlineState.MAY_HAVE_PASSED),
        ("By January 2024", "2024-01-31", "2024-01-31", DeadlineState.PASSED),
        ("By January 4", None, None, DeadlineState.UNRESOLVED),
        ("immediately", None, None, DeadlineState.NONE),
    ],
)
def test_a_deadline_has_a_state_on_a_day(
    text: str, earliest: str | None, date: str | None, expected: DeadlineState
) -> None:
    assert state(DueDate(text, date, earliest, "", 0, 0), "2024-02-01") is expected
    assert "overdue" not in expected.value


def test_no_deadline_is_no_date() -> None:
    assert state(None, "2024-02-01") is DeadlineState.NONE


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("In our last inspection we found delays. This has not improved.", Outcome.NOT_IMPROVED),
        (
            "In [our last inspection in 2018/19](#) we asked for this.\n\nIt has addressed it.",
            Outcome.ADDRESSED,
        ),
        ("In our 2018/19 inspection we identified this. Much is going on.", Outcome.NOT_SAID),
        ("Calls have improved since our last inspection. It has not improved.", None),
        ("In our last inspection the building was new.", None),
        ("It has not improved.", None),
    ],
)
def test_repeats_are_the_reports_own_sentences(text: str, outcome: Outcome | None) -> None:
    found = repeat(Quoting(text, ()), 0, len(text))
    assert (found and found.outcome) == outcome
    if found is not None:
        assert text[found.said.start : found.said.end] == found.said.quote


def test_expectations_of_the_seed_stand_apart(corpus: Corpus, vocabulary: Vocabulary) -> None:
    read = extracts(corpus, vocabulary, ExtractMemory())
    found = [one for made in read for one in made.expectations]
    said = [one.said.quote for one in found]
    assert any(quote.startswith("The force should consider ways to increase") for quote in said)
    assert [one.said.quote[:44] for one in found if one.heading] == [
        "The force should make sure that vulnerable p"
    ]
    # What forces should do in general is not said to this one.
    assert not any("Police forces should" in quote or "A force should" in quote for quote in said)
    findings = [(e.place.said.start, e.place.said.end) for made in read for e in made.entries]
    for one in found:
        inside = [s for s, e in findings if s <= one.said.start < e]
        assert not inside or one.document.type != "force-report"


def test_extracts_are_made_once(many: Corpus, vocabulary: Vocabulary) -> None:
    memory = ExtractMemory()
    first = extracts(many, vocabulary, memory)
    assert all(a is b for a, b in zip(first, extracts(many, vocabulary, memory), strict=True))


def test_an_extract_names_the_passages_that_the_index_holds(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    for made in extracts(corpus, vocabulary, ExtractMemory()):
        held = corpus.reader.passages(made.document.id)
        structured = corpus.structure(made.document.id)
        spans = [(found.id, found.start, found.end) for found in held]
        assert extract(made.document, structured, spans, vocabulary) == made


def test_the_memory_of_extracts_is_bounded(many: Corpus, vocabulary: Vocabulary) -> None:
    memory = ExtractMemory(most=10_000)
    assert extracts(many, vocabulary, memory) == extracts(many, vocabulary, ExtractMemory())
    assert 0 < len(memory) < 20


@pytest.mark.parametrize(
    ("date", "since", "until", "inside"),
    [
        (None, None, None, True),
        (None, "2020", None, False),
        ("2022-04", "2022-04-15", None, True),
        ("2022-04", None, "2022-04-15", True),
        ("2022-04-01", "2022-04-15", None, False),
        ("2022", "2021", "2022-01", True),
        ("2023-01", None, "2022", False),
    ],
)
def test_dates_are_compared_as_precisely_as_both_are(
    date: str | None, since: str | None, until: str | None, inside: bool
) -> None:
    assert within_dates(date, since, until) is inside


LINES = (
    "An inspection of Kent Police|Areas for improvement|Recommendation 2|Recommendation 3|Good|"
    "Responding to the public|Dear HMICFRS|Yours sincerely|21 September 2023|"
    "By January 4, forces should review it.|Within three months, the force should act|"
    "'Promising practice: A panel|Kent Police is inadequate at responding to the public.|"
    "The force should answer calls|In our last inspection we found this. It has not improved.|"
    "PEEL 2021/22|This was carried over from 2017.|The force should consider ways to do more."
).split("|")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=30).map("\n\n".join))
def test_whatever_a_document_holds_its_extract_quotes_it(text: str) -> None:
    structured = structure(read_plain_text(text.encode()), VOCABULARY, name="a.txt")
    about = structured.description
    document = Document("a", about.title, "a.txt", (), about.type, about.date, about.round)
    built = build_passages(document, structured, VOCABULARY)
    passages = [(found.id, found.start, found.end) for found in built]
    made = extract(document, structured, passages, VOCABULARY)
    check(made, structured.text)
    assert len(made.entries) == len(structured.findings)
    assert len(made.judgments) == len(structured.judgments)


def check(made: Extract, text: str) -> None:
    said = [entry.place.said for entry in made.entries]
    said += [row.said for row in made.judgments] + [one.said for one in made.expectations]
    said += [entry.repeat.said for entry in made.entries if entry.repeat]
    for quotation in said:
        assert text[quotation.start : quotation.end] == quotation.quote
    ids = [entry.id for entry in made.entries]
    assert len(set(ids)) == len(ids)
    references = [entry.reference for entry in made.entries]
    assert len(set(references)) == len(references)
