"""Grades: "What grade did Bedfordshire get for investigating crime?", from the judgments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from peelsearch.analysis import words
from peelsearch.answers.lookups.found import MOST_DOCUMENTS, Asked, Found, content, named_entry
from peelsearch.model import (
    NOT_STATED,
    Answer,
    Document,
    Evidence,
    Filters,
    Judgment,
    JudgmentSource,
    Match,
    QuestionType,
    State,
)
from peelsearch.vocabulary import Entry

_ASKS = re.compile(
    r"\b(?:grade[ds]?|gradings?|judge?ments?|judged|rat(?:ed|ings?)|scored?|verdict|assessed"
    r"|how (?:good|well|effective|effectively|efficient|bad|strong|poor)|outstanding|good|adequate"
    r"|inadequate|requires? improvement|requiring improvement|perform\w*|well|badly|poorly"
    r"|how (?:is|was|did|does|do|has|have)\b.*\b(?:do|did|done|doing|fare|fared|get on|got on)"
    r"|(?:give|gave|given|get|gets|got|award\w*|receive[ds]?)\b.*\bfor)\b",
    re.IGNORECASE,
)
# What is graded best or worst, or not well enough.
_BEST = re.compile(
    r"\b(?:best|strongest|highest|top|excels?|excellent|strengths?)\b", re.IGNORECASE
)
_WORST = re.compile(r"\b(?:worst|weakest|poorest|lowest)\b", re.IGNORECASE)
_NOT_ENOUGH = re.compile(
    r"\b(?:needs?|has|have|must|should|ought) (?:to )?"
    r"(?:improve|do better|be improved|get better)\b"
    r"|\bneeds? improv\w+|\bnot (?:good|doing well|up to)\b|\bfalls? short\b",
    re.IGNORECASE,
)
_UNGRADED = re.compile(
    r"(?:\b(?:not|without|no|never)|n['’]t)\b.{0,20}\b(?:graded?|rated|judged|judge?ment)\b"
    r"|\bungraded\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\b(?:any|anything|something|everything|all)\b", re.IGNORECASE)
_OVERALL = re.compile(r"\boverall\b", re.IGNORECASE)
# The lowest grades, of which a part must improve.
_LOW = 2
# The words of a question about a grade that say nothing of what is graded.
_ASKING = frozenset(
    "grade grades graded grading rate rated rating ratings judge judged judgment judgments"
    " judgement judgements score scored verdict assess assessed good well effective"
    " effectively efficient efficiently bad outstanding adequate inadequate require requires"
    " required requiring improvement perform performs performed performing performance force"
    " forces police receive received given award awarded area areas theme peel inspection"
    " inspectorate hmicfrs hmic overall report nine eight policing compare compared comparison"
    " inspectors give gave get gets got do did doing done best better worst strong strongest weak"
    " weakest poor poorly poorest badly highest lowest top strength strengths excel excels"
    " excellent need needs improve improved must should part parts thing things look looking looked"
    " mark marks verdict anything everything something job think thought fare fared go going"
    " work works working ungraded isn't wasn't aren't weren't don't didn't doesn't high low falls"
    " local authority council service fall short anyone anywhere come came put find found say"
    " said".split()
)
# The share of the question that theme and asking words must make up; else it asks for more.
_ENOUGH = 0.6
# Passages that are looked at to find documents with judgments.
_READ = 20 * MOST_DOCUMENTS
# So many times as many names must hold a question's words as those of the next theme.
_CLEARLY = 2
# A question after all grades, or the best, may hold no more of other words than this.
_NOTHING_ELSE = 0.2
_T = QuestionType
_TYPES = frozenset({_T.GRADE, _T.YES_NO, _T.HOW, _T.BODY, _T.PLACE, _T.LIST, _T.OTHER})
_SCORE = re.compile(r"\b(?:score|mark|rating)\b", re.IGNORECASE)
_LISTED_TYPES = _TYPES | {_T.NUMBER}
_YEARS = re.compile(r"\b(?:20\d\d)(?:\s?[/–-]\s?\d{2,4})?\b")
_AREAS = re.compile(
    r"\b(?:which|what|list|name|how many) (?:\w+ )?(?:areas?|themes?|parts?|things?)\b"
    r"|\b(?:grades|gradings|ratings|judge?ments)\b|^\W*(?:where|what)\b",
    re.IGNORECASE,
)
_STRONGEST = (Evidence.SENTENCE, Evidence.GRADE_LINE, Evidence.TABLE)


def answer(asked: Asked) -> Found | None:
    """The judgments of the theme that the question names, newest document first."""
    text, kind = asked.question.text, asked.question.type
    by_score = kind is _T.NUMBER and _SCORE.search(text)
    if (kind not in _TYPES and not by_score) or not _ASKS.search(text):
        return _with_grade(asked)
    years = [year.group() for year in _YEARS.finditer(text)]
    named = _theme(asked, text, set(words(" ".join(years))))
    if named is None:
        return _with_grade(asked)
    theme, called, rest = named
    rows = _of_years(_judgments(asked, theme.id), years)
    if not rows:
        # What once named a theme can be said of another: "good at operating efficiently".
        rows = _of_years(_so_worded(asked, called), years)
        theme = asked.vocabulary.theme[rows[0][1].theme] if rows else theme
    if not rows:
        return _nothing(asked, theme.label, years)
    answers = tuple(answer for row in rows if (answer := _answer(asked, *row)))
    if not answers:
        return None
    return Found(
        State.ANSWER,
        _said(asked, theme, rows[0][1]),
        answers,
        len(answers),
        _by_theme(theme),
        QuestionType.GRADE,
        in_part=rest > _NOTHING_ELSE / 2,
    )


def _of_years(
    rows: Iterable[tuple[Document, Judgment]], years: Sequence[str]
) -> list[tuple[Document, Judgment]]:
    return [row for row in rows if not years or any(_of_year(row[0], year) for year in years)]


def _so_worded(asked: Asked, called: frozenset[str]) -> Iterator[tuple[Document, Judgment]]:
    """The judgments whose sentence holds these words in any form."""
    wanted = set(map(asked.stem, called))
    for document, judgment in _judgments(asked, None):
        sentences = [s.quote for s in judgment.sources if s.evidence is Evidence.SENTENCE]
        if any(wanted <= content(sentence, asked.stem) for sentence in sentences):
            yield document, judgment


def _theme(asked: Asked, text: str, years: set[str]) -> tuple[Entry, frozenset[str], float] | None:
    """The theme that the question asks for little else of, the words that name it, and what share
    the rest has."""
    themes = asked.vocabulary.theme
    ways: tuple[Callable[[], tuple[Entry, frozenset[str]] | None], ...] = (
        lambda: named_entry(asked, text, themes),
        lambda: named_entry(asked, text, themes, parted=True),
        lambda: named_entry(asked, text, themes, meant=True),
        lambda: _only_theme(asked),
    )
    for way in ways:
        named = way()
        rest = asked.terms.besides(named[1] | _ASKING | years) if named else 1.0
        if named and rest <= 1 - _ENOUGH:
            return *named, rest
    return None


def _only_theme(asked: Asked) -> tuple[Entry, frozenset[str]] | None:
    """The theme in more of whose names than of any other all words stand that do not only ask."""
    terms = asked.terms
    rest = {stem for stem in terms.stems if terms.typed[stem] not in _ASKING}
    counts = []
    for theme in asked.vocabulary.theme if rest else ():
        names = [content(name, asked.stem) for name in (*theme.names, *theme.topics)]
        counts.append((sum(rest <= held | terms.meant(held) for held in names), theme))
    counts.sort(key=lambda row: -row[0])
    if len(counts) < 2 or counts[0][0] < _CLEARLY * max(counts[1][0], 0.5):
        return None
    return counts[0][1], frozenset(terms.typed[stem] for stem in rest)


def _by_theme(theme: Entry) -> Filters:
    return (("theme", (theme.id,)),)


def _said(asked: Asked, theme: Entry, judgment: Judgment) -> str:
    label = asked.vocabulary.label("grade", judgment.grade)
    if _state(asked, judgment):
        return f"{theme.label}: {label.lower()}, so no grade is given here."
    return f"{theme.label}: graded {label}."


def _with_grade(asked: Asked) -> Found | None:
    """Which themes have a grade: "Which areas require improvement?", "What is it best at?"."""
    text = asked.question.text
    if asked.question.type not in _LISTED_TYPES:
        return None
    wanted, held = _grades_wanted(asked)
    if not _AREAS.search(text) and not (wanted and _ANY.search(text)):
        return None
    if asked.terms.besides(_ASKING | held) > _NOTHING_ELSE:
        return None
    graded = _GRADED if asked.question.type is _T.NUMBER else _GRADING
    if not wanted and not graded.search(text):
        return None
    rows = [
        (document, judgment)
        for document, judgment in _judgments(asked, None)
        if (judgment.grade in wanted if wanted else not _state(asked, judgment))
    ]
    rows = _extreme(asked, rows)
    listed = tuple(a for row in rows if (a := _answer(asked, *row)))
    if not listed and not wanted:
        return None
    return _list_of(asked, wanted, rows, listed)


_GRADED = re.compile(r"\b(?:graded|rated|judged|grades|ratings|judge?ments)\b", re.IGNORECASE)
_GRADING = re.compile(
    r"\b(?:grad\w+|rat(?:ed|ings?)|judge?ments?|judged|best|worst|strongest|weakest|poorest|highest"
    r"|lowest|areas?|themes?)\b",
    re.IGNORECASE,
)


def _grades_wanted(asked: Asked) -> tuple[tuple[str, ...], frozenset[str]]:
    """The ids of the grades that the question names, and the words that name them."""
    text = asked.question.text
    if _UNGRADED.search(text):
        return tuple(e.id for e in asked.vocabulary.grade if e.state and e.clues), frozenset()
    grades = [entry for entry in asked.vocabulary.grade if not entry.state]
    named = named_entry(asked, text, grades, typed=True)
    if named is not None:
        return (named[0].id,), named[1]
    if _NOT_ENOUGH.search(text):
        return tuple(entry.id for entry in grades[-_LOW:]), frozenset()
    return (), frozenset()


def _extreme(
    asked: Asked, rows: list[tuple[Document, Judgment]]
) -> list[tuple[Document, Judgment]]:
    """The rows of the best or worst grade among them, where the question asks for these."""
    text = asked.question.text
    order = [entry.id for entry in asked.vocabulary.grade if not entry.state]
    graded = [row for row in rows if row[1].grade in order]
    best, worst = _BEST.search(text), _WORST.search(text)
    if not graded or not (best or worst):
        return rows
    pick = min if best else max
    chosen = pick(order.index(row[1].grade) for row in graded)
    return [row for row in graded if order.index(row[1].grade) == chosen]


def _list_of(
    asked: Asked,
    wanted: tuple[str, ...],
    rows: Sequence[tuple[Document, Judgment]],
    listed: tuple[Answer, ...],
) -> Found:
    """The judgments that were asked for, with their number and their grades in words."""
    grades = wanted or tuple(dict.fromkeys(judgment.grade for _, judgment in rows))
    named = wanted if len(wanted) == 1 else grades if len(grades) == 1 else ()
    label = asked.vocabulary.label("grade", named[0]).lower() if named else ""
    what = f"graded {label}" if label else "graded"
    if wanted and all(_is_state(asked, grade) for grade in wanted):
        what = "not graded here"
    count = "judgment is" if len(listed) == 1 else "judgments are"
    reason = f"{len(listed) or 'No'} {'judgment is' if not listed else count} {what}."
    state = State.ANSWER if listed else State.NONE
    if _OVERALL.search(asked.question.text) and not wanted:
        reason, state = f"No overall grade is given here. {reason}", State.CLOSEST
    filters = (("grade", (wanted[0],)),) if len(wanted) == 1 else ()
    return Found(state, reason, listed, len(listed), filters, QuestionType.GRADE)


def _judgments(asked: Asked, theme: str | None) -> Iterator[tuple[Document, Judgment]]:
    """The judgments of a theme, or of all, in the newest documents under the question's filters."""
    grades = tuple(entry.id for entry in asked.vocabulary.grade if entry.id != NOT_STATED)
    graded: Filters = (("grade", grades),)
    under = asked.matches((("theme", (theme,)), *graded), limit=_READ)[1] if theme else ()
    # A table can give a grade to what has no part of its own.
    matches = under or asked.matches(graded, limit=_READ)[1]
    forces = dict(asked.question.filters).get("force")
    for identifier in list(dict.fromkeys(m.passage.document for m in matches))[:MOST_DOCUMENTS]:
        for judgment in asked.corpus.structure(identifier).judgments:
            if (theme is None or judgment.theme == theme) and (
                forces is None or judgment.force in forces
            ):
                yield asked.corpus.document(identifier), judgment


