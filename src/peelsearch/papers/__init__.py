"""Working papers: the draft of a response to a report, and what people note of findings.

They are put together from the register; nothing here writes to an index or to a person's file.
"""

from peelsearch.papers.response import response_draft
from peelsearch.papers.tracker import joined_tracker, read_tracker, starting_tracker

__all__ = ["joined_tracker", "read_tracker", "response_draft", "starting_tracker"]
