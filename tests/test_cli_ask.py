"""``peelsearch ask``: what is printed for questions that are answered, nearly or not at all."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from commands import Terminal
from peelsearch.answers.asking import ask
from peelsearch.corpus import Corpus
from peelsearch.model import Answers
from peelsearch.render.quotations import answers_text
from peelsearch.render.style import Style
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary

SEEDS = Path(__file__).parents[1] / "seeds"
GRADE = "What grade did Bedfordshire get for investigating crime?"
LIST = "What are the areas for improvement?"
CLOSEST = "Who is the mayor of Luton?"
NOWHERE = "Where is the xylophone zyzzyva?"
# Each of another type; what they quote has links, quotation marks and figures in it.
QUESTIONS = (
    GRADE,
    LIST,
    CLOSEST,
    NOWHERE,
    "What percentage of stop and searches were reasonable?",
    "What does FCC stand for?",
    "When is recommendation 2 due?",
    "Who signed the letter?",
    "Why are calls abandoned?",
    "How is domestic abuse investigated?",
)
CODES = re.compile("\x1b\\[[0-9;]*m")


def test_ask_as_json_keeps_the_contract(terminal: Terminal) -> None:
    found = terminal.json("ask", GRADE)
    assert {"question", "state", "reason", "filters", "missing", "answers", "took_ms"} <= set(found)
    assert (found["question"], found["state"], found["type"]) == (GRADE, "answer", "grade")
    assert found["filters"] == {"force": ["bedfordshire"], "theme": ["investigation"]}
    answer = found["answers"][0]
    assert set(answer) == {
        *("rank", "quote", "span", "document", "headings", "force", "theme", "grade", "passage"),
        *("start", "end", "page", "score", "kind", "speaker", "year", "context"),
    }
    assert set(answer["document"]) == {"id", "title", "path", "also", "type", "date", "round"}
    assert answer["quote"][slice(*answer["span"])] == "requires improvement"
    assert (answer["theme"], answer["grade"]) == ("investigation", "requires-improvement")
    assert answer["force"] == ["bedfordshire"]


def test_the_documentation_names_every_field(terminal: Terminal) -> None:
    page = (SEEDS.parent / "docs" / "json.md").read_text("utf-8")
    described = page.partition("## ask\n")[2].partition("\n## ")[0]
    found = terminal.json("ask", GRADE)
    fields = {*found, *found["answers"][0], *found["answers"][0]["context"]}
    assert {field for field in fields if f"`{field}`" not in described} == set()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quotation_is_a_slice_of_its_document(terminal: Terminal, question: str) -> None:
    code, _, _ = terminal("ask", question)
    found = terminal.json("ask", question, code=code)
    assert [answer["rank"] for answer in found["answers"]] == [*range(1, len(found["answers"]) + 1)]
    for answer in found["answers"]:
        text = Path(answer["document"]["path"]).read_text("utf-8")
        assert answer["quote"] == text[answer["start"] : answer["end"]]
        context = answer["context"]
        assert context["text"] == text[context["start"] : context["end"]]
        assert context["start"] <= answer["start"] < answer["end"] <= context["end"]
        if answer["span"]:
            start, end = answer["span"]
            assert 0 <= start < end <= len(answer["quote"])
        code, shown, _ = terminal("show", answer["passage"])
        assert code == 0
        assert readable(answer["quote"])[:40] in " ".join(shown.split())


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_shown_in_a_quotation_is_in_the_document(
    terminal: Terminal, question: str
) -> None:
    documents = [readable(path.read_text("utf-8")) for path in SEEDS.glob("*.txt")]
    _, out, _ = terminal("ask", question, "--context")
    quoted = re.findall(r"^(?:\d+\.)? *> (.*)$", out, re.MULTILINE)
    assert len(quoted) == len(re.findall("peelsearch show", out))
    assert all(any(quote in text for text in documents) for quote in quoted)


def test_an_answer_stands_with_its_place(terminal: Terminal) -> None:
    code, out, err = terminal("ask", GRADE)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("Answer")
    assert "Limited to force: Bedfordshire Police; theme: Investigating crime." in lines
    at = lines.index("1. requires improvement")
    assert lines[at + 1 : at + 3] == [
        "   > Bedfordshire Police requires improvement at investigating crime.",
        "   The inspectorate · PEEL 2021/22 – An inspection of Bedfordshire Police · April 2022 · "
        "theme graded Requires improvement",
    ]
    assert lines[at + 4].startswith("   peelsearch show ")
    assert "\x1b" not in out


def test_several_words_are_one_question(terminal: Terminal) -> None:
    assert terminal.json("ask", *GRADE.split())["question"] == GRADE


def test_what_is_only_close_is_said_and_not_marked(
    terminal: Terminal, corpus: Corpus, vocabulary: Vocabulary
) -> None:
    code, out, err = terminal("ask", CLOSEST)
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "Not answered in these documents; the closest passages:"
    assert '"mayor"' in lines[1]
    assert [line[:5] for line in lines if re.match(r"\d\.", line)] == ["1. > ", "2. > ", "3. > "]
    coloured = answers_text(ask(corpus, vocabulary, CLOSEST), Style(colour=True), vocabulary)
    assert "\x1b[1;33m" not in coloured
    assert terminal.json("ask", CLOSEST, code=1)["state"] == "closest"


def test_nothing_is_said_in_two_lines(terminal: Terminal) -> None:
    code, out, err = terminal("ask", NOWHERE)
    assert (code, err) == (1, "")
    first, second = out.splitlines()
    assert first == "Not in these documents."
    assert '"xylophone"' in second
    assert '"zyzzyva"' in second
    found = terminal.json("ask", NOWHERE, code=1)
    assert (found["state"], found["answers"]) == ("none", [])
    assert found["missing"] == ["xylophone", "zyzzyva"]


def test_a_force_that_is_not_held_is_named(terminal: Terminal) -> None:
    code, out, _ = terminal("ask", "What grade did Kent get for investigating crime?")
    assert code == 1
    assert out.startswith("Not in these documents.\n")
    assert "Kent" in out


def test_a_list_is_given_whole_unless_it_is_limited(terminal: Terminal) -> None:
    found = terminal.json("ask", LIST)
    assert (found["total"], len(found["answers"])) == (10, 10)
    assert {answer["kind"] for answer in found["answers"]} == {"area-for-improvement"}
    _, out, _ = terminal("ask", LIST, "--limit", "2")
    assert out.startswith("Answer · 10 found\n")
    assert out.endswith("\n2 of 10 shown; --limit 10 shows all.\n")
    assert out.count("peelsearch show") == 2
    # What is all of it is not said twice, nor marked.
    assert out.count("reduce the abandonment rate and wait times") == 1


def test_filters_limit_the_answers(terminal: Terminal) -> None:
    found = terminal.json("ask", LIST, "--theme", "responding")
    assert found["total"] == 4
    assert {answer["theme"] for answer in found["answers"]} == {"responding"}
    letter = terminal.json("ask", "Who signed the letter?", "--doc-type", "letter")
    assert letter["filters"]["type"] == ["commissioner-letter"]


@pytest.mark.parametrize(
    ("question", "name", "option", "value"),
    [
        (LIST, "kind", "--kind", "main-finding"),
        (GRADE, "theme", "--theme", "vulnerable-people"),
        ("Who signed the letter?", "kind", "--kind", "area-for-improvement"),
        ("When is recommendation 2 due?", "kind", "--kind", "main-finding"),
    ],
)
def test_nothing_is_quoted_from_outside_the_filters(
    terminal: Terminal, question: str, name: str, option: str, value: str
) -> None:
    code, _, _ = terminal("ask", question, option, value)
    found = terminal.json("ask", question, option, value, code=code)
    assert found["filters"][name] == [value]
    assert {answer[name] for answer in found["answers"]} <= {value}


def test_context_sets_the_quotation_off(terminal: Terminal) -> None:
    question = ("ask", "How many stop and search records were reviewed?", "--limit", "1")
    _, short, _ = terminal(*question)
    _, long, _ = terminal(*question, "--context")
    found = terminal.json(*question)["answers"][0]
    assert set(short.splitlines()) <= set(long.splitlines())
    added = [line.strip() for line in long.splitlines() if line not in short.splitlines()]
    before, after = found["context"]["text"].split(found["quote"])
    assert added == [text for text in (readable(before), readable(after)) if text]
    assert added


def test_ask_as_csv_and_markdown(terminal: Terminal) -> None:
    _, out, _ = terminal("ask", LIST, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 10
    assert {(row["state"], row["kind"]) for row in rows} == {("answer", "area-for-improvement")}
    for row in rows:
        text = (SEEDS / "001_e142b4b2e42d0060.txt").read_text("utf-8")
        assert row["quote"] == text[int(row["start"]) : int(row["end"])]
    code, out, _ = terminal("ask", NOWHERE, "--format", "csv")
    assert (code, out.count("\n")) == (1, 1)
    _, out, _ = terminal("ask", GRADE, "--format", "markdown")
    assert out.startswith("**Answer")
    quote = "> Bedfordshire Police **requires improvement** at investigating crime."
    assert f"1. {quote}\n" in out
    code, out, _ = terminal("ask", CLOSEST, "--format", "markdown", "--context")
    assert code == 1
    assert out.count("**") == 2
    assert out.count("> ") >= 3


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["ask"], "The question is empty", "Ask, for example"),
        (["ask", " \t "], "The question is empty", "Ask, for example"),
        (["ask", "?!"], 'no word in "?!"', "Ask, for example"),
        (["ask", "How many " + "calls " * 10_000], "60,009 characters", "one sentence"),
        (["ask", *["why"] * 200], "200 words", "one sentence"),
        (["ask", "a?", "--force", "Bedfordshre"], "No force", "bedfordshire"),
        (["ask", "a?", "--limit", "0"], "--limit", "--help"),
        (["ask", "a?", "--limit", "1001"], "--limit", "--help"),
        (["ask", "a?", "--contxt"], "No such option", "--help"),
        (["ask", "a?", "--index", "nowhere"], "nowhere", "peelsearch index"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_what_cannot_be_asked_is_one_message(
    terminal: Terminal, arguments: list[str], message: str, hint: str
) -> None:
    code, out, err = terminal(*arguments)
    assert code == 2
    assert not out
    assert err.startswith("Error: ")
    assert message in err
    assert hint in err
    assert "Traceback" not in err
    assert len(err) < 400
    assert set(terminal.json(*arguments, code=2)) == {"error", "hint"}


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Anrufe wurden nicht beantwortet?",
        "放棄された電話は何件ですか？",
        "ما هي نسبة المكالمات؟",
        "<script>alert('xylophone')</script> <b>zyzzyva</b>?",
        "xylophone\x00\x07 \x1b[31mzyzzyva\x1b[0m\x7f\x9b?",
        "\ud800 xylophone",
        "=HYPERLINK(xylophone)",
        'why -Emerald ("*~ OR force:nowhere',
    ],
)
def test_odd_questions_get_a_plain_reply(terminal: Terminal, question: str) -> None:
    for output in ("text", "json", "csv", "markdown"):
        code, out, err = terminal("ask", question, "--format", output)
        assert code in (0, 1), err
        assert out
        assert not err
        # JSON gives the question as it was typed, with its own escapes.
        controls = "\x00-\x09\x0b-\x1f" if output == "json" else "\x00-\x09\x0b-\x1f\x7f-\x9f"
        assert not re.search(f"[{controls}]", out)


def test_colour_changes_no_word(corpus: Corpus, vocabulary: Vocabulary) -> None:
    """What colour marks in a few words of a quotation stands above it too."""
    found: Answers = ask(corpus, vocabulary, GRADE)
    plain = answers_text(found, Style(), vocabulary)
    coloured = answers_text(found, Style(colour=True), vocabulary)
    assert CODES.sub("", coloured) == plain
    assert "\x1b[1;33mrequires improvement\x1b[0m" in coloured
    wrapped = answers_text(found, Style(width=60), vocabulary)
    assert wrapped.replace(">", "").split() == plain.replace(">", "").split()
    assert max(map(len, wrapped.splitlines())) <= 60
