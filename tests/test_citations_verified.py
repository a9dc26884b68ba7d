"""Checking papers: what holds, moved, changed or is not found, and no false "holds"."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citation_samples import FORMATS, SEEDS
from commands import Terminal
from peelsearch.citations.verifying import Verifier, verify
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError
from peelsearch.indexing import build
from peelsearch.model import Passage
from peelsearch.model.citations import Checked, Claim, ClaimKind, PieceKind, Standing, Where
from peelsearch.render.style import Style
from peelsearch.render.verification import verification_text, where_words
from peelsearch.vocabulary import Vocabulary

MOVING = "The panel meets every month and reads forty records of searches chosen by chance."
STAYING = "Response officers told us that they wait too long for a vehicle at weekends."
EDITED = "The force answered 82 percent of its emergency calls within ten seconds in 2023."
GONE = "Custody sergeants had not been trained in the new form for detained children."

REPORT = """# PEEL 2023–25: An inspection of Kent Police

# Responding to the public

Good

## Main findings

### The force answers emergency calls in time

{edited}

### The force looks at what it does

{staying}{here}

# Preventing crime

Good

## Main findings

### The panel looks at searches

The force has a panel of residents.{there}
"""
REMOVED = f"""# Custody in Kent

## What we found

{GONE}
"""


def quotation(text: str, cited: tuple[str, ...] = ()) -> Claim:
    return Claim(ClaimKind.QUOTATION, Where(line=1), text, cited)


def report(*, moved: bool) -> str:
    return REPORT.format(
        edited=EDITED,
        staying=STAYING,
        here="" if moved else f"\n\n{MOVING}",
        there=f"\n\n{MOVING}" if moved else "",
    )


@pytest.fixture(scope="module")
def changed_corpus(
    tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary
) -> tuple[Corpus, list[tuple[str, str]]]:
    """A corpus whose documents were changed, and what a paper quoted from it before.

    The four quotations: one that holds, one that was edited, one whose sentence moved to another
    section, one whose document was removed; each with the id that it was cited by.
    """
    folder = tmp_path_factory.mktemp("changed")
    files = folder / "files"
    files.mkdir()
    (files / "kent.md").write_text(report(moved=False), "utf-8")
    (files / "custody.md").write_text(REMOVED, "utf-8")
    build([files], index=folder / "index", vocabulary=vocabulary)
    before = open_corpus(folder / "index")
    cited = {
        text: passage.id
        for document in before.documents
        for passage in before.reader.passages(document)
        for text in (STAYING, EDITED, MOVING, GONE)
        if text in passage.text
    }
    (files / "kent.md").write_text(report(moved=True), "utf-8")
    (files / "custody.md").unlink()
    build([files], index=folder / "index", vocabulary=vocabulary)
    after = open_corpus(folder / "index")
    # The section that lost a sentence has another id now; a paper that quotes it anew names that.
    cited[STAYING] = next(
        passage.id
        for document in after.documents
        for passage in after.reader.passages(document)
        if STAYING in passage.text
    )
    lines = [
        (f"Officers wait: “{STAYING}”", cited[STAYING]),
        (f"It is quick: “{EDITED.replace('82', '92')}”", cited[EDITED]),
        (f'It is watched: "{MOVING.removesuffix(".")}".', cited[MOVING]),
        (f"It is untrained: ‘{GONE}’", cited[GONE]),
    ]
    return after, lines


EXPECTED = [Standing.HOLDS, Standing.CHANGED, Standing.MOVED, Standing.NOT_FOUND]
PLACES = {
    "markdown": ["line 3", "line 4", "line 5", "line 6"],
    "csv": [f"row {n}, cell 1 (point), line {n}" for n in (2, 3, 4, 5)],
    "docx": [f"table 1, row {n}, cell 1" for n in (1, 2, 3, 4)],
    "html": ["line 3", "line 4", "line 5", "line 6"],
}


@pytest.mark.parametrize("name", FORMATS)
def test_each_is_named_rightly_in_each_format(
    name: str,
    changed_corpus: tuple[Corpus, list[tuple[str, str]]],
    vocabulary: Vocabulary,
    tmp_path: Path,
) -> None:
    corpus, lines = changed_corpus
    found = verify(corpus, vocabulary, FORMATS[name](tmp_path, lines))
    assert found.format == name
    assert not found.holds
    quoted = [one for one in found.checked if one.claim.kind is ClaimKind.QUOTATION]
    assert [one.standing for one in quoted] == EXPECTED
    assert [one.claim.cited for one in quoted] == [(identifier,) for _, identifier in lines]
    assert [where_words(one.claim.where) for one in quoted] == PLACES[name]
    held, changed, moved, gone = quoted
    assert held.held[0].place.said.quote == STAYING.removesuffix(".")
    differing = [piece for piece in changed.held[0].pieces if piece.kind is not PieceKind.SAME]
    assert [(piece.said, piece.stands) for piece in differing] == [("92", "82")]
    assert moved.held[0].place.headings[-1] == "The panel looks at searches"
    assert (gone.held, len(gone.notes)) == ((), 1)
    assert "is not in this corpus" in gone.notes[0]
    named = [one for one in found.checked if one.claim.kind is ClaimKind.CITATION]
    assert [(one.claim.text, one.standing) for one in named] == [
        (lines[0][1], Standing.HOLDS),
        (lines[1][1], Standing.HOLDS),
        (lines[2][1], Standing.NOT_FOUND),
        (lines[3][1], Standing.NOT_FOUND),
    ]
    for one in found.checked:
        for place in one.held:
            said = place.place.said
            text = corpus.structure(place.place.document.id).text
            assert text[said.start : said.end] == said.quote


# --- no false "holds" -------------------------------------------------------------------------

NEGATIONS = ("not", "never", "n't", "no", "without")


def sentences(corpus: Corpus) -> list[tuple[Passage, list[str]]]:
    """Runs of 6 to 30 words in the passages of the seeds, a link or a bullet in none of them."""
    found = []
    for document in corpus.documents:
        for passage in corpus.reader.passages(document):
            for part in re.split(r"(?<=[.!?])\s+|\n", passage.text):
                listed = part.strip().strip("\"'“”‘’").split()
                if 6 <= len(listed) <= 30 and not re.search(r"[\[\]()\"“”]|^\W", part.strip()):
                    found.append((passage, listed))
    return found


def changed_word(listed: list[str], at: int, random: random.Random) -> list[str]:
    other = random.choice(["force", "officers", "some", "improve", "was", "their", "2019"])
    return [*listed[:at], other, *listed[at + 1 :]]


def dropped_word(listed: list[str], at: int, random: random.Random) -> list[str]:  # noqa: ARG001
    return [*listed[:at], *listed[at + 1 :]]


def added_word(listed: list[str], at: int, random: random.Random) -> list[str]:
    return [*listed[:at], random.choice(["very", "not", "of", "the", "always"]), *listed[at:]]


def swapped_words(listed: list[str], at: int, random: random.Random) -> list[str]:  # noqa: ARG001
    return [*listed[:at], listed[at + 1], listed[at], *listed[at + 2 :]]


def changed_number(listed: list[str], at: int, random: random.Random) -> list[str]:
    numbered = [n for n, word in enumerate(listed) if re.search(r"\d", word)]
    if not numbered:
        return changed_word(listed, at, random)
    place = random.choice(numbered)
    digit = re.search(r"\d", listed[place])
    assert digit
    other = str((int(digit.group()) + random.randint(1, 9)) % 10)
    word = listed[place][: digit.start()] + other + listed[place][digit.end() :]
    return [*listed[:place], word, *listed[place + 1 :]]


def changed_negation(listed: list[str], at: int, random: random.Random) -> list[str]:  # noqa: ARG001
    for place, word in enumerate(listed[1:-1], start=1):
        if word in NEGATIONS:
            return [*listed[:place], *listed[place + 1 :]]
        if word.endswith(("n't", "n’t")):
            return [*listed[:place], word[:-3], *listed[place + 1 :]]
    return [*listed[:at], "not", *listed[at:]]


EDITS: Sequence[Callable[[list[str], int, random.Random], list[str]]] = (
    changed_word,
    dropped_word,
    added_word,
    swapped_words,
    changed_number,
    changed_negation,
)


def plain(text: str) -> str:
    """The text as the oracle of these tests compares it: white space and marks folded."""
    folded = text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("—", "-")
    return " ".join(re.sub(r"[\"“”]", "", folded).split())


@pytest.fixture(scope="module")
def everything() -> str:
    return plain("\n".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))))


def edited(
    corpus: Corpus, everything: str, seed: int, number: int
) -> Iterator[tuple[Passage, str]]:
    """Randomly edited quotations that stand in no document."""
    chance = random.Random(seed)  # noqa: S311 - a test
    listed = sentences(corpus)
    assert len(listed) > 200
    made = 0
    while made < number:
        passage, words = chance.choice(listed)
        # An edit of the first or last word can leave a shorter quotation that is right.
        at = chance.randint(1, len(words) - 3)
        text = " ".join(EDITS[made % len(EDITS)](words, at, chance))
        if plain(text).rstrip(".,;:") not in everything:
            made += 1
            yield passage, text


def test_no_edited_quotation_holds(corpus: Corpus, everything: str) -> None:
    verifier = Verifier(corpus)
    standings: list[Standing] = []
    for number, (passage, text) in enumerate(edited(corpus, everything, 7, 400)):
        cited = (passage.id,) if number % 2 else ()
        found = verifier.quotation(quotation(text, cited))
        assert found.standing not in (Standing.HOLDS, Standing.MOVED), text
        standings.append(found.standing)
        if found.standing is Standing.CHANGED:
            check_difference(found, corpus)
    # One edit leaves most of the words: they are found, and the difference is shown.
    assert standings.count(Standing.CHANGED) >= 0.95 * len(standings)


def check_difference(found: Checked, corpus: Corpus) -> None:
    """The pieces are the words of both sides, in order and complete."""
    for held in found.held:
        said = held.place.said
        assert corpus.structure(held.place.document.id).text[said.start : said.end] == said.quote
        for side, whole in (("said", found.claim.text), ("stands", said.quote)):
            pieces = " ".join(getattr(piece, side) for piece in held.pieces)
            assert re.findall(r"\w+", pieces) == re.findall(r"\w+", whole)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(min_value=0))
def test_no_edit_holds(seed: int, corpus: Corpus, everything: str) -> None:
    verifier = Verifier(corpus)
    for passage, text in edited(corpus, everything, seed, len(EDITS)):
        for cited in ((), (passage.id,), (passage.document,)):
            assert verifier.quotation(quotation(text, cited)).standing is not Standing.HOLDS


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_stands_holds_however_it_is_set(data: st.DataObject, corpus: Corpus) -> None:
    """White space, quotation marks, dashes, soft hyphens and ligatures tell nothing apart."""
    passage, words = data.draw(st.sampled_from(sentences(corpus)))
    text = data.draw(st.sampled_from([" ", "\n", " \u00a0 "])).join(words)
    for old, new in (
        ("'", "’"),
        ("fi", "\ufb01"),
        ("ff", "\ufb00"),
        ("–", "—"),
        ("-", "\u2011"),
        ("tion", "\u00adtion"),
    ):
        if data.draw(st.booleans()):
            text = text.replace(old, new)
    for cited in ((), (passage.id,), (passage.document,)):
        assert Verifier(corpus).quotation(quotation(text, cited)).standing is Standing.HOLDS, text


# --- what quotations say of themselves --------------------------------------------------------

SAID = {
    "the release": (
        "has failed to implement recommendations from HMIC's 2014 integrity and corruption report",
        Standing.HOLDS,
        [],
    ),
    "an omission": (
        "failed to take action on some of the … recommendations made in 2014",
        Standing.HOLDS,
        [("HMIC Police Integrity and Corruption", "")],
    ),
    "an omission in brackets": (
        "failed to take action on some of the [...] recommendations made in 2014",
        Standing.HOLDS,
        [("HMIC Police Integrity and Corruption", "")],
    ),
    "an insertion": (
        "It took the collapse of a court case to prompt [Bedfordshire Police] and its alliance",
        Standing.HOLDS,
        [("the force", "[Bedfordshire Police]")],
    ),
    "a capital": (
        "[T]reating people fairly and respectfully is understood by most officers and staff",
        Standing.HOLDS,
        [],
    ),
    "an addition": (
        "It took the collapse of a court case [sic] to prompt the force",
        Standing.HOLDS,
        [("", "[sic]")],
    ),
    "words in the wrong order": (
        "recommendations made in 2014 … had failed to take action on some",
        Standing.CHANGED,
        [],
    ),
    "dots for anything": ("the … force … has … a … of … to", Standing.NOT_FOUND, []),
    "other words": ("not a word of this stands there at all", Standing.NOT_FOUND, []),
}


@pytest.mark.parametrize(("text", "standing", "omissions"), SAID.values(), ids=SAID)
def test_omissions_are_said(
    text: str, standing: Standing, omissions: list[tuple[str, str]], corpus: Corpus
) -> None:
    found = Verifier(corpus).quotation(quotation(text))
    assert found.standing is standing
    if standing is Standing.HOLDS:
        held = found.held[0]
        assert [(one.left_out, one.inserted) for one in held.omissions] == omissions


def test_what_a_near_quotation_dropped_is_shown(corpus: Corpus) -> None:
    """The press release says that recommendations were not implemented, its inspector: some."""
    found = Verifier(corpus).quotation(
        quotation("had failed to take action on the HMIC Police Integrity recommendations")
    )
    assert found.standing is Standing.CHANGED
    held = found.held[0]
    assert held.speaker == "HM Inspector of Constabulary Zoë Billingham"
    dropped = [piece.stands for piece in held.pieces if piece.kind is PieceKind.DROPPED]
    assert dropped == ["some of", "and Corruption"]


def test_both_of_two_near_wordings_are_shown(corpus: Corpus) -> None:
    found = Verifier(corpus).quotation(
        quotation("had failed to implement recommendations made in 2014")
    )
    assert found.standing is Standing.CHANGED
    inspector, release = found.held
    assert "take action on some of the HMIC" in inspector.place.said.quote
    assert "failed to implement recommendations from HMIC's" in release.place.said.quote
    assert (inspector.speaker, release.speaker) == (
        "HM Inspector of Constabulary Zoë Billingham",
        "the inspectorate",
    )


def test_a_denial_cannot_be_left_out_of_a_sentence(corpus: Corpus) -> None:
    text = "the importance of identifying circumstances … has … been well communicated to officers"
    found = Verifier(corpus).quotation(quotation(text))
    assert found.standing is Standing.CHANGED
    assert [one.negation for one in found.held[0].omissions] == [False, True]
    assert any("denies" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("fairly and respectfully is [not] understood by most officers", Standing.CHANGED),
        ("has [never] been well communicated to officers", Standing.HOLDS),
        ("has [always] been well communicated to officers", Standing.CHANGED),
    ],
)
def test_a_denial_cannot_be_put_in(text: str, standing: Standing, corpus: Corpus) -> None:
    assert Verifier(corpus).quotation(quotation(text)).standing is standing


def test_whole_sentences_can_be_left_out(corpus: Corpus) -> None:
    text = (
        "We found that the workforce is aware of the seriousness of abuse … This needs to improve"
    )
    found = Verifier(corpus).quotation(quotation(text))
    assert found.standing is Standing.HOLDS
    assert "has not been well communicated" in found.held[0].omissions[0].left_out


def test_capitals_are_a_difference(corpus: Corpus) -> None:
    text = "We found that treating people Fairly and respectfully is understood by most officers"
    found = Verifier(corpus).quotation(quotation(text))
    shouted = Verifier(corpus).quotation(quotation(text.upper()))
    assert (found.standing, shouted.standing) == (Standing.CHANGED, Standing.CHANGED)
    differing = [p for p in found.held[0].pieces if p.kind is not PieceKind.SAME]
    assert [(piece.said, piece.stands) for piece in differing] == [("Fairly", "fairly")]
    assert shouted.held[0].place.said.quote == text.replace("F", "f")


def test_words_across_two_passages_hold(corpus: Corpus) -> None:
    document = next(name for name in corpus.documents if name.startswith("001"))
    text = corpus.structure(document).text
    one, other = corpus.reader.passages(document)[20:22]
    said = text[one.end - 80 : other.start + 80]
    said = said.partition(" ")[2].rpartition(" ")[0]
    for cited in ((), (one.id,), (document,)):
        found = Verifier(corpus).quotation(quotation(said, cited))
        assert found.standing is Standing.HOLDS
        assert found.held[0].place.said.passage == one.id
    assert Verifier(corpus).quotation(quotation(said, (other.id,))).standing is Standing.MOVED


def test_a_renamed_file_moves_its_ids(vocabulary: Vocabulary, tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "files")
    build([tmp_path / "files"], index=tmp_path / "index", vocabulary=vocabulary)
    before = open_corpus(tmp_path / "index")
    old = next(name for name in before.documents if name.startswith("003"))
    passage = before.reader.passages(old)[0]
    (tmp_path / "files" / "003_a37952609bf572f0.txt").rename(tmp_path / "files" / "release.txt")
    build([tmp_path / "files"], index=tmp_path / "index", vocabulary=vocabulary)
    corpus = open_corpus(tmp_path / "index")
    found = Verifier(corpus).claim(Claim(ClaimKind.CITATION, Where(line=1), passage.id))
    assert found.standing is Standing.MOVED
    assert found.held[0].place.document.id.startswith("release-")
    assert found.held[0].place.said.quote == passage.text


# --- the command ------------------------------------------------------------------------------


def test_the_command_says_whether_all_hold(terminal: Terminal, tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("It “has prioritised wellbeing, and provides some good support”.\n", "utf-8")
    code, out, _ = terminal("cite", "--verify", str(paper))
    assert code == 0
    assert "1 claim: 1 holds" in out
    paper.write_text("It “has prioritised wellbeing, and provides good support”.\n", "utf-8")
    code, out, _ = terminal("cite", "--verify", str(paper))
    assert code == 1
    assert "{+some+}" in out
    found = terminal.json("cite", "--verify", str(paper), code=1)
    assert found["counts"] == {"holds": 0, "moved": 0, "changed": 1, "not-found": 0}
    assert found["checked"][0]["where"]["line"] == 1


def test_a_paper_without_quotations_holds(terminal: Terminal, tmp_path: Path) -> None:
    paper = tmp_path / "paper.md"
    paper.write_text("Nothing is “quoted” here, no-12345678.\n", "utf-8")
    code, out, _ = terminal("cite", "--verify", str(paper))
    assert (code, out.startswith("There is no quotation")) == (0, True)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"PK\x03\x04broken", b"\x00\x01\x02" * 99])
def test_a_file_that_cannot_be_checked_is_named(
    data: bytes, corpus: Corpus, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    paper = tmp_path / "paper.docx"
    paper.write_bytes(data)
    with pytest.raises(InputError, match=r"paper\.docx cannot be checked"):
        verify(corpus, vocabulary, paper)


def test_the_seeds_quote_themselves(corpus: Corpus, vocabulary: Vocabulary) -> None:
    """What the release says in quotation marks stands in the release."""
    found = verify(corpus, vocabulary, SEEDS / "003_a37952609bf572f0.txt")
    assert len(found.checked) >= 5
    assert {one.standing for one in found.checked} == {Standing.HOLDS}
    text = verification_text(found, Style(width=80))
    assert max(map(len, text.splitlines())) <= 120


def test_tables_within_tables_of_word_files_are_checked(corpus: Corpus, tmp_path: Path) -> None:
    """They count as a part of the outer cell."""
    document = docx.Document()
    document.add_paragraph("It said that it “has prioritised wellbeing, and provides some good”.")
    outer = document.add_table(rows=1, cols=2)
    inner = outer.cell(0, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "“has a good understanding of the importance of treating the people”"
    path = tmp_path / "paper.docx"
    document.save(str(path))
    found = verify(corpus, corpus.vocabulary, path)
    assert [(where_words(one.claim.where), one.standing) for one in found.checked] == [
        ("paragraph 1", Standing.HOLDS),
        ("table 1, row 1, cell 2", Standing.HOLDS),
    ]
