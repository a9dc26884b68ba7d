"""Saved searches: the file that keeps them, and what is new for each since the last look."""

from peelsearch.watches.file import read_watches, watches_text
from peelsearch.watches.news import mark, mark_of, news_of

__all__ = ["mark", "mark_of", "news_of", "read_watches", "watches_text"]