def _answer(asked: Asked, document: Document, judgment: Judgment) -> Answer | None:
    """The strongest place that states a judgment, as a quotation of the passage it stands in."""
    sources = sorted(judgment.sources, key=lambda source: _STRONGEST.index(source.evidence))
    for source in sources:
        match = _passage_at(asked, document.id, source)
        if match is not None:
            start = source.start - match.passage.start
            span = _grade_words(asked, judgment, source, start)
            return asked.quotes.answer(match, start, start + len(source.quote), span)
    return None


def _passage_at(asked: Asked, document: str, source: JudgmentSource) -> Match | None:
    for passage in asked.corpus.reader.passages(document):
        if passage.start <= source.start and source.end <= passage.end:
            return Match(passage, 0.0)
    return None


def _grade_words(
    asked: Asked, judgment: Judgment, source: JudgmentSource, start: int
) -> tuple[int, int] | None:
    """Where the quotation names the grade, as offsets into the passage."""
    entry = asked.vocabulary.grade[judgment.grade]
    for name in (*entry.clues, *entry.names):
        words = r"\s+".join(re.escape(word) for word in name.split())
        found = re.search(rf"\b{words}\b", source.quote.replace("’", "'"), re.IGNORECASE)
        if found:
            return start + found.start(), start + found.end()
    return None


def _state(asked: Asked, judgment: Judgment) -> bool:
    """Whether the judgment only says why there is no grade."""
    return _is_state(asked, judgment.grade)


def _is_state(asked: Asked, grade: str) -> bool:
    entry = asked.vocabulary.grade.get(grade)
    return entry is None or entry.state


def _of_year(document: Document, year: str) -> bool:
    """Whether a year, or a span of them, is the document's round or the year of its date."""
    plain = re.sub(r"\s?[/–]\s?", "-", year)
    return plain in (document.round, (document.date or "")[:4]) or (
        bool(document.round) and str(document.round).split("-")[0] == plain
    )


def _nothing(asked: Asked, theme: str, years: Sequence[str]) -> Found:
    forces = dict(asked.question.filters).get("force", ())
    names = [asked.vocabulary.label("force", force) for force in forces]
    of = f" of {' or '.join(names)}" if names else ""
    when = f" of {' or '.join(years)}" if years else ""
    return Found(State.NONE, f"No judgment{when} on {theme}{of} is in these documents.")
