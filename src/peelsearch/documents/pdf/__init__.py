"""PDF to blocks: what a page shows by place, size and weight, as linear text.

``read_pdf`` is all that others need. The steps, a module each: ``source`` opens the file,
``pages`` takes words from a page, ``lines`` puts them on lines, ``furniture`` leaves running heads
out, ``columns`` finds the reading order, ``tables`` the rows, ``blocks`` joins paragraphs,
``hyphens`` undoes hyphenation, ``headings`` gives levels, ``reader`` writes the text. pypdfium2 is
imported by ``source`` and ``pages`` only.
"""

from peelsearch.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
