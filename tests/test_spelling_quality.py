"""Suggestions do not get worse: the floor in quality_floors.json, measured on random slips."""

from __future__ import annotations

import random

from peelsearch.corpus import Corpus
from peelsearch.search import SearchOptions, search
from peelsearch.vocabulary import Vocabulary
from tools.quality.floors import read_floors

DRAWS = 2_400
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def test_spelling_suggests_the_word_that_was_meant(corpus: Corpus, vocabulary: Vocabulary) -> None:
    """One random edit in a random word: how often the suggestion is that word.

    Words are drawn evenly from those of the documents, not by how often they stand there, so that
    rare names count as much as "police". What an edit turns into another word of the documents is
    no misspelling and is drawn again; what still finds the word's passages by its stem is kept.
    """
    draw = random.Random(20)  # noqa: S311 - the same draws each time
    known = {w for letter in LETTERS for w in corpus.reader.words_with_prefix(letter, 100_000)}
    words = sorted(w for w in known if len(w) >= 4 and w.isascii() and w.isalpha())
    right = drawn = 0
    while drawn < DRAWS:
        word = draw.choice(words)
        typed = misspelled(word, draw)
        if typed in known:
            continue
        drawn += 1
        right += search(corpus, vocabulary, typed, SearchOptions(limit=1)).suggestion == word
    figure = right / drawn
    print(f"spelling: first suggestion right {figure:.4f} of {drawn}")  # noqa: T201
    assert figure >= read_floors()["spelling"]["first suggestion right after one edit"]


def misspelled(word: str, draw: random.Random) -> str:
    """The word with one letter put in, left out, replaced, or swapped with the next."""
    edit = draw.choice(("insert", "delete", "replace", "swap"))
    letter = draw.choice(LETTERS)
    at = draw.randrange(len(word) + (edit == "insert") - (edit == "swap"))
    before, rest = word[:at], word[at:]
    if edit == "insert":
        return before + letter + rest
    if edit == "delete":
        return before + rest[1:]
    if edit == "replace":
        return before + letter + rest[1:]
    return before + rest[1] + rest[0] + rest[2:]
