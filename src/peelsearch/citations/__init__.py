"""Citations: quotations with their place, and checking those of a paper against the corpus."""

from peelsearch.citations.citing import cite
from peelsearch.citations.verifying import verify

__all__ = ["cite", "verify"]
