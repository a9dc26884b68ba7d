"""The judgment matrix: which force has which grade, each cell with its evidence.

Nothing is averaged, counted into a score or ranked; grades stand in the order of their scale.
"""

from peelsearch.judgments.matrix import judgments
from peelsearch.judgments.rows import JudgmentOptions, Order
from peelsearch.judgments.warnings import comparison_warnings

__all__ = ["JudgmentOptions", "Order", "comparison_warnings", "judgments"]
