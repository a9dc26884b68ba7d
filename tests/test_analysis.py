"""Words, stems and sentences: the tokens that must survive, and what holds of any text."""

from __future__ import annotations

from itertools import product
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peelsearch.analysis import (
    MAX_WORD,
    fold_word,
    is_function_word,
    piece_words,
    read_piece,
    sentences,
    spans,
    stem,
    stems,
    terms,
    words,
)
from peelsearch.analysis.nltk_parts import RegexpTokenizer, SnowballStemmer
from peelsearch.analysis.plain_stems import _FOURTH, _SECOND, _THIRD, plain_stem
from peelsearch.analysis.tokens import _AROUND, EVERY, is_known, is_simple, piece_spans
from peelsearch.corpus import Corpus
from peelsearch.model import Everything, Request

SNOWBALL = SnowballStemmer("english")
NLTK = RegexpTokenizer(EVERY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1m", ("£1m",)),
        ("2019–20", ("2019", "20")),
        ("2019/20", ("2019", "20")),
        ("94.8", ("94.8",)),
        ("4.5%", ("4.5", "percent")),
        ("4.5 percent", ("4.5", "percent")),
        ("A&E", ("a&e",)),
        ("s.55", ("s.55",)),
        ("999 and 101", ("999", "and", "101")),
        ("the force's", ("the", "force")),
        ("the force’s", ("the", "force")),
        ("stop-and-search", ("stop", "and", "search")),
        ("iCAIT", ("icait",)),
        ("1,600 officers", ("1600", "officers")),
        ("Zoë", ("zoe",)),
        ("[hub \\(MASH\\)](https://example.org/mash)", ("hub", "mash")),
        ("2023/24.", ("2023", "24")),
        ("didn't", ("didn't",)),
    ],
)
def test_words_that_must_survive(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


simple_pieces = st.text(
    st.sampled_from([chr(code) for code in range(0x10000) if is_simple(chr(code))]), max_size=30
)
# What the forms of words are made of, so that they come up often.
word_pieces = st.lists(
    st.sampled_from([*"1290,.£€$&%+/-−–'’Aasé²½ªß\u00ad\u200b•", "bn", "m", "S."]), max_size=12
).map("".join)


@given(st.one_of(simple_pieces, word_pieces))
@settings(max_examples=500)
def test_simple_pieces_have_the_words_that_nltk_finds(piece: str) -> None:
    assert is_simple(piece)
    assert list(piece_spans(piece)) == list(NLTK.span_tokenize(piece))


def test_every_character_is_read_as_nltk_reads_it() -> None:
    """Alone, between letters, between digits, and where a sum or an abbreviation may go on."""
    for code in range(0x110000):
        char = chr(code)
        # Of letters without case, and of codes without a character, a few stand for all.
        few = code % 101 and category(char) in {"Lo", "Cn", "Co", "Cs"}
        if is_simple(char) or (is_known(char) and not few):
            for piece in (char, f"a{char}b", f"1{char}2", f"£1.5{char}", f"A&E{char}", f"s.{char}"):
                assert list(piece_spans(piece)) == list(NLTK.span_tokenize(piece)), piece


def test_one_plain_word_in_a_piece_is_what_nltk_finds() -> None:
    for around in map("".join, product(["", *_AROUND], repeat=2)):
        for word in ("s", "Word", "x" * 100, "S.W", "9"):
            piece = f"{around}{word}{around}"
            expected = [(fold_word(piece[a:b]), a, b) for a, b in NLTK.span_tokenize(piece)]
            assert list(read_piece(piece)) == expected, piece


known_pieces = st.text(st.characters().filter(is_known), max_size=30)
# Capitals, marks and digits of many scripts, which the forms of words tell from other letters.
odd_pieces = st.lists(
    st.sampled_from([*"ŁłΣςЖжÀ&£1٣५日ー\u0301\u0327\u093f\U000e0100\U0001e900ǅ'’.,-%"]), max_size=12
).map("".join)


@given(st.one_of(known_pieces, odd_pieces))
@settings(max_examples=500)
def test_known_pieces_have_the_words_that_nltk_finds(piece: str) -> None:
    assert list(piece_spans(piece)) == list(NLTK.span_tokenize(piece))


def test_characters_of_a_newer_unicode_are_left_to_nltk() -> None:
    for text in ("Łódź", "naïve", "日本", "e\u0301a", "ﬁne", "x²", "a\uffff", "a\U00041234"):
        assert is_known(text)
        assert list(piece_spans(text)) == list(NLTK.span_tokenize(text))
    assert words("e\u0301a") == ("ea",)
    assert not is_simple("Łódź")
    assert not is_known("a\u0378")
    assert list(piece_spans("a\u0378b")) == list(NLTK.span_tokenize("a\u0378b"))


@given(st.text(max_size=100))
def test_spans_are_terms_without_stems(text: str) -> None:
    assert [(term.word, term.start, term.end) for term in terms(text)] == spans(text)
    assert words(text) == tuple(word for word, _, _ in spans(text))


def test_terms_take_the_stems_that_they_are_given() -> None:
    known = {"the": "the", "forces": "forc"}
    assert [term.stem for term in terms("The forces", stem=known.__getitem__)] == ["the", "forc"]
    assert stems("The forces", stem=known.__getitem__) == ("the", "forc")


def test_pieces_of_any_length() -> None:
    long = "stop-and-search/" * 1_000
    assert [word for word, _, _ in piece_words(long)] == ["stop", "and", "search"] * 1_000
    assert piece_words("Officers’") == (("officers", 0, 8),)


def test_plus_or_minus_is_a_word() -> None:
    assert words("+/- 3.7")[-1] == "3.7"
    assert len(words("+/- 3.7")) == 2


def test_stems_join_forms() -> None:
    assert stem("searches") == stem("searching") == stem("search")
    assert stems("domestic abuse") == (stem("domestic"), stem("abuse"))


@given(st.text(max_size=200))
def test_terms_are_in_order_and_within_the_text(text: str) -> None:
    end = 0
    for term in terms(text):
        assert end <= term.start < term.end <= len(text)
        assert 0 < len(term.word) <= MAX_WORD
        end = term.end


@given(st.text(max_size=40))
def test_folding_a_word_is_idempotent(text: str) -> None:
    assert fold_word(fold_word(text)) == fold_word(text)


sentence_parts = st.lists(
    st.sampled_from(
        [
            "Det",
            "No",
            "etc",
            "p.m",
            "J",
            "The",
            "force",
            "7",
            "Ltd",
            "(a)",
            "iCAIT",
            *'.…?!)(”“•" \n\u00a0',
        ]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(max_size=300), sentence_parts))
def test_sentences_are_in_order_and_lose_only_space(text: str) -> None:
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "Det. Supt. Smith said so.",
        "It is in No. 7 of the list.",
        "See paras. 4 and 5.",
        "Calls came at 3 p.m. on most days.",
        "Calls came at 3 p.m. Monday to Friday.",
        "Some, e.g. the vans, are new.",
        "Fig. 3 shows it.",
        "Dr. Jones agreed.",
        "J. R. Smith and A. Jones agreed.",
        "The U.K. Police Federation agreed.",
        "Vans, cars etc. (see above) are new.",
        "The report (Smith et al. 2019) says so.",
        "It was due on 4 Sept. 2020 in full.",
        "The ... Chief Constable agreed.",
        "It was […] Accepted by all.",
        "“Is it safe?” he asked.",
        "Yahoo! is a name.",
        "12. The force should act.",
        "(a). The force should act.",
        "The force should act. (recommendation)",
        "It costs £1.5 million and s.55 applies.",
    ],
)
def test_stops_that_end_no_sentence(text: str) -> None:
    assert sentences(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["It has a team.", "iCAIT does the work."],
        ["Did they agree?", "They said no.", "The force moved on."],
        ["It closes at 3 p.m.", "The force moved on."],
        ["They have vans, cars, etc.", "The force moved on."],
        ["It works for Smith Ltd.", "The force moved on."],
        ["They chose plan B.", "The force moved on."],
        ["He lives in the U.K.", "It is cold."],
        ["He said “stop.”", "The force moved on."],
        ["(It was so.)", "The force moved on."],
        ["And so on...", "The force moved on."],
        ["And so on…", "“The force” moved on."],
        ["It was so in 2019.", "The force moved on."],
        ["There are more than 2.", "The force moved on."],
        ["It was 4 Sept.", "The force moved on."],
        ["What?!", "Now!", "13 people left."],
        ["1. Vans are new.", "2. Cars are old."],
        ["Yes, sir.", "The force moved on."],
        ["See the compara.", "The force moved on."],
    ],
)
@pytest.mark.parametrize("space", [" ", "\n", "\n  ", "\u00a0\r\n"])
def test_stops_that_end_sentences(parts: list[str], space: str) -> None:
    text = f" {space.join(parts)} "
    assert [text[a:b] for a, b in sentences(text)] == parts


