"""Fixtures of the tests of answers."""

from __future__ import annotations

import pytest
from answer_samples import Ask, asking

from peelsearch.corpus import Corpus
from peelsearch.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def ask_seeds(corpus: Corpus, vocabulary: Vocabulary) -> Ask:
    """Asks the index of the seeds, and checks what must hold of every answer."""
    return asking(corpus, vocabulary)
