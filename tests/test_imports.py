"""What a command must not load: help and mistakes answer at once, and a search soon.

Time is not asserted here, for it depends on the machine; `benchmarks/help_time.py` measures it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("flask", "jinja2", "nltk", "numpy", "waitress", "werkzeug", "whoosh")
# What a search for indexed words has no use for: readers of documents, builds, the page, TOML.
UNSEARCHED = (
    *("charset_normalizer", "docx", "flask", "jinja2", "lxml", "markdown_it", "pypdfium2"),
    *("csv", "tomllib", "waitress", "werkzeug", "click.shell_completion"),
    *("peelsearch.documents", "peelsearch.indexing", "peelsearch.passages", "peelsearch.webapp"),
    *("peelsearch.analysis.splitting", "peelsearch.model.structure", "peelsearch.render.tables"),
    "peelsearch.engine.snapshot.list_groups",
    *("nltk", "numpy", "whoosh", "peelsearch.engine.writer"),
    # What inspect, hashlib and shutil bring; commands put them off (cli/lazily.py).
    *("dis", "_hashlib", "bz2"),
)
PROBE = """
import os, sys
from peelsearch.cli import main
os._exit = sys.exit
sys.argv = ["peelsearch", *sys.argv[1:]]
try:
    main()
except SystemExit as stop:
    code = stop.code
print("EXIT", code)
print("LOADED", *sorted(sys.modules))
"""


def probe(*arguments: str) -> tuple[str, set[str]]:
    """Exit code and loaded modules after `peelsearch ARGUMENTS`, in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    lines = result.stdout.splitlines()
    return lines[-2].removeprefix("EXIT "), set(lines[-1].split()[1:])


@pytest.mark.parametrize(
    ("argument", "expected"), [("--help", "0"), ("--version", "0"), ("serch", "2")]
)
def test_help_and_mistakes_load_nothing_heavy(argument: str, expected: str) -> None:
    code, loaded = probe(argument)
    assert code == expected
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))


def test_the_probe_sees_what_is_loaded() -> None:
    """Guards the test above: a probe that saw nothing would always pass."""
    _, loaded = probe("--help")
    assert {"click", "peelsearch"} <= loaded


def test_a_search_loads_only_what_it_uses(seeds_index: Path) -> None:
    code, loaded = probe("search", "stop and search", "--index", str(seeds_index))
    assert code == "0"
    assert loaded.isdisjoint(UNSEARCHED), sorted(loaded.intersection(UNSEARCHED))


def test_other_commands_load_what_a_search_does_not(seeds_index: Path) -> None:
    """Guards the test above: names that nothing loads would always pass."""
    _, loaded = probe("status", "--index", str(seeds_index))
    assert {"peelsearch.documents", "peelsearch.indexing", "peelsearch.passages"} <= loaded
    _, loaded = probe("search", "force", "--format", "csv", "--index", str(seeds_index))
    assert {"csv", "peelsearch.render.tables"} <= loaded
    _, loaded = probe("search", "force", "--group", "document", "--index", str(seeds_index))
    assert "peelsearch.engine.snapshot.list_groups" in loaded
    _, loaded = probe("search", "force", "--vocabulary", "default", "--index", str(seeds_index))
    assert "tomllib" in loaded


WITHOUT_STEMS = """
import sys
from peelsearch.analysis import sentences, spans, terms
text = "The force’s 94.8% – see para. 4. Zoë’s “A&E” visits cost £1.5m."
assert len(spans(text)) == len(terms(text, stem=str)) == 12, spans(text)
assert len(sentences(text)) == 2
assert "nltk" not in sys.modules
terms("forces")
assert "nltk" not in sys.modules
terms("dying")
assert "nltk" in sys.modules
"""


def test_words_and_sentences_need_no_nltk_but_odd_stems_do() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT_STEMS], timeout=60, check=True)


def test_what_is_put_off_is_there_when_it_is_used() -> None:
    script = (
        "import peelsearch.cli, inspect, sys\n"
        "assert 'dis' not in sys.modules\n"
        "from hashlib import sha256\n"
        "print(inspect.cleandoc('  a'), sha256(b'').hexdigest()[:4], inspect.isclass(int))\n"
        "assert inspect.Parameter is sys.modules['inspect'].Parameter\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    assert result.stdout.split() == ["a", "e3b0", "True"]
