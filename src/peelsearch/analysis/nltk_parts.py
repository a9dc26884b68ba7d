"""The parts of NLTK in use, none of which needs downloaded data.

Importing this module takes longer than a search, so it is done at the first need.
"""

from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize import RegexpTokenizer

__all__ = ["RegexpTokenizer", "SnowballStemmer"]
