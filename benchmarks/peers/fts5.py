"""SQLite's FTS5 as its documentation teaches it: ``bm25`` and ``snippet``, GROUP BY for facets.

The index is fed the analysis' words, joined by spaces. ``snippet`` counts words in the content, so
this is the passage's text with a space between any two words of the analysis, behind the
punctuation. FTS5 has no fuzzy search.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.corpus import Made
from benchmarks.peers.protocol import COUNTED, TOP, Answer, Peer, Searcher, analysed
from benchmarks.queries import BenchQuery, Prefix, Wanted
from peelsearch.analysis import terms
from peelsearch.engine import ranking
from peelsearch.model import AllOf, AnyOf, Phrase, Stem, Word

FILE = "index.sqlite"
# Every character but white space belongs to a word.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* M* P* S* C*'"
_SCHEMA = f"""
CREATE TABLE passage (
    number INTEGER PRIMARY KEY, id TEXT, shown TEXT, force TEXT, theme TEXT, grade TEXT
);
CREATE TABLE facets (number INTEGER PRIMARY KEY, force TEXT, theme TEXT, grade TEXT);
CREATE VIEW content AS
    SELECT number, shown AS body, shown AS words, '' AS heading, '' AS path FROM passage;
CREATE VIRTUAL TABLE search USING fts5(
    body, words, heading, path, content='content', content_rowid='number', tokenize="{_TOKENIZER}"
);
"""
_FROM = "FROM search s JOIN facets f ON f.number = s.rowid"
# About as many words as the others' snippets have.
_SNIPPET = "snippet(search, {column}, '<b>', '</b>', '…', 50)"


def build(folder: Path, corpus: Iterable[Made]) -> None:
    """One transaction with all passages, then FTS5's own merging of its parts into one."""
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    connection.execute("BEGIN")
    for number, passage in enumerate((p for made in corpus for p in made.passages), start=1):
        found = analysed(passage)
        facets = [passage.facets[name][0] for name in COUNTED]
        shown = _shown(passage.text)
        connection.execute(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?)", (number, passage.id, shown, *facets)
        )
        connection.execute("INSERT INTO facets VALUES (?, ?, ?, ?)", (number, *facets))
        fields = (found.stems, found.words, found.heading, found.path)
        connection.execute(
            "INSERT INTO search (rowid, body, words, heading, path) VALUES (?, ?, ?, ?, ?)",
            (number, *map(" ".join, fields)),
        )
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.close()


def _shown(text: str) -> str:
    """The text cut before each word of the analysis, in pieces without white space in them."""
    starts = [term.start for term in terms(text)]
    pieces = (text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    return " ".join("".join(piece.split()) for piece in pieces)


class _Searcher:
    def __init__(self, folder: Path) -> None:
        path = (folder / FILE).resolve()
        self._connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        self._connection.execute("PRAGMA mmap_size=4000000000")

    def answer(self, query: BenchQuery) -> Answer:
        matching = _to_fts5(query.match)
        scored, column, weights = self._scored(query, matching)
        # Counting needs no headings. Keeping the matches in a temporary table, to go over them
        # once only, takes about as long.
        counts = self._connection.execute(
            f"SELECT f.force, f.theme, f.grade, count(*) {_FROM} {_where(query)} GROUP BY 1, 2, 3",
            _values(query, matching),
        ).fetchall()
        hits = self._connection.execute(
            f"SELECT s.rowid, {_SNIPPET.format(column=column)} {_FROM} {_where(query)} "
            f"ORDER BY bm25(search, {weights}) LIMIT {TOP}",
            _values(query, scored),
        ).fetchall()
        return Answer(
            total=sum(row[-1] for row in counts),
            facets={name: _summed(counts, place) for place, name in enumerate(COUNTED)},
            hits=tuple(self._id(number) for number, _ in hits),
            snippets=tuple(snippet for _, snippet in hits),
        )

    def close(self) -> None:
        self._connection.close()

    def _id(self, number: int) -> str:
        row = self._connection.execute("SELECT id FROM passage WHERE number = ?", (number,))
        return str(row.fetchone()[0])

    def _scored(self, query: BenchQuery, matching: str) -> tuple[str, int, str]:
        """What to match, the column to show, the columns' weights.

        FTS5 has no part that scores without having to match. What has to match in the body is
        therefore asked for a second time in body, heading and path together, which adds the
        headings' weight and counts the body twice: hence the headings' weights are doubled.
        """
        found = matching
        stems = query.kind in ("rare", "common", "or", "and")
        if query.boost:
            joint = " OR " if query.kind == "or" else " AND "
            again = joint.join(_quoted(stem) for stem in query.boost)
            found = f"({found}) AND {{body heading path}} : ({again})"
        heading, path = ranking.HEADING, ranking.PATH
        if stems:
            twice = 2 if query.boost else 1
            return found, 0, f"1, 0, {twice * heading}, {twice * path}"
        return found, 1, f"0, 1, {heading}, {path}"


def _where(query: BenchQuery) -> str:
    filters = (f" AND f.{name} IN ({', '.join('?' * len(v))})" for name, v in query.filters)
    return "WHERE search MATCH ?" + "".join(filters)


def _values(query: BenchQuery, match: str) -> list[str]:
    """What stands for the question marks."""
    return [match, *(value for _, values in query.filters for value in values)]


def _summed(counts: Iterable[Sequence[object]], place: int) -> dict[str, int]:
    summed: dict[str, int] = {}
    for row in counts:
        value, count = str(row[place]), int(str(row[-1]))
        summed[value] = summed.get(value, 0) + count
    return summed


def _to_fts5(match: Wanted) -> str:
    """The match in FTS5's query language."""
    made: str
    match match:
        case Stem(stem):
            made = f"body : {_quoted(stem)}"
        case Word(word):
            made = f"words : {_quoted(word)}"
        case Phrase(words):
            made = f"words : {_quoted(' '.join(words))}"
        case AllOf(parts):
            made = " AND ".join(_bracketed(parts))
        case AnyOf(parts):
            made = " OR ".join(_bracketed(parts))
        case Prefix(prefix):
            made = f"words : {_quoted(prefix)} *"
        case _:
            raise NotImplementedError(match)
    return made


def _bracketed(parts: Iterable[Wanted]) -> Iterator[str]:
    return (f"({_to_fts5(part)})" for part in parts)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def open_searcher(folder: Path) -> Searcher:
    """FTS5 over an index that ``build`` made."""
    return _Searcher(folder)


def _missing() -> str | None:
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    return None if "ENABLE_FTS5" in options else "this interpreter's SQLite has no FTS5"


PEER = Peer(
    "fts5",
    "SQLite FTS5",
    _missing,
    lambda: sqlite3.sqlite_version,
    build,
    open_searcher,
    without=("fuzzy",),
)
