"""How a written word is indexed, and which words only serve grammar."""

from __future__ import annotations

import re
import unicodedata

# Longer words are cut: nobody types them, and they would only swell the dictionary.
MAX_WORD = 64

_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")
_THOUSANDS = r"[£$€]?\d{1,3}(,\d{3})+(\.\d+)?(bn|[mk])?"

# Words that serve grammar: they neither match nor score outside a phrase. A closed list of our own,
# because NLTK's is downloaded data.
FUNCTION_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can cannot could did do does doing down during each few for
    from further had has have having he her here hers herself him himself his how i if in into is
    it its itself just me more most my myself nor now of off on once only or other our ours
    ourselves out over own same she should so some such than that the their theirs them themselves
    then there these they this those through to too under until up upon very was we were what when
    where which while who whom whose why will with would you your yours yourself yourselves
    aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't it's let's mustn't
    shan't shouldn't that's there's they're wasn't we're we've weren't what's who's won't wouldn't
    you're they've who've you've i've could've should've would've here's he's how's she's where's
    he'd i'd she'd they'd we'd who'd you'd he'll i'll it'll she'll that'll they'll we'll who'll
    you'll i'm among amongst""".split()
)


def is_function_word(word: str) -> bool:
    """Whether a folded word only serves grammar."""
    return word in FUNCTION_WORDS


def fold_word(text: str) -> str:
    """A single written word as it is indexed. Idempotent."""
    if text.isascii():
        folded = text.lower()
        if folded.isalpha():
            return folded[:MAX_WORD]
    else:
        folded = _fold_characters(text)
    if folded.endswith("'s") and len(folded) > 2 and folded not in FUNCTION_WORDS:
        folded = folded[:-2]
    if "," in folded and re.fullmatch(_THOUSANDS, folded):
        folded = folded.replace(",", "")
    return "percent" if folded == "%" else folded[:MAX_WORD]


def _fold_characters(text: str) -> str:
    """Case, accents, compatibility forms, apostrophes and dashes folded, invisible marks gone."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    folded = "".join(
        char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char)
    )
    folded = unicodedata.normalize("NFC", folded)
    return folded.replace("’", "'").replace("ʼ", "'").replace("−", "-").replace("–", "-")
