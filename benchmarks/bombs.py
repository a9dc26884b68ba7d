"""Queries that are made to break or to stall a search, by name. Tests ask them too."""

from __future__ import annotations

from collections.abc import Mapping

PLANES = "".join(chr(plane << 16 | code) for plane in range(17) for code in (0x41, 0x1234, 0xFFFF))

BOMBS: Mapping[str, str] = {
    "asterisks around": "*a*",
    "asterisk alone": "*",
    "every word with a letter": "a*",
    "many prefixes": "s* c* p* r* d* m* " * 9,
    "question mark": "?",
    "nine edits": "a~9",
    "many edits": "officer~99999999999999999999",
    "two edits of a letter": "a~2",
    "many fuzzy words": "ofcer~2 polic~2 repor~2 servic~2 " * 15,
    "5,000 brackets": "(" * 5_000,
    "1,000 brackets": "(" * 500 + ")" * 500,
    "a million letters": "a" * 1_000_000,
    "10,000 terms": "police " * 10_000,
    "64 terms": " ".join(f"force{n} " for n in range(64)),
    "64 common words": "police force the of and to in a " * 8,
    "64 excluded words": "police " + "-force -officer -crime " * 21,
    "a long phrase": '"' + "of the force and the police " * 10 + '"',
    "many phrases": '"use of force" "stop and search" "the police" ' * 9,
    "many alternatives": " OR ".join(["police", "force", "crime", "officer"] * 15),
    "every plane": PLANES,
    "NUL": "po\0lice \0",
    "lone surrogates": "\ud800 police\udfff \udc80",
    "a huge number": "9" * 1_000,
    "a huge year": "year:" + "9" * 900,
    "numbers": "1,234,567:89 " * 20 + "-1e999 0x7f",
    "many quotes": '"' * 999,
    "many curly quotes": "“”" * 499,
    "many colons": ":" * 999,
    "many filters": "kind:recommendation " * 49,
    "filters inside filters": "force:" * 150 + "kent",
    "many minus signs": "-" * 999,
    "many tildes": "a" + "~" * 900,
    "many asterisks": "a" + "*" * 900,
    "operators alone": "OR AND NOT OR -OR NOT NOT",
    "combining marks": "e" + "\u0301" * 990,
    "right to left": "\u202e\u200f police \u202c\ufeff",
    "white space": "\u2003\t\n\r\x0b\x85" * 150,
    "a template": "{{7*7}} %s %n ${HOME} '; DROP TABLE--",
    "a link": "https://example.org/" + "a/" * 480,
}
