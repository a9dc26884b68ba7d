"""The page before anything is searched: what is indexed, and how to ask."""

from __future__ import annotations

from dataclasses import dataclass

from peelsearch.corpus import Corpus
from peelsearch.model import Sort
from peelsearch.render import words
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths
from peelsearch.webapp.state import SearchState

EXAMPLES: tuple[tuple[str, str], ...] = (
    ("stop and search", "passages with the phrase first"),
    (
        "What proportion of the budget was spent on community policing?",
        "a question, answered with a quotation",
    ),
    ('"digital triage vans"', "exactly these words together"),
    ("kind:recommendation", "every recommendation"),
    ("domestic abuse -Emerald", "without a word"),
)
LANGUAGE: tuple[tuple[str, str], ...] = (
    ("use of force", "All of the words; passages that hold them as a phrase come first."),
    ('"use of force"', "Exactly this phrase."),
    ("vulnerable -children", "Without a word."),
    ("burglary OR robbery", "One word or the other."),
    ("investig*", "Words that begin like this."),
    ("Billingam~", "Words spelled nearly like this."),
    (
        "What does MASH stand for?",
        "A question: the sentence that answers it stands above the passages.",
    ),
    ("grade:inadequate", "A filter: force, theme, grade, kind, type, year, round or mentions."),
)
"""What can be typed, and what it means: the short help."""
# A page of more documents would weigh more than a page of results.
LISTED = 30
_ALL = SearchState(group="document", sort=Sort.DATE.value)


@dataclass(frozen=True, slots=True)
class Example:
    """A query to try."""

    query: str
    href: str
    meaning: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An indexed document in the list of them; ``noun`` is what its passages are called."""

    title: str
    href: str
    type: str
    date: str
    passages: int
    noun: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """What is indexed, the newest documents first, and what to try.

    ``rest`` links to the list of all documents, empty where all are here.
    """

    summary: str
    documents: tuple[DocumentRow, ...]
    rest: str
    examples: tuple[Example, ...]
    language: tuple[tuple[str, str], ...]


def home_view(corpus: Corpus, vocabulary: Vocabulary, paths: Paths) -> HomeView:
    """The start page of one commit of the index."""
    documents = sorted(corpus.documents.values(), key=lambda found: found.title.casefold())
    passages = {indexed.document.id: indexed.passages for indexed in corpus.manifest.documents}
    documents.sort(key=lambda found: found.date or "", reverse=True)
    return HomeView(
        summary=(
            f"{words.count(len(documents), 'document')}, "
            f"{words.count(corpus.reader.passage_count, 'passage')}"
        ),
        documents=tuple(
            DocumentRow(
                title=document.title,
                href=paths.document(document.id),
                type=vocabulary.label("type", document.type),
                date=words.date(document.date) or "Not stated",
                passages=passages[document.id],
                noun="passage" if passages[document.id] == 1 else "passages",
            )
            for document in documents[:LISTED]
        ),
        rest=_ALL.href(paths.search) if len(documents) > LISTED else "",
        examples=tuple(
            Example(query, SearchState(q=query).href(paths.search), meaning)
            for query, meaning in EXAMPLES
        ),
        language=LANGUAGE,
    )
