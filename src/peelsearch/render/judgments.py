"""The judgment matrix as JSON, text and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peelsearch.model import NOT_STATED
from peelsearch.model.judgments import (
    CARRIED_OVER,
    CONFLICT,
    NO_REPORT,
    Cell,
    ComparisonWarning,
    JudgmentRow,
    Matrix,
    MatrixLine,
    PillarHint,
    RoundTable,
    Statement,
)
from peelsearch.model.quotations import Quotation
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.style import Style
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary

NOT_COMPARABLE = (
    "Each inspection round grades in its own way: do not read a difference between the grades of "
    "two rounds as a change."
)
ABSENT = {NO_REPORT: "No report in this corpus", NOT_STATED: "Not stated"}

# --- JSON -------------------------------------------------------------------------------------


def judgments_json(matrix: Matrix) -> dict[str, Any]:
    """One object a row, and apart from them the cells that no document fills."""
    return {
        "judgments": [_row_json(row) for row in matrix.rows],
        "absent": [
            {
                "force": line.force,
                "theme": cell.area.theme,
                "label": cell.area.label,
                "state": cell.state,
                "round": table.round,
            }
            for table, line, cell in matrix_cells(matrix)
            if not cell.rows
        ],
        "rounds": [table.round for table in matrix.rounds],
        "warnings": [warning_json(warning) for warning in matrix.warnings],
        "undated": matrix.undated,
        "hints": [hint_json(hint) for hint in matrix.hints],
        "fingerprint": matrix.fingerprint,
    }


def _row_json(row: JudgmentRow) -> dict[str, Any]:
    return {
        "force": row.force,
        "theme": row.theme,
        "label": row.label,
        "grade": row.grade,
        "grades": list(row.grades),
        "state": row.state,
        "round": row.document.round or NOT_STATED,
        "date": row.document.date,
        "document": document_json(row.document),
        "evidence": row.evidence.value,
        **quotation_json(row.said),
        "also": [_statement_json(other) for other in row.also],
        "carried_over": quotation_json(row.carried) if row.carried else None,
    }


def _statement_json(statement: Statement) -> dict[str, Any]:
    return {
        "document": statement.document.id,
        "evidence": statement.evidence.value,
        "grade": statement.grade,
        **quotation_json(statement.said),
    }


def quotation_json(said: Quotation) -> dict[str, Any]:
    """Words of a document and where they stand."""
    return {"quote": said.quote, "start": said.start, "end": said.end, "passage": said.passage}


def warning_json(warning: ComparisonWarning) -> dict[str, Any]:
    """The inspectorate's words with their place, or ours."""
    if warning.said is None or warning.document is None:
        return {"text": NOT_COMPARABLE, "document": None}
    return {
        "text": warning.said.quote,
        "document": document_json(warning.document),
        **quotation_json(warning.said),
    }


def hint_json(hint: PillarHint) -> dict[str, Any]:
    """A pillar, and what other rounds judge."""
    return {
        "pillar": hint.pillar,
        "rounds": list(hint.rounds),
        "others": [{"round": name, "themes": list(themes)} for name, themes in hint.others],
    }


def matrix_cells(matrix: Matrix) -> Iterator[tuple[RoundTable, MatrixLine, Cell]]:
    """Every cell with its table and line."""
    for table in matrix.rounds:
        for line in table.lines:
            for cell in line.cells:
                yield table, line, cell


# --- words ------------------------------------------------------------------------------------


def cell_words(cell: Cell, vocabulary: Vocabulary) -> str:
    """What a cell says; never nothing."""
    if cell.state in ABSENT:
        return ABSENT[cell.state]
    grades = " / ".join(vocabulary.label("grade", grade) for grade in cell.grades)
    if cell.state == CONFLICT:
        return f"Conflict: {grades}"
    if len(cell.grades) > 1:
        # Two inspections of one round, the newest first.
        return "; ".join(
            f"{vocabulary.label('grade', row.grade)} ({words.date(row.document.date)})"
            for row in cell.rows
            if row.grade in cell.grades
        )
    return f"{grades} (carried over)" if cell.state == CARRIED_OVER else grades


