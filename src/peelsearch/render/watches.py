"""What is new for saved searches, as text and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peelsearch.model.watches import News, Watch
from peelsearch.render import words
from peelsearch.render.contract import hit_json
from peelsearch.render.style import Style, safe
from peelsearch.render.terminal import hit_lines
from peelsearch.vocabulary import Vocabulary


def news_json(found: Sequence[News]) -> dict[str, Any]:
    """An object for each saved search."""
    return {"watches": [_news_json(news) for news in found]}


def _news_json(news: News) -> dict[str, Any]:
    return {
        "name": news.watch.name,
        "query": news.watch.query,
        "interpreted": news.interpreted,
        "problem": news.problem,
        "total": news.total,
        "new": [hit_json(hit) for hit in news.new],
    }


def news_text(found: Sequence[News], style: Style, vocabulary: Vocabulary) -> str:
    """A part for each saved search, with its new hits."""
    return safe("\n\n".join("\n".join(_lines(news, style, vocabulary)) for news in found) + "\n")


def _lines(news: News, style: Style, vocabulary: Vocabulary) -> list[str]:
    name = style.bold(news.watch.name)
    if news.problem:
        return [f"{name} · {news.watch.query}", f"The query cannot be read: {news.problem}"]
    count = f"{len(news.new):,} new of {words.count(news.total, 'passage')}"
    lines = [f"{name} · {count} · {news.interpreted or news.watch.query}"]
    for hit in news.new:
        lines += ["", *hit_lines(hit, style, vocabulary)]
    return lines


def watches_list(watches: Sequence[Watch]) -> str:
    """A line for each saved search."""
    return safe("".join(f"{watch.name} · {watch.query}\n" for watch in watches))
