"""Citing a passage: its words exactly, who says them, and what leads to them."""

from __future__ import annotations

import hashlib
import re

import pytest

from citation_samples import SEEDS
from commands import Terminal
from letter_samples import LETTER as LETTER_TEXT
from letter_samples import NATIONAL, SECOND, made
from peelsearch.citations import cite
from peelsearch.corpus import Corpus
from peelsearch.errors import DocumentNotFoundError, InputError
from peelsearch.extracts import ExtractMemory
from peelsearch.model import NOT_STATED, Phrase, Request, Source
from peelsearch.register import RegisterOptions, register
from peelsearch.vocabulary import Vocabulary

RELEASE = "003_a37952609bf572f0.txt"
LETTER = "000_401df79f5bc0650f.txt"
REPORT = "001_e142b4b2e42d0060.txt"


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Corpus:
    """A national report and two letters that quote it."""
    files = {"report.txt": NATIONAL, "a.txt": LETTER_TEXT, "b.txt": SECOND}
    return made(tmp_path_factory.mktemp("letters"), files, vocabulary)


def passage_with(corpus: Corpus, *words: str) -> str:
    """The id of the passage that holds folded words one after the other."""
    found = corpus.reader.search(Request(match=Phrase(words))).matches
    return found[0].passage.id


def test_every_passage_is_cited_as_it_stands(corpus: Corpus, vocabulary: Vocabulary) -> None:
    digests = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")
    }
    for document in corpus.documents:
        text = corpus.structure(document).text
        for passage in corpus.reader.passages(document)[::7]:
            found = cite(corpus, vocabulary, passage.id)
            said = found.place.said
            assert text[said.start : said.end] == said.quote == passage.text.strip()
            assert (found.id, said.passage) == (passage.id, passage.id)
            assert (found.place.headings, found.place.page) == (passage.headings, passage.page)
            assert found.digest == digests[found.place.document.path.rpartition("/")[2]]
            assert found.speaker
            assert not found.part


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        (("performance", "frameworks"), "the inspectorate, quoted in a letter by the commissioner"),
        (("full", "comprehensive", "update"), "the commissioner, Festus Akinbusoye"),
        (("community", "policing", "in", "2020"), "the inspectorate"),
    ],
    ids=["quoted in a letter", "the commissioner", "the inspectorate"],
)
def test_who_says_it(
    words: tuple[str, ...], speaker: str, corpus: Corpus, vocabulary: Vocabulary
) -> None:
    assert cite(corpus, vocabulary, passage_with(corpus, *words)).speaker == speaker


def test_a_part_is_said_by_who_says_that_part(corpus: Corpus, vocabulary: Vocabulary) -> None:
    identifier = passage_with(corpus, "failed", "to", "implement", "recommendations")
    release = cite(corpus, vocabulary, identifier, "has failed to\n implement recommendations")
    inspector = cite(
        corpus, vocabulary, identifier, "had failed to take action on some of the HMIC"
    )
    assert release.place.said.quote == "has failed to implement recommendations"
    assert release.speaker == "the inspectorate"
    assert inspector.speaker == "HM Inspector of Constabulary Zoë Billingham"
    assert release.part
    text = corpus.structure(release.place.document.id).text
    for found in (release, inspector):
        said = found.place.said
        assert text[said.start : said.end] == said.quote


def test_a_part_keeps_its_full_stop(corpus: Corpus, vocabulary: Vocabulary) -> None:
    identifier = passage_with(corpus, "this", "needs", "to", "improve")
    found = cite(corpus, vocabulary, identifier, "This needs to improve.")
    assert found.place.said.quote == "This needs to improve."


def test_words_that_do_not_stand_so_are_refused(corpus: Corpus, vocabulary: Vocabulary) -> None:
    identifier = passage_with(corpus, "failed", "to", "implement", "recommendations")
    for words in (
        "has failed to implement the recommendations from HMIC",
        "has failed … recommendations from HMIC's",
        "entirely other words than these",
    ):
        with pytest.raises(InputError, match="do not stand so"):
            cite(corpus, vocabulary, identifier, words)
    with pytest.raises(InputError) as error:
        cite(
            corpus, vocabulary, identifier, "has failed to implement the recommendations from HMIC"
        )
    assert "failed to implement recommendations" in error.value.hint


