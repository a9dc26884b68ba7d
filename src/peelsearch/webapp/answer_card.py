"""What the documents say to a question, as a card above the hits."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from peelsearch.answers.asking import ask
from peelsearch.corpus import Corpus
from peelsearch.errors import InputError
from peelsearch.model import Answer, Answers, State
from peelsearch.render import words
from peelsearch.render.quotations import headings, telling
from peelsearch.search import SearchOptions
from peelsearch.snippets import display
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import QUOTE, Paths
from peelsearch.webapp.pieces import Pieces
from peelsearch.webapp.questions import looks_like_question
from peelsearch.webapp.state import SearchState

# Quotations that stand open: the best sentence, or the beginning of a list.
SHOWN = 1
LISTED = 3
# A longer list is for the command line and the API.
MOST = 20
TITLES = {
    State.ANSWER: "Answer",
    State.CLOSEST: "The documents do not answer this; the closest passage:",
    State.NONE: "Not in these documents.",
}


@dataclass(frozen=True, slots=True)
class QuotationView:
    """A quotation. ``heading`` links to it in the document; ``trail`` are the headings above."""

    rank: int
    quote: Pieces
    speaker: str
    source: str
    details: tuple[str, ...]
    trail: tuple[str, ...]
    heading: str
    href: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A card. ``explained`` says why, a sentence each; ``fold`` what ``folded`` are.

    ``rest`` says that there are more than a card has, empty where it has all.
    """

    state: str
    title: str
    explained: tuple[str, ...]
    shown: tuple[QuotationView, ...]
    fold: str
    folded: tuple[QuotationView, ...]
    rest: str


def answer_card(
    corpus: Corpus, vocabulary: Vocabulary, state: SearchState, chosen: SearchOptions, paths: Paths
) -> CardView | None:
    """The card above the first page of a question's hits, under the filters that are chosen.

    None for other queries, for questions that cannot be read, and within one document.
    """
    if chosen.page > 1 or chosen.document or not looks_like_question(state.q):
        return None
    try:
        found = ask(
            corpus,
            vocabulary,
            state.q,
            filters=chosen.filters,
            since=chosen.since,
            until=chosen.until,
        )
    except InputError:
        return None
    return card_view(found, state, vocabulary, paths)


def card_view(found: Answers, state: SearchState, vocabulary: Vocabulary, paths: Paths) -> CardView:
    """A card in words and links. What is only close is one quotation with nothing marked."""
    answered = found.state is State.ANSWER
    most = MOST if answered else 1
    quotations = tuple(
        _quotation(telling(answer, found.state), state, vocabulary, paths)
        for answer in found.answers[:most]
    )
    listed = found.total is not None
    open_ = LISTED if listed else SHOWN
    folded = quotations[open_:]
    rest = answered and listed and (found.total or 0) > len(quotations)
    return CardView(
        state=found.state.value,
        title=TITLES[found.state],
        explained=tuple(words.explained(found, vocabulary)),
        shown=quotations[:open_],
        fold=words.count(len(folded), "more quotation") if folded else "",
        folded=folded,
        rest=f"The first {len(quotations)} of {found.total:,} are shown." if rest else "",
    )


def _quotation(
    answer: Answer, state: SearchState, vocabulary: Vocabulary, paths: Paths
) -> QuotationView:
    document, passage = answer.document, answer.passage
    start, end = answer.start - passage.start, answer.end - passage.start
    query = urlencode({"q": state.q, QUOTE: f"{passage.id}:{start}-{end}"})
    *trail, heading = headings(answer) or (document.title,)
    return QuotationView(
        rank=answer.rank,
        quote=display(answer.quote, [answer.span] if answer.span else []),
        speaker=words.speaker(answer),
        source=document.title,
        details=words.answer_details(answer, vocabulary),
        trail=tuple(trail),
        heading=heading,
        href=f"{paths.document(document.id)}?{query}#{passage.id}",
    )
