"""Tables of judgments as records: a round with its forces, or a force over its rounds.

Each cell has words, the tone of its colour and the link to the words that say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peelsearch import facets
from peelsearch.model import NOT_STATED, Document
from peelsearch.model.judgments import (
    CARRIED_OVER,
    CONFLICT,
    NO_REPORT,
    Area,
    Cell,
    ComparisonWarning,
    JudgmentRow,
    Matrix,
    MatrixLine,
    RoundTable,
    Statement,
)
from peelsearch.model.quotations import Quotation
from peelsearch.render import words
from peelsearch.render.judgments import NOT_COMPARABLE, cell_words, round_words
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.paths import Paths

# The last of the tones that a scale of grades is spread over; the first is 0.
TONES = 4


@dataclass(frozen=True, slots=True)
class SaidView:
    """Words with the link to where they stand; ``label`` is what they state."""

    label: str
    quote: str
    source: str
    href: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: what it says, the tone of its colour, and the link to the words that say so.

    ``quoted`` are further words, folded under the name ``fold``: both sides of a conflict, the
    grades of two inspections, what calls a grade carried over. Without a link there are no words.
    """

    text: str
    tone: str
    href: str
    quote: str
    fold: str
    quoted: tuple[SaidView, ...]


@dataclass(frozen=True, slots=True)
class LineView:
    """A row: a force in a round, or an area of one force."""

    label: str
    href: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    """An area, or a round of one force; ``first`` is set for the first that is no pillar, behind
    pillars.
    """

    label: str
    pillar: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class GridView:
    """A table. ``corner`` is what its rows are, ``missing`` the forces without a report, in a
    sentence.
    """

    id: str
    title: str
    caption: str
    corner: str
    columns: tuple[ColumnView, ...]
    lines: tuple[LineView, ...]
    missing: str = ""


def round_grids(matrix: Matrix, vocabulary: Vocabulary, paths: Paths) -> tuple[GridView, ...]:
    """A table of forces for each round."""
    return tuple(_round(table, vocabulary, paths) for table in matrix.rounds if table.lines)


def force_grids(matrix: Matrix, vocabulary: Vocabulary, paths: Paths) -> Iterator[GridView]:
    """One force: its areas by rounds, the pillars of older rounds in a table of their own."""
    lines = [(table.round, line) for table in matrix.rounds for line in table.lines]
    if not lines:
        return
    force = vocabulary.label("force", lines[0][1].force)
    columns = tuple(ColumnView(_column(name, line, vocabulary)) for name, line in lines)
    areas = {_key(area): area for table in matrix.rounds for area in table.areas}
    for pillar, name in ((False, "themes"), (True, "pillars")):
        rows = tuple(
            LineView(
                readable(area.label),
                "",
                tuple(_cell(_of(line, area), vocabulary, paths) for _, line in lines),
            )
            for area in areas.values()
            if area.pillar is pillar
        )
        if rows:
            title = f"{force}: {name} by round"
            yield GridView(f"force-{name}", title, f"Grades of {title}", "Area", columns, rows)


def warning_view(warning: ComparisonWarning, paths: Paths) -> SaidView:
    """The inspectorate's words on comparing rounds, or ours."""
    if warning.said is None or warning.document is None:
        return SaidView("", NOT_COMPARABLE, "", "")
    return _said("", warning.document, warning.said, paths)


def _key(area: Area) -> tuple[str, str]:
    return area.theme, area.label


def _of(line: MatrixLine, area: Area) -> Cell:
    """The cell of an area, which other rounds may have and this one not."""
    for cell in line.cells:
        if _key(cell.area) == _key(area):
            return cell
    return Cell(area, NOT_STATED if line.reported else NO_REPORT, (), ())


def _column(name: str, line: MatrixLine, vocabulary: Vocabulary) -> str:
    said = round_words(name, vocabulary)
    return f"{said} ({readable(line.document.title)})" if line.document else said


