"""Folders of documents into the index: building, updating, and the state of an index."""

from peelsearch.indexing.builds import build
from peelsearch.indexing.news import News
from peelsearch.indexing.report import Duplicate, IndexReport, Progress, Status, Watch
from peelsearch.indexing.statuses import status

__all__ = [
    "Duplicate",
    "IndexReport",
    "News",
    "Progress",
    "Status",
    "Watch",
    "build",
    "status",
]
