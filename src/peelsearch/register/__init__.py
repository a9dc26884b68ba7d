"""The register of findings, and what the corpus covers.

A finding is one row wherever it is quoted; what a row says, a document says, and the row names it.
"""

from peelsearch.register.addressing import addressees
from peelsearch.register.coverage import coverage
from peelsearch.register.days import comment_days
from peelsearch.register.entries import ANY_DAY, RegisterOptions, RegisterOrder, register
from peelsearch.register.naming import spoken_names
from peelsearch.register.responses import answers_to, responses

__all__ = [
    "ANY_DAY",
    "RegisterOptions",
    "RegisterOrder",
    "addressees",
    "answers_to",
    "comment_days",
    "coverage",
    "register",
    "responses",
    "spoken_names",
]