def _said(label: str, document: Document, said: Quotation, paths: Paths) -> SaidView:
    source = f"{readable(document.title)}, {words.date(document.date) or 'undated'}"
    return SaidView(label, _line(said.quote), source, paths.said(document, said))


def _line(text: str) -> str:
    return " ".join(readable(text).split())


def _round(table: RoundTable, vocabulary: Vocabulary, paths: Paths) -> GridView:
    missing = [vocabulary.label("force", line.force) for line in table.lines if not line.reported]
    pillars = [area.pillar for area in table.areas]
    title, corner = round_words(table.round, vocabulary), facets.title("force", vocabulary)
    return GridView(
        id=f"round-{table.round}",
        title=title,
        caption=f"Grades by {corner.lower()}, {title}",
        corner=corner,
        columns=tuple(
            ColumnView(readable(area.label), area.pillar, at > 0 and pillars[at - 1] != area.pillar)
            for at, area in enumerate(table.areas)
        ),
        lines=tuple(_matrix_line(line, vocabulary, paths) for line in table.lines if line.reported),
        missing=f"No report in this corpus: {', '.join(missing)}." if missing else "",
    )


def _matrix_line(line: MatrixLine, vocabulary: Vocabulary, paths: Paths) -> LineView:
    label = vocabulary.label("force", line.force)
    if line.document:
        label = f"{label} ({readable(line.document.title)})"
    known = line.force != NOT_STATED
    return LineView(
        label,
        paths.force(line.force) if known else "",
        tuple(_cell(cell, vocabulary, paths) for cell in line.cells),
    )


def _cell(cell: Cell, vocabulary: Vocabulary, paths: Paths) -> CellView:
    row = cell.rows[0] if cell.rows else None
    several = len(cell.grades) > 1
    quoted = tuple(_quoted(cell, vocabulary, paths, several=several))
    return CellView(
        text=cell_words(cell, vocabulary),
        tone=cell_tone(cell, vocabulary),
        href=paths.said(row.document, row.said) if row else "",
        quote=_line(row.said.quote) if row else "",
        fold=_fold(len(quoted), several=several),
        quoted=quoted,
    )


def _fold(count: int, *, several: bool) -> str:
    if several:
        return "Both quotations" if count == 2 else f"All {count} quotations"
    return "Why carried over" if count else ""


def _quoted(
    cell: Cell, vocabulary: Vocabulary, paths: Paths, *, several: bool
) -> Iterator[SaidView]:
    for row in cell.rows:
        if several:
            for found in _statements(row):
                label = vocabulary.label("grade", found.grade)
                yield _said(label, found.document, found.said, paths)
        if row.carried:
            yield _said("Carried over", row.document, row.carried, paths)


def _statements(row: JudgmentRow) -> tuple[Statement, ...]:
    """The row's own words and those of its other places, each grade of a document once."""
    own = Statement(row.document, row.evidence, row.grade, row.said)
    places = (own, *(other for other in row.also if other.document.id == row.document.id))
    return tuple({place.grade: place for place in reversed(places)}.values())[::-1]


def scale(vocabulary: Vocabulary) -> list[str]:
    """The grades from the best to the worst, without those that only say why there is none."""
    return [entry.id for entry in vocabulary.grade if not entry.state]


def cell_tone(cell: Cell, vocabulary: Vocabulary) -> str:
    """The class of a cell's colour: the place of its grade on the scale, or what else it is."""
    if len(cell.grades) > 1:
        return "conflict" if cell.state == CONFLICT else "several"
    grades = scale(vocabulary)
    if cell.grades and cell.grades[0] in grades:
        step = grades.index(cell.grades[0]) * TONES // max(1, len(grades) - 1)
        return f"grade-{step} carried" if cell.state == CARRIED_OVER else f"grade-{step}"
    return "other" if cell.rows else "absent"
