"""The last day for publishing comments on a report, by the vocabulary's rule."""

from __future__ import annotations

import calendar
import datetime

from peelsearch.model.papers import CommentDays
from peelsearch.vocabulary import ResponseRule


def comment_days(published: str | None, rule: ResponseRule | None) -> CommentDays:
    """The last day, or the first and the last that it can be where a month is all that is known.

    The days begin with that of publication.
    """
    if rule is None:
        return CommentDays(None, None, "no time for comments is known here")
    if published is None or len(published) < len("2022-04"):
        return CommentDays(None, None, "the day of publication is not known")
    first, last = _days(published)
    if last.isoformat() < rule.since:
        return CommentDays(None, None, f"published before the rule began ({rule.since})")
    if first.isoformat() < rule.since:
        return CommentDays(None, None, f"the rule began within that month ({rule.since})")
    after = datetime.timedelta(days=rule.days - 1)
    return CommentDays((first + after).isoformat(), (last + after).isoformat())


def _days(published: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a month or a day can mean."""
    if len(published) > len("2022-04"):
        day = datetime.date.fromisoformat(published)
        return day, day
    year, month = map(int, published.split("-"))
    length = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, length)
