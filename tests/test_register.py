"""The register: one row for each finding, wherever it is quoted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from letter_samples import LETTER, NATIONAL, SECOND, STUB, made
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.model import Source
from peelsearch.model.register import DeadlineState, Entry, Outcome, Register
from peelsearch.register import RegisterOptions, RegisterOrder, coverage, register
from peelsearch.vocabulary import Vocabulary
from register_samples import Report

AS_OF = RegisterOptions(as_of="2024-02-01")


def listed(corpus: Corpus, vocabulary: Vocabulary, options: RegisterOptions = AS_OF) -> Register:
    return register(corpus, vocabulary, ExtractMemory(), options)


def recommendations(found: Register) -> dict[str | None, Entry]:
    rows = [entry for entry in found.entries if entry.kind == "recommendation"]
    assert len({entry.number for entry in rows}) == len(rows)
    return {entry.number: entry for entry in rows}


def test_the_seeds_hold_seventeen_findings(corpus: Corpus, vocabulary: Vocabulary) -> None:
    found = listed(corpus, vocabulary).entries
    counted = Counter((entry.kind, entry.place.source.value) for entry in found)
    assert counted == {
        ("area-for-improvement", "original"): 10,
        ("innovative-practice", "original"): 2,
        ("promising-practice", "quoted"): 2,
        ("recommendation", "quoted"): 3,
    }
    assert sum(entry.ask for entry in found) == 13
    for entry in found:
        passage = corpus.reader.passage(entry.id)
        assert passage is not None
        assert passage.text == entry.place.said.quote
        assert passage.headings == entry.place.headings


def test_the_seeds_deadlines(corpus: Corpus, vocabulary: Vocabulary) -> None:
    found = listed(corpus, vocabulary)
    rows = recommendations(found)
    assert {
        number: entry.place.deadline and entry.place.deadline.date for number, entry in rows.items()
    } == {"2": "2024-01-31", "3": "2024-01-31", "6": None}
    first = found.entries[0]
    assert (first.number, first.state) == ("6", DeadlineState.UNRESOLVED)
    assert first.place.deadline is not None
    assert "By January 2024" in first.place.deadline.hint
    assert rows["2"].state is DeadlineState.PASSED
    before = listed(corpus, vocabulary, RegisterOptions(as_of="2024-01-31"))
    assert recommendations(before)["2"].state is DeadlineState.AHEAD
    assert {e.addressee for e in rows.values()} == {("all-forces",), ("chief-constables",)}


def test_the_seeds_repeats(corpus: Corpus, vocabulary: Vocabulary) -> None:
    found = [entry for entry in listed(corpus, vocabulary).entries if entry.repeat]
    assert [(e.theme, e.repeat.outcome) for e in found if e.repeat] == [
        ("responding", Outcome.NOT_IMPROVED),
        ("workforce", Outcome.NOT_SAID),
    ]


def test_references_can_be_spoken(corpus: Corpus, vocabulary: Vocabulary) -> None:
    references = [entry.reference for entry in listed(corpus, vocabulary).entries]
    assert "Bedfordshire 2021/22 AFI 4" in references
    assert "Bedfordshire commissioner's letter 21 September 2023 recommendation 6" in references
    assert len(set(references)) == len(references)


def test_a_stub_and_a_second_letter_make_no_second_row(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    files = {"a.txt": LETTER, "b.txt": SECOND, "catalogue.toml": STUB}
    corpus = made(tmp_path, files, vocabulary)
    found = listed(corpus, vocabulary)
    rows = recommendations(found)
    assert set(rows) == {"2", "3", "6"}
    for entry in rows.values():
        assert [place.source for place in entry.places] == [Source.QUOTED, Source.QUOTED]
        assert set(entry.force) == {"bedfordshire", "kent"}
    # Practices of two forces are two, whatever their words.
    assert sum(entry.kind == "promising-practice" for entry in found.entries) == 4
    assert rows["6"].state is DeadlineState.UNRESOLVED
    assert rows["6"].place.deadline is not None
    assert "the same words elsewhere" in rows["6"].place.deadline.hint
    gaps = coverage(corpus, vocabulary, ExtractMemory(), "2024-02-01")
    assert [stub.title for stub in gaps.stubs] == ["Police performance: Getting a grip"]
    assert len(gaps.unanswered) == 2


def test_the_original_takes_in_its_quotations(tmp_path: Path, vocabulary: Vocabulary) -> None:
    corpus = made(tmp_path, {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL}, vocabulary)
    rows = recommendations(listed(corpus, vocabulary))
    assert set(rows) == {"2", "3", "6"}
    for entry in rows.values():
        assert entry.place.source is Source.ORIGINAL
        assert entry.place.document.type == "national-report"
        assert [place.document.date for place in entry.also] == ["2023-09-21", "2023-10-03"]
        for place in entry.places:
            text = corpus.structure(place.document.id).text
            assert text[place.said.start : place.said.end] == place.said.quote
    assert rows["6"].state is DeadlineState.PASSED
    assert coverage(corpus, vocabulary, ExtractMemory(), "2024-02-01").unanswered == ()


def test_rows_are_the_same_under_any_filter(tmp_path: Path, vocabulary: Vocabulary) -> None:
    corpus = made(tmp_path, {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL}, vocabulary)
    whole = {entry.id: entry for entry in listed(corpus, vocabulary).entries}
    for filters in (
        (("force", ("kent",)),),
        (("type", ("commissioner-letter",)),),
        (("year", ("2023",)), ("kind", ("recommendation",))),
    ):
        found = listed(corpus, vocabulary, RegisterOptions("2024-02-01", filters=filters))
        assert found.entries
        assert {entry.id: entry for entry in found.entries}.items() <= whole.items()


def test_two_forces_asked_in_the_same_words_are_asked_twice(
    tmp_path: Path, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    report = next(r for r in many_reports if r.round == "2021-22" and r.asked)
    label = vocabulary.label("force", report.force)
    other = "Kent Police" if report.force != "kent" else "Surrey Police"
    headline = report.asked[0].headline
    letter = (
        f"21 September 2023\n\nDear HMICFRS\n\nWe answer your report.\n\n"
        f"Area for improvement: {headline}\n\n{label} has begun to do this, as we have seen.\n\n"
        f"Yours sincerely\n\nA. Person\n\nPolice and Crime Commissioner for "
        f"{label.removesuffix(' Police').removesuffix(' Constabulary')}\n"
    )
    files = {
        "one.txt": report.text,
        "two.txt": report.text.replace(label, other),
        "letter.txt": letter,
    }
    found = listed(made(tmp_path, files, vocabulary), vocabulary)
    same = [entry for entry in found.entries if headline in entry.place.said.quote]
    assert len(same) == 2
    quoted = {entry.place.force: [place.force for place in entry.also] for entry in same}
    # The letter quotes the report on its own force.
    assert quoted[report.force,] == [(report.force,)]
    assert sum(map(len, quoted.values())) == 1


def test_counts_equal_a_recount(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    found = listed(many, vocabulary)
    wanted = Counter(
        (report.force, report.round, asked.kind, asked.theme, asked.headline)
        for report in many_reports
        for asked in report.asked
    )
    assert (
        Counter(
            (e.place.force[0], e.place.document.round, e.kind, e.theme, e.headline)
            for e in found.entries
        )
        == wanted
    )
    deadlines = {
        (report.force, report.round, asked.headline): asked.deadline
        for report in many_reports
        for asked in report.asked
    }
    for entry in found.entries:
        planted = deadlines[entry.place.force[0], entry.place.document.round, entry.headline]
        deadline = entry.place.deadline
        assert (deadline and (deadline.text, deadline.earliest, deadline.date)) == planted
        assert entry.state is _state(planted, found.as_of)
    assert {entry.state for entry in found.entries} >= {
        DeadlineState.AHEAD,
        DeadlineState.PASSED,
        DeadlineState.UNRESOLVED,
        DeadlineState.NONE,
    }


def _state(planted: tuple[str, str | None, str | None] | None, as_of: str) -> DeadlineState:
    if planted is None:
        return DeadlineState.NONE
    if planted[2] is None:
        return DeadlineState.UNRESOLVED
    return DeadlineState.PASSED if planted[2] < as_of else DeadlineState.AHEAD


@pytest.mark.parametrize("as_of", ["2019-12-15", "2024-02-01", "2024-06-12", "2026-01-01"])
def test_states_of_deadlines_divide_the_register(
    as_of: str, many: Corpus, vocabulary: Vocabulary
) -> None:
    every = listed(many, vocabulary, RegisterOptions(as_of)).entries
    parts = {
        state: listed(many, vocabulary, RegisterOptions(as_of, states=(state,))).entries
        for state in DeadlineState
    }
    for state, entries in parts.items():
        assert list(entries) == [entry for entry in every if entry.state is state]
    assert sum(map(len, parts.values())) == len(every)
    both = (DeadlineState.UNRESOLVED, DeadlineState.PASSED)
    found = listed(many, vocabulary, RegisterOptions(as_of, states=both))
    assert {entry.state for entry in found.entries} <= set(both)
    assert len(found.entries) == sum(len(parts[state]) for state in both)


def test_a_state_of_deadlines_leaves_other_expectations_out(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    options = RegisterOptions("2024-02-01", states=(DeadlineState.NONE,))
    assert listed(corpus, vocabulary).expectations
    assert listed(corpus, vocabulary, options).expectations == ()


@pytest.mark.parametrize("order", list(RegisterOrder))
def test_unresolved_deadlines_come_first(
    order: RegisterOrder, many: Corpus, vocabulary: Vocabulary
) -> None:
    found = listed(many, vocabulary, RegisterOptions("2024-02-01", order=order)).entries
    unresolved = [entry.state is DeadlineState.UNRESOLVED for entry in found]
    assert unresolved == sorted(unresolved, reverse=True)
    assert 0 < sum(unresolved) < len(unresolved)
    if order is RegisterOrder.DEADLINE:
        dates = [e.place.deadline.date for e in found if e.place.deadline and e.place.deadline.date]
        assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("filters", "keep"),
    [
        ((("force", ("kent", "gwent")),), lambda r, _a: r.force in ("kent", "gwent")),
        ((("round", ("2023-25",)),), lambda r, _a: r.round == "2023-25"),
        ((("theme", ("responding",)),), lambda _r, a: a.theme == "responding"),
        ((("kind", ("recommendation",)),), lambda _r, _a: False),
        ((("year", ("2024",)),), lambda r, _a: r.round == "2023-25"),
    ],
    ids=["force", "round", "theme", "kind", "year"],
)  # fmt: skip
def test_filters_keep_what_a_recount_keeps(
    filters, keep, many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    found = listed(many, vocabulary, RegisterOptions("2024-02-01", filters=filters)).entries
    assert Counter((e.place.force[0], e.headline) for e in found) == Counter(
        (report.force, asked.headline)
        for report in many_reports
        for asked in report.asked
        if keep(report, asked)
    )


def test_ids_do_not_depend_on_the_order_of_arrival(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL}
    (tmp_path / "at-once").mkdir()
    (tmp_path / "one-by-one").mkdir()
    whole = listed(made(tmp_path / "at-once", files, vocabulary), vocabulary)
    where = tmp_path / "one-by-one" / "documents"
    where.mkdir()
    for name in reversed(files):
        (where / name).write_text(files[name], "utf-8")
        build([where], index=tmp_path / "one-by-one" / "index", vocabulary=vocabulary)
    grown = listed(open_corpus(tmp_path / "one-by-one" / "index"), vocabulary)
    assert [(e.id, e.reference) for e in grown.entries] == [
        (e.id, e.reference) for e in whole.entries
    ]
    assert grown.fingerprint == whole.fingerprint


def test_coverage_counts_every_document(
    many: Corpus, many_reports: list[Report], vocabulary: Vocabulary
) -> None:
    found = coverage(many, vocabulary, ExtractMemory(), "2024-02-01")
    assert {(c.force, c.round, c.type): c.documents for c in found.counts} == {
        (report.force, report.round, "force-report"): 1 for report in many_reports
    }
    assert found.documents == len(many_reports)
    assert len(found.unresolved) == sum(
        asked.deadline is not None and asked.deadline[2] is None
        for report in many_reports
        for asked in report.asked
    )
    assert found.without_force == found.without_date == found.without_round == ()


def test_coverage_of_the_seeds_names_what_is_missing(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    found = coverage(corpus, vocabulary, ExtractMemory(), "2024-02-01")
    assert [document.type for document in found.without_date] == ["press-release"]
    assert [document.type for document in found.without_round] == ["press-release"]
    assert [document.type for document in found.unanswered] == ["commissioner-letter"]
    assert sorted(entry.number or "" for entry in found.without_theme) == ["2", "3", "6"]
    assert [entry.number for entry in found.unresolved] == ["6"]
