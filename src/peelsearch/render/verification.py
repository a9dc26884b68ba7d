"""What became of the quotations and ids of a paper, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from peelsearch.model.citations import (
    Checked,
    ClaimKind,
    Held,
    Piece,
    PieceKind,
    Standing,
    Verification,
    Where,
)
from peelsearch.render import words
from peelsearch.render.citations import located_json, place_words
from peelsearch.render.style import Style, safe

STANDINGS = {
    Standing.HOLDS: "Holds",
    Standing.MOVED: "Moved",
    Standing.CHANGED: "Changed",
    Standing.NOT_FOUND: "Not found",
}
NOTHING = "There is no quotation of five words or more and no citation id in it."
# What was left out is shown whole up to so many words.
_LONGEST = 24
_ENDS = 8


def verification_json(found: Verification) -> dict[str, Any]:
    """Every claim with its place in the file and its places in the corpus."""
    counts = _counts(found)
    return {
        "file": found.file,
        "format": found.format,
        "holds": found.holds,
        "counts": {standing.value: counts[standing] for standing in Standing},
        "checked": [_checked_json(one) for one in found.checked],
        "fingerprint": found.fingerprint,
    }


def _checked_json(one: Checked) -> dict[str, Any]:
    claim = one.claim
    return {
        "kind": claim.kind.value,
        "standing": one.standing.value,
        "where": {
            "words": where_words(claim.where),
            "line": claim.where.line,
            "paragraph": claim.where.paragraph,
            "table": claim.where.table,
            "row": claim.where.row,
            "cell": claim.where.cell,
            "column": claim.where.column,
            "part": claim.where.part,
        },
        "text": claim.text,
        "cited": list(claim.cited),
        "notes": list(one.notes),
        "places": [_held_json(held) for held in one.held],
    }


def _held_json(held: Held) -> dict[str, Any]:
    return {
        **located_json(held.place),
        "speaker": held.speaker,
        "difference": [
            {"kind": piece.kind.value, "said": piece.said, "stands": piece.stands}
            for piece in held.pieces
        ],
        "omissions": [
            {"left_out": one.left_out, "inserted": one.inserted, "negation": one.negation}
            for one in held.omissions
        ],
    }


def verification_text(found: Verification, style: Style) -> str:
    """What does not hold with its difference, what holds in a line or two, then the counts."""
    lines: list[str] = []
    for one in found.checked:
        lines += [*_checked_lines(one, style), ""]
    counts = _counts(found)
    said = [f"{counts[one]} {STANDINGS[one].lower()}" for one in Standing if counts[one]]
    checked = words.count(len(found.checked), "claim")
    lines.append(style.bold(f"{checked}: {', '.join(said)}" if said else NOTHING))
    lines.append(style.dim(f"Checked against: {found.fingerprint}"))
    return safe("\n".join(lines) + "\n")


def _counts(found: Verification) -> Counter[Standing]:
    return Counter(one.standing for one in found.checked)


def where_words(where: Where) -> str:
    """The place in the file: "line 12", "table 1, row 2, cell 3"."""
    parts = [
        f"line {where.line}" if where.line and not where.row else "",
        f"{where.part or 'paragraph'} {where.paragraph}" if where.paragraph else "",
        f"table {where.table}" if where.table else "",
        f"row {where.row}" if where.row else "",
        f"cell {where.cell}" if where.cell else "",
    ]
    said = ", ".join(part for part in parts if part)
    if where.column:
        said += f" ({where.column})"
    return f"{said}, line {where.line}" if where.row and where.line else said


def _checked_lines(one: Checked, style: Style) -> Iterator[str]:
    claim = one.claim
    yield style.bold(f"{STANDINGS[one.standing]}: {where_words(claim.where)}")
    said = " ".join(claim.text.split())
    quotation = claim.kind is ClaimKind.QUOTATION
    yield style.wrap(f"“{said}”" if quotation else said, "  ")
    if claim.cited:
        yield style.wrap(f"cites {', '.join(claim.cited)}", "  ")
    for note in one.notes:
        yield style.wrap(note, "  ")
    for held in one.held:
        yield style.wrap(f"{_lead(one)}: {held.speaker} · {place_words(held.place)}", "  ")
        if held.pieces:
            yield style.wrap(difference_words(held.pieces), "    ")
        yield from (style.wrap(line, "    ") for line in _omission_words(held))


def _lead(one: Checked) -> str:
    if one.standing in (Standing.HOLDS, Standing.MOVED):
        return "Stands in" if one.claim.kind is ClaimKind.QUOTATION else "Is"
    return "Nearest"


def difference_words(pieces: tuple[Piece, ...]) -> str:
    """The quotation word by word: [-what it says-] {+what stands there+}."""
    said = []
    for piece in pieces:
        stands = " ".join(piece.stands.split())
        if piece.kind is PieceKind.SAME:
            said.append(stands)
            continue
        if piece.said:
            said.append(f"[-{' '.join(piece.said.split())}-]")
        if piece.stands:
            said.append(f"{{+{stands}+}}")
    return " ".join(said)


def _omission_words(held: Held) -> Iterator[str]:
    for one in held.omissions:
        listed = one.left_out.split()
        if len(listed) > _LONGEST:
            between = f"({len(listed) - 2 * _ENDS} words)"
            listed = [*listed[:_ENDS], "…", between, "…", *listed[-_ENDS:]]
        left_out = f"Left out: “{' '.join(listed)}”" if listed else "Nothing is left out"
        yield left_out + (f"; put in: “{one.inserted}”" if one.inserted else "")