def warning_words(warning: ComparisonWarning) -> str:
    """The inspectorate's words with their source, or ours."""
    if warning.said is None or warning.document is None:
        return NOT_COMPARABLE
    return f"“{readable(warning.said.quote)}” ({readable(warning.document.title)})"


def hint_words(hint: PillarHint, vocabulary: Vocabulary) -> str:
    """Where a pillar stands, and what rounds without it judge; nothing is put under it."""
    pillar = vocabulary.label("theme", hint.pillar)
    rounds = ", ".join(round_words(name, vocabulary) for name in hint.rounds)
    said = f"{pillar} is a pillar of older rounds" + (f" (here: {rounds})." if rounds else ".")
    for name, themes in hint.others:
        labels = "; ".join(vocabulary.label("theme", theme) for theme in themes)
        said += f" {round_words(name, vocabulary)} has other themes: {labels}."
    return f"{said} None of them is the same as the pillar."


def undated_note(matrix_undated: int) -> str:
    """What a filter on dates left out; empty for nothing."""
    if not matrix_undated:
        return ""
    verb = "is" if matrix_undated == 1 else "are"
    return f"{words.count(matrix_undated, 'document')} without a stated date {verb} left out."


def round_words(name: str, vocabulary: Vocabulary) -> str:
    """What a round is called."""
    return "Round not stated" if name == NOT_STATED else vocabulary.label("round", name)


def force_words(line: MatrixLine, vocabulary: Vocabulary) -> str:
    """Whose line it is; with the document where that stands by itself."""
    label = vocabulary.label("force", line.force)
    return f"{label} ({readable(line.document.title)})" if line.document else label


# --- text -------------------------------------------------------------------------------------


def judgments_text(matrix: Matrix, style: Style, vocabulary: Vocabulary, *, quotes: bool) -> str:
    """A block for each round and force; a conflict always with its quotations."""
    hints = [style.wrap(f"Note: {hint_words(hint, vocabulary)}", "") for hint in matrix.hints]
    if not matrix.rows and not any(table.lines for table in matrix.rounds):
        return "\n".join(["No judgment found.", *hints]) + "\n"
    lines = [style.wrap(f"Note: {warning_words(found)}", "") for found in matrix.warnings]
    lines += hints
    if matrix.undated:
        lines.append(undated_note(matrix.undated))
    for table in matrix.rounds:
        lines += ["", style.bold(round_words(table.round, vocabulary))]
        for line in table.lines:
            if line.cells and line.reported:
                lines += _line_text(line, style, vocabulary, quotes=quotes)
        missing = [vocabulary.label("force", f.force) for f in table.lines if not f.reported]
        if missing:
            lines.append(style.wrap(f"No report in this corpus: {', '.join(missing)}", "  "))
    lines += ["", style.dim(f"Made of: {matrix.fingerprint}")]
    return "\n".join(lines).strip("\n") + "\n"


def _line_text(
    line: MatrixLine, style: Style, vocabulary: Vocabulary, *, quotes: bool
) -> Iterator[str]:
    yield f"  {force_words(line, vocabulary)}"
    pillar = None
    for cell in line.cells:
        if pillar not in (None, cell.area.pillar):
            yield ""
        pillar = cell.area.pillar
        label = f"{readable(cell.area.label)}: "
        yield style.wrap(label + style.bold(cell_words(cell, vocabulary)), "    ")
        if quotes or cell.state == CONFLICT:
            for row in cell.rows:
                yield from _quotations(row, style, vocabulary)


def _quotations(row: JudgmentRow, style: Style, vocabulary: Vocabulary) -> Iterator[str]:
    own = Statement(row.document, row.evidence, row.grade, row.said)
    for statement in (own, *(o for o in row.also if o.document.id == row.document.id)):
        label = vocabulary.label("grade", statement.grade)
        said = " ".join(readable(statement.said.quote).split())
        place = f"{statement.document.id} {statement.said.start}-{statement.said.end}"
        yield style.wrap(f"{label}: “{said}” {style.dim(place)}", "      ")
    if row.carried:
        said = " ".join(readable(row.carried.quote).split())
        yield style.wrap(f"Carried over: “{said}”", "      ")
