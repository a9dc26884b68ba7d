"""One force: what judgments, register, responses and other documents say of it, together.

Nothing is read here a second time: the tables are asked, and each line gets the place of its words.
"""

from peelsearch.forces.places import Places
from peelsearch.forces.sheet import force_sheet

__all__ = ["Places", "force_sheet"]
