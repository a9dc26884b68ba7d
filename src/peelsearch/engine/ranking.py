"""The weights of ranking, all in one place.

BM25F with Whoosh's own defaults. The heading and the headings above it are fields of their own
that add a little to a passage's score. They are light on purpose: a heading's words stand in the
passage as well, so a heavier heading counts them twice; in the trials that the design reports it
lost 14 points. Whoever changes a number runs tests/test_quality.py.
"""

from __future__ import annotations

B = 0.75
K1 = 1.2
# What a term's score comes near to, before idf and weight, as the term fills a passage.
HIGHEST = K1 + 1
HEADING = 0.3
PATH = 0.1

# Scores are rounded to so many decimals. The last bits of a sum of floats depend on the order of
# the segments; equal passages would be put in an order that changes from build to build.
DECIMALS = 9
