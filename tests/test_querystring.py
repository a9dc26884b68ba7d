"""What is typed is read as documented, within bounds, and never ends in anything but a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.errors import InputError, QueryError, UnknownValueError
from peelsearch.model import ClauseKind, Query
from peelsearch.querystring import MAX_CHARACTERS, MAX_TERMS, parse
from peelsearch.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()


def read(typed: str) -> Query:
    return parse(typed, VOCABULARY)


def shape(query: Query) -> list[str]:
    """The groups as short texts: kind and words, alternatives joined by "|"."""
    return ["|".join(f"{c.kind.value}:{' '.join(c.words)}" for c in g) for g in query.groups]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("stop and search", ["word:stop", "word:and", "word:search"]),
        ('"stop and search"', ["phrase:stop and search"]),
        ("“stop and search”", ["phrase:stop and search"]),
        ('unclosed "use of force', ["word:unclosed", "phrase:use of force"]),
        ("stop-and-search", ["compound:stop and search"]),
        ("2019/20", ["compound:2019 20"]),
        ("4.5%", ["compound:4.5 percent"]),
        ("use OR force", ["word:use|word:force"]),
        ("use OR force OR taser", ["word:use|word:force|word:taser"]),
        ("OR use OR", ["word:use"]),
        ("use AND force", ["word:use", "word:force"]),
        ("investigat*", ["prefix:investigat"]),
        ("officer~", ["fuzzy:officer"]),
        ("(domestic abuse)", ["word:domestic", "word:abuse"]),
        ("what ?slip? is", ["word:what", "word:slip", "word:is"]),
        ("?", []),
        ("note:this", ["word:note", "word:this"]),
        ("A&E s.55 £1m 94.8", ["word:a&e", "word:s.55", "word:£1m", "word:94.8"]),
        ("force's force’s", ["word:force", "word:force"]),
        ("Zoë", ["word:zoe"]),
        ("((((", []),
        ("   ", []),
        ("a\x00b", ["word:a", "word:b"]),
    ],
)
def test_words_are_read_as_documented(typed: str, expected: list[str]) -> None:
    assert shape(read(typed)) == expected


def test_exclusion_is_kept_apart() -> None:
    query = read('domestic -Emerald -"serious crime" NOT taser')
    assert shape(query) == ["word:domestic"]
    assert [clause.words for clause in query.excluded] == [
        ("emerald",),
        ("serious", "crime"),
        ("taser",),
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kind:recommendation", (("kind", ("recommendation",)),)),
        ("kind:AFI", (("kind", ("area-for-improvement",)),)),
        ("kind:areas-for-improvement", (("kind", ("area-for-improvement",)),)),
        ("kind:ask", (("kind", VOCABULARY.asks),)),
        ("grade:RI grade:good", (("grade", ("requires-improvement", "good")),)),
        ('theme:"Good use of resources"', (("theme", ("leadership-resources",)),)),
        ("doc-type:letter year:2022", (("type", ("commissioner-letter",)), ("year", ("2022",)))),
        ("FORCE:beds", (("force", ("bedfordshire",)),)),
        ('force:"Avon & Somerset"', (("force", ("avon-and-somerset",)),)),
        ("round:2021/22", (("round", ("2021-22",)),)),
        ("mentions:kent", (("mentions", ("kent",)),)),
    ],
)
def test_filters_become_ids(typed: str, expected: object) -> None:
    assert read(typed).filters == expected


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("*a*", "only the end", "one asterisk"),
        ("off*cer", "only the end", "one asterisk"),
        ("officer~9", "at most 2", "officer~2"),
        ("stop-and-search~", "not one word", "single word"),
        ('"a b"~5', "near each other", "side by side"),
        ("forces:kent", 'no filter called "forces"', "force:"),
        ("-grade:good", "cannot be excluded", "Name the values"),
        ("a" * 65, "65 letters", "missing space"),
        ("(" * 5_000, "5,000 characters", "few of its words"),
        ("a" * 1_000_000, "1,000,000 characters", "few of its words"),
        ("word " * (MAX_TERMS + 1), "65 words", "Leave out"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_next_thing_to_do(
    typed: str, message: str, hint: str
) -> None:
    with pytest.raises(QueryError) as caught:
        read(typed)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_unknown_force_suggests_the_nearest() -> None:
    with pytest.raises(UnknownValueError) as caught:
        read("force:bedfordshre")
    assert caught.value.suggestions[0] == "bedfordshire"


def test_value_of_another_facet_says_which() -> None:
    with pytest.raises(UnknownValueError, match="it is a force"):
        read("grade:kent")


def test_a_positions_clause_is_where_it_was_typed() -> None:
    query = read('  (digital vans) "use of force" officer~2')
    for group in query.groups:
        for clause in group:
            assert query.typed[clause.position :].startswith(clause.typed)


def test_function_words_are_not_content() -> None:
    assert [g[0].content for g in read("use of the force").groups] == [True, False, False, True]


pieces = st.sampled_from(
    ['"', "*", "~", "~2", "-", "OR", "force:", "grade:good", "(", ")", "stop", "and", " ", "’", "?"]
)


@given(st.one_of(st.text(max_size=1_200), st.lists(pieces, max_size=60).map("".join)))
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        query = read(typed)
    except InputError:
        return
    assert len(typed) <= MAX_CHARACTERS
    for clause in [*(c for group in query.groups for c in group), *query.excluded]:
        assert clause.words
        unstemmed = clause.kind in (ClauseKind.PREFIX, ClauseKind.FUZZY)
        assert len(clause.stems) == (0 if unstemmed else len(clause.words))
        assert clause.kind is not ClauseKind.FUZZY or 1 <= clause.edits <= 2
