"""How much of a file is read, so that a hostile or broken one costs little: one table.

The longest of some forty real reports has 3,000 blocks and 400,000 letters; every limit leaves
that far behind. Time and memory are bounded where files are read in processes of their own
(``indexing.workers``).
"""

from __future__ import annotations

from peelsearch.errors import ReadingError

# A file is read as a whole, and its text may take several times its size in memory.
MAX_FILE_BYTES = 200_000_000
# What the parts of a DOCX may come to when unpacked: pictures are unpacked too.
MAX_UNPACKED_BYTES = 400_000_000
# One XML part as a tree takes some ten times its size in memory; 50 MB are 10,000 pages.
MAX_XML_BYTES = 50_000_000
# Packing shrinks prose five times and repetitive XML fifty times; bombs reach a thousand. Small
# files are let off: they cannot hurt, and templates of blank tables pack very well.
MAX_RATIO = 150
RATIO_FROM_BYTES = 10_000_000
# A DOCX has some twenty parts and one for each picture.
MAX_PARTS = 10_000
# What the parser of HTML follows; pages made by hand or program stay below 100.
MAX_NESTING = 2_048
# More blocks than a thousand long reports hold would take minutes to understand.
MAX_BLOCKS = 300_000


def check_size(size: int) -> None:
    """Raises ReadingError for a file that is too large to read."""
    if size > MAX_FILE_BYTES:
        raise ReadingError(
            f"It is too large: {size / 1e6:,.0f} MB; files of up to "
            f"{MAX_FILE_BYTES / 1e6:,.0f} MB are read."
        )


def check_blocks(count: int) -> None:
    """Raises ReadingError for a text in too many pieces."""
    if count > MAX_BLOCKS:
        raise ReadingError(
            f"It has too many paragraphs, list items and table rows: more than {MAX_BLOCKS:,}."
        )


def too_deep() -> ReadingError:
    """The error for elements that stand in one another without end."""
    return ReadingError(f"Its elements are nested too deep: more than {MAX_NESTING:,} levels.")
