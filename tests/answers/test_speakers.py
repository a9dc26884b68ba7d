"""Whose words a quotation holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_samples import Ask, asking, corpus_of, marked

from peelsearch.answers.speakers import Speakers
from peelsearch.corpus import Corpus
from peelsearch.model import Match
from peelsearch.vocabulary import Vocabulary

QUOTED = "the inspectorate, quoted in a letter by the commissioner"
SPEAKERS = {
    # In the release, in the words of the inspector: the first, a middle and the last paragraph.
    "has performed well in this inspection": "HM Inspector of Constabulary Zoë Billingham",
    "We found that treating people fairly": "HM Inspector of Constabulary Zoë Billingham",
    "It took the collapse of a court case": "HM Inspector of Constabulary Zoë Billingham",
    "I will continue to monitor": "HM Inspector of Constabulary Zoë Billingham",
    # Around them.
    "This is the second year running": "the inspectorate",
    "HMIC has also published individual": "the inspectorate",
    # In the letter, quoted and not.
    "The scrutiny panel has challenged": QUOTED,
    "review whether they have effective": QUOTED,
    "Bedfordshire Police have provided a full": "the commissioner, Festus Akinbusoye",
    "I acknowledge that": "the commissioner, Festus Akinbusoye",
    # In the report: observations that are signed, and the rest.
    "I am pleased to see that the force is still": "the inspector, Matt Parr",
    "The public isn't always well served": "the inspector, Matt Parr",
    "The force answers emergency calls quickly. But": "the inspectorate",
}


@pytest.mark.parametrize(("words", "speaker"), SPEAKERS.items())
def test_who_says_it(words: str, speaker: str, corpus: Corpus) -> None:
    (passage,) = [
        passage
        for name in corpus.documents
        for passage in corpus.reader.passages(name)
        if words in passage.text
    ]
    document = corpus.document(passage.document)
    at = passage.text.index(words)
    assert Speakers(corpus).of(Match(passage, 0.0), document, at) == speaker


def test_an_answer_names_its_speaker(ask_seeds: Ask) -> None:
    found = ask_seeds("What did it take to prompt the force and its alliance partners?")
    assert found.answers[0].quote.startswith("It took the collapse of a court case")
    assert found.answers[0].speaker == "HM Inspector of Constabulary Zoë Billingham"


def test_who_speaks_is_marked_by_name(ask_seeds: Ask) -> None:
    found = ask_seeds("Who said the force has performed well in this inspection?")
    assert marked(found.answers[0]) == "Zoë Billingham"


def test_quotations_of_two_speakers(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = (
        "Kent Police judged as good at keeping people safe\n\n"
        "Chief Constable Jane O’Neill said:\n\n"
        "“We bought forty horses.\n\n“They serve in Dover.”\n\n"
        "The stables stand near the harbour of Dover.\n\n"
        "Commissioner Émile Roux added:\n\n“The horses cost £1m.”\n"
    )
    corpus = corpus_of({"release.txt": text}, tmp_path, vocabulary)
    (document,) = corpus.documents.values()
    passages = corpus.reader.passages(document.id)

    def speaker(words: str) -> str:
        (passage,) = [passage for passage in passages if words in passage.text]
        return Speakers(corpus).of(Match(passage, 0.0), document, passage.text.index(words))

    assert speaker("We bought") == speaker("They serve") == "Chief Constable Jane O’Neill"
    assert speaker("The horses cost") == "Commissioner Émile Roux"
    assert speaker("The stables stand") == "the inspectorate"
    found = asking(corpus, vocabulary)("How many horses were bought?")
    assert marked(found.answers[0]) == "forty"