def test_an_unknown_id_is_refused(corpus: Corpus, vocabulary: Vocabulary) -> None:
    with pytest.raises(DocumentNotFoundError, match="No passage or finding"):
        cite(corpus, vocabulary, "nothing-12345678-12345678")


def test_findings_have_the_reference_of_the_register(
    corpus: Corpus, vocabulary: Vocabulary
) -> None:
    listed = register(corpus, vocabulary, ExtractMemory(), RegisterOptions(as_of="2024-02-01"))
    assert listed.entries
    for entry in listed.entries:
        found = cite(corpus, vocabulary, entry.id)
        assert found.reference == entry.reference
        assert found.kind == entry.kind
        quoted = entry.place.source is Source.QUOTED
        assert ("quoted in a letter" in found.speaker) == quoted


def test_the_report_that_a_letter_quotes_is_named(letters: Corpus, vocabulary: Vocabulary) -> None:
    listed = register(letters, vocabulary, ExtractMemory(), RegisterOptions(as_of="2024-02-01"))
    joined = [entry for entry in listed.entries if entry.also]
    assert joined
    for entry in joined:
        for place in entry.places:
            found = cite(letters, vocabulary, place.said.passage)
            assert found.reference == entry.reference
            assert {other.said.passage for other in found.also} == {
                one.said.passage for one in entry.places
            } - {place.said.passage}


def test_text_markdown_and_bibtex(terminal: Terminal, corpus: Corpus) -> None:
    identifier = passage_with(corpus, "abandonment", "rate", "and", "wait", "times")
    facts = ("PEEL 2021/22 – An inspection of Bedfordshire Police", identifier, REPORT)
    for shape in ("text", "markdown", "bibtex"):
        code, out, _ = terminal("cite", identifier, "--format", shape)
        assert code == 0
        plain = out.replace("\\", "")
        assert all(fact in plain for fact in facts), out
        assert re.search(r"\b[0-9a-f]{64}\b", out)
        assert "101 service that are abandoned" in plain
        assert "](" not in out
    found = terminal.json("cite", identifier)
    assert found["reference"] == "Bedfordshire 2021/22 AFI 1"
    assert found["document"]["id"] in identifier
    assert found["quote"].startswith(found["headings"][-1])
    assert found["digest"] == hashlib.sha256((SEEDS / REPORT).read_bytes()).hexdigest()


def test_bibtex_is_an_entry(terminal: Terminal, corpus: Corpus) -> None:
    for document in corpus.documents:
        for passage in corpus.reader.passages(document)[::5]:
            _, out, _ = terminal("cite", passage.id, "--format", "bibtex")
            assert out.startswith(f"@misc{{{passage.id},\n")
            bare = out.replace("\\{", "").replace("\\}", "")
            assert bare.count("{") == bare.count("}")
            assert not re.search(r"(?<!\\)[#$%&_]", bare)


def test_wrong_uses_are_named(terminal: Terminal, corpus: Corpus) -> None:
    identifier = passage_with(corpus, "community", "policing")
    for arguments in (
        ("cite",),
        ("cite", identifier, "--verify", str(SEEDS / LETTER)),
        ("cite", "--verify", str(SEEDS / LETTER), "--format", "bibtex"),
        ("cite", "--verify", str(SEEDS / LETTER), "--quote", "words"),
        ("cite", "--verify", "missing.md"),
        ("cite", "nothing-12345678-12345678"),
    ):
        code, out, err = terminal(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith("Error: ")


def test_a_citation_can_be_verified(
    terminal: Terminal, corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is printed as Markdown holds, each paragraph with the id under them all."""
    folder = tmp_path_factory.mktemp("papers")
    for document in corpus.documents:
        for number, passage in enumerate(corpus.reader.passages(document)[::6]):
            _, out, _ = terminal("cite", passage.id, "--format", "markdown")
            paper = folder / f"{number}.md"
            paper.write_text(out, "utf-8")
            found = terminal.json("cite", "--verify", str(paper))
            assert found["counts"]["holds"] == len(found["checked"]) > 0
            quoted = [one for one in found["checked"] if one["kind"] == "quotation"]
            assert all(one["cited"][0] == passage.id for one in quoted), out
            assert NOT_STATED not in out
