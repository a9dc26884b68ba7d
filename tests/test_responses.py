"""Letters joined to reports: what they say to each ask, and the days, never a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from letter_samples import LETTER, NATIONAL, SECOND, STUB, made
from peelsearch.corpus import Corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.model.responses import ReplyState, Response
from peelsearch.register import responses
from peelsearch.render.responses import responses_text
from peelsearch.render.style import Style
from peelsearch.vocabulary import Vocabulary

MORE = """
Recommendation 4

By January 2024, the Home Office should pay for this.

Recommendation 5

By January 2024, chief constables should tell staff of it.
"""
REPLY = "Bedfordshire Police have provided"


def of(corpus: Corpus, vocabulary: Vocabulary, *forces: str) -> list[Response]:
    return list(responses(corpus, vocabulary, ExtractMemory(), forces).responses)


def states(response: Response) -> dict[str | None, ReplyState]:
    return {ask.entry.number: ask.state for ask in response.asks}


def test_the_seed_letter_answers_all_three_in_general(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    (found,) = of(corpus, vocabulary)
    assert states(found) == dict.fromkeys(("2", "3", "6"), ReplyState.GENERAL)
    text = corpus.structure(found.letter.id).text
    for ask in found.asks:
        assert ask.said is not None
        assert ask.said.quote.startswith(REPLY)
        assert text[ask.said.start : ask.said.end] == ask.said.quote
    assert (found.report, found.stub) == (None, None)


def test_the_seed_letters_days(corpus: Corpus, vocabulary: Vocabulary) -> None:
    (found,) = of(corpus, vocabulary)
    assert (found.published, found.last_day, found.day) == ("2023-07-07", "2023-08-31", 77)
    assert found.published_said is not None
    assert "07 July 2023" in found.published_said.quote
    assert found.comments_published is None
    said = responses_text(responses(corpus, vocabulary, ExtractMemory()), Style(), vocabulary)
    for words in ("31 August 2023", "day 77", "publication date of the comments not known"):
        assert words in said
    assert "report not in this corpus" in said
    assert " late" not in said


def test_a_report_that_is_held_shows_what_is_not_mentioned(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    files = {"a.txt": LETTER, "b.txt": SECOND, "report.txt": NATIONAL + MORE}
    found = of(made(tmp_path, files, vocabulary), vocabulary)
    assert [response.force for response in found] == [("bedfordshire",), ("kent",)]
    for response in found:
        assert response.report is not None
        assert response.report.type == "national-report"
        # What the Home Office is asked to do is not missing in a commissioner's letter.
        assert states(response) == {
            **dict.fromkeys(("2", "3", "6"), ReplyState.GENERAL),
            "5": ReplyState.NOT_MENTIONED,
        }
        assert response.last_day == "2023-08-31"
    assert [response.day for response in found] == [77, 89]


def test_days_are_not_counted_from_an_inspection(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """The report states its last day on the spot; nobody says when it was published."""
    report = NATIONAL.replace("7 July 2023\n", "Inspection dates: 3 to 7 July 2023\n", 1)
    letter = LETTER.replace("team published on the 07 July 2023 –", "team's report,")
    corpus = made(tmp_path, {"a.txt": letter, "report.txt": report}, vocabulary)
    (found,) = of(corpus, vocabulary)
    assert found.report is not None
    assert found.report.date == "2023-07-07"
    assert (found.published, found.last_day, found.day) == (None, None, None)
    assert "the day of publication is not known" in found.not_counted


def test_a_stub_is_named_as_not_held(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (found,) = of(made(tmp_path, {"a.txt": LETTER, "catalogue.toml": STUB}, vocabulary), vocabulary)
    assert found.stub is not None
    assert found.stub.title == "Police performance: Getting a grip"
    assert ReplyState.NOT_MENTIONED not in states(found).values()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("", ""), dict.fromkeys(("2", "3", "6"), ReplyState.GENERAL)),
        (
            ("are assured with work being", "in respect of recommendation 3 are assured of work"),
            {
                "2": ReplyState.QUOTED_ONLY,
                "3": ReplyState.SPECIFIC,
                "6": ReplyState.QUOTED_ONLY,
            },
        ),
        (
            (
                "Recommendation 3\n",
                "Bedfordshire Police have done this, and we have seen it.\n\nRecommendation 3\n",
            ),
            {"2": ReplyState.SPECIFIC, "3": ReplyState.GENERAL, "6": ReplyState.GENERAL},
        ),
    ],
    ids=["general", "named", "own"],
)
def test_replies_are_told_apart(
    change: tuple[str, str],
    expected: dict[str, ReplyState],
    tmp_path: Path,
    vocabulary: Vocabulary,
) -> None:
    text = LETTER.replace(*change) if change[0] else LETTER
    (found,) = of(made(tmp_path, {"a.txt": text}, vocabulary), vocabulary)
    assert states(found) == expected


def test_without_a_reply_an_ask_is_quoted_only(tmp_path: Path, vocabulary: Vocabulary) -> None:
    start = LETTER.index(REPLY)
    text = LETTER[:start] + LETTER[LETTER.index("Yours Sincerely") :]
    (found,) = of(made(tmp_path, {"a.txt": text}, vocabulary), vocabulary)
    assert set(states(found).values()) == {ReplyState.QUOTED_ONLY}
    assert all(ask.said is None for ask in found.asks)


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        ("on the 07 July 2016", "before the rule began"),
        ("in July 2023", "day of publication is not known"),
    ],
)
def test_days_are_counted_only_from_a_day_under_the_rule(
    published: str, reason: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = LETTER.replace("on the 07 July 2023", published)
    (found,) = of(made(tmp_path, {"a.txt": text}, vocabulary), vocabulary)
    assert (found.last_day, found.day) == (None, None)
    assert reason in found.not_counted


def test_a_catalogue_can_say_when_comments_were_published(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    catalogue = '[[document]]\npath = "a.txt"\ndate = "2023-09-25"\n'
    (found,) = of(
        made(tmp_path, {"a.txt": LETTER, "catalogue.toml": catalogue}, vocabulary), vocabulary
    )
    assert found.comments_published == "2023-09-25"