def test_items_of_a_list_are_sentences() -> None:
    text = "It has:\n• vans • and\n bikes\n  • cars, etc.\n\uf0b7\tradios"
    items = ["It has:", "• vans • and\n bikes", "• cars, etc.", "\uf0b7\tradios"]
    assert [text[a:b] for a, b in sentences(text)] == items


_OTHERS = "ed ing ingly edly eed eedly s es ies ied sses us ss y ly e l ll at bl iz 's".split()
letters = st.text(st.sampled_from("aeiouybcdglmnrstz"), max_size=7)
starts = st.one_of(letters, st.sampled_from(["gener", "commun", "arsen", "sky", "iz", "abl"]))
endings = st.lists(
    st.sampled_from([*_SECOND, *_THIRD, *_FOURTH, *_OTHERS]),
    max_size=4,
).map("".join)


@given(st.builds(str.__add__, starts, endings))
@settings(max_examples=3_000)
def test_plain_stems_are_those_of_nltk(word: str) -> None:
    assert plain_stem(word) in (None, SNOWBALL.stem(word))


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=12).map(fold_word))
def test_words_that_end_in_other_letters_have_plain_stems(word: str) -> None:
    assert plain_stem(word) in (None, SNOWBALL.stem(word))
    assert not word.isalpha() or plain_stem(f"{word}ł") == SNOWBALL.stem(f"{word}ł")


def test_most_words_have_plain_stems(corpus: Corpus) -> None:
    found = corpus.reader.search(Request(Everything(), limit=10_000)).matches
    known = {word for match in found for word in words(match.passage.text) if word.isalpha()}
    assert len(known) > 1_000
    assert {word for word in known if plain_stem(word) not in (None, SNOWBALL.stem(word))} == set()
    assert sum(plain_stem(word) is None for word in known) < len(known) / 50


def test_function_words_are_a_closed_list() -> None:
    assert is_function_word("the")
    assert not is_function_word("force")
