"""Folders of documents into the index: building, updating, and the state of an index."""

from peelsearch.indexing.builds import build
from peelsearch.indexing.report import Duplicate, IndexReport, Progress, Status, Watch
from peelsearch.indexing.statuses import status

__all__ = [
    "Duplicate",
    "IndexReport",
    "Progress",
    "Status",
    "Watch",
    "build",
    "status",
]
