"""Marks stand on what matches, snippets are slices, and display changes nothing but the form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.analysis import stem, terms, words
from peelsearch.model import AllOf, Expression, Phrase, Snippet, Stem, StemPhrase, Word
from peelsearch.snippets import SNIPPET_CHARACTERS, Highlighter, display, readable, snippet
from peelsearch.units import units

TEXT = "The force's use of force panel.\n\nIt reviews how officers used force – and A&E visits."


def highlighter_of(expression: Expression, *, whole: Expression | None = None) -> Highlighter:
    """A highlighter that knows the forms of the words in these tests."""
    known = words(f"{TEXT} forces panels searches searching")

    def forms(wanted: str) -> frozenset[str]:
        return frozenset(word for word in known if stem(word) == wanted)

    return Highlighter.of(expression, whole=whole, forms=forms)


def marked(highlighter: Highlighter, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in highlighter.marks(text)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (Stem("use"), ["use", "used"]),
        (Word("used"), ["used"]),
        (Phrase(("use", "of", "force")), ["use of force"]),
        (StemPhrase(("use", "forc")), ["used force"]),
        (AllOf((Word("a&e"), Stem("offic"))), ["officers", "A&E"]),
        (Stem("nowhere"), []),
    ],
)
def test_marks_stand_on_what_matches(expression: Stem, expected: list[str]) -> None:
    assert marked(highlighter_of(expression)) == expected


def test_words_of_a_phrase_are_not_marked_singly_where_the_phrase_stands() -> None:
    highlighter = highlighter_of(
        AllOf((Stem("use"), Stem("forc"))), whole=Phrase(("use", "of", "force"))
    )
    assert marked(highlighter) == ["use of force"]
    assert marked(highlighter, "Officers used some force.") == ["used", "force"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"its [multi-agency hub \(MASH\)](#) is", "its multi-agency hub (MASH) is"),
        ("the ['Responding'](https://a.example/b) part", "the 'Responding' part"),
        ("[site](https://example.org/a_(b)) and", "site and"),
        ("no [link] here (at all)", "no [link] here (at all)"),
        ("Requires\nimprovement", "Requires improvement"),
        ("an [open bracket and (#)", "an [open bracket and (#)"),
        ("  two\u00a0spaces \n\n", "two spaces"),
    ],
)
def test_readable_text(text: str, expected: str) -> None:
    assert readable(text) == expected


def test_marks_survive_folding_of_links() -> None:
    text = r"its [multi-agency hub \(MASH\)](#) is"
    highlighter = highlighter_of(Word("mash"))
    pieces = display(text, highlighter.marks(text))
    assert ("MASH", True) in pieces
    assert "".join(piece for piece, _ in pieces) == readable(text)


def shown(text: str, highlighter: Highlighter, *, heading: str, offset: int = 0) -> Snippet:
    marks = highlighter.keyed_marks(text)
    return snippet(text, offset=offset, units=units(text, heading), marks=marks)


def test_snippet_shows_the_sentence_that_holds_most() -> None:
    filler = "Nothing of note stands here at all. " * 12
    text = f"A heading\n\n{filler}The panel met. Officers used force in Luton. {filler}"
    highlighter = highlighter_of(AllOf((Stem("use"), Stem("forc"))))
    found = shown(text, highlighter, heading="A heading", offset=100)
    assert "Officers used force in Luton." in found.text
    assert text[found.start - 100 : found.end - 100] == found.text
    assert [found.text[a:b] for a, b in found.marks] == ["used", "force"]
    assert len(found.text) <= SNIPPET_CHARACTERS


def test_snippet_leaves_out_the_heading_that_is_shown_beside_it() -> None:
    text = "Use of force\n\nThe panel met in May."
    highlighter = highlighter_of(Stem("forc"))
    found = shown(text, highlighter, heading="Use of force")
    assert found.text == "The panel met in May."


pieces = st.sampled_from(
    ["force", "Force's", "use", "of", "stop", "A&E", "10%", "[x](#)", "é", "👮"]
)
texts = st.lists(st.tuples(pieces, st.sampled_from([" ", "\n", "\n\n", ". ", " - "])), max_size=150)


@given(texts.map(lambda parts: "".join(a + b for a, b in parts)), st.integers(0, 9))
def test_marks_and_snippets_are_slices(text: str, offset: int) -> None:
    highlighter = highlighter_of(Stem("forc"), whole=Phrase(("use", "of", "force")))
    marks = highlighter.marks(text)
    assert all(0 <= a < b <= len(text) for a, b in marks)
    assert all(first[1] <= second[0] for first, second in pairwise(marks))
    found = shown(text, highlighter, heading="force", offset=offset)
    assert text[found.start - offset : found.end - offset] == found.text
    assert len(found.text) <= SNIPPET_CHARACTERS
    assert all(0 <= a < b <= len(found.text) for a, b in found.marks)
    assert "".join(piece for piece, _ in display(text, marks)) == readable(text)


@given(st.text(max_size=300))
def test_terms_are_slices_in_order(text: str) -> None:
    found = terms(text)
    assert all(text[t.start : t.end].strip() for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_page_break_does_not_end_a_sentence() -> None:
    text = "A heading\n\nThey advise and\n\nsupport colleagues in stop and search."
    highlighter = highlighter_of(Stem("search"))
    found = shown(text, highlighter, heading="A heading")
    assert found.text == "They advise and\n\nsupport colleagues in stop and search."
