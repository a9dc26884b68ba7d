"""Imports point one way: from the commands and the page down to the data types.

The table below is the architecture. A module that is not in it fails the test, so that whoever
adds one decides where it belongs.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "peelsearch"

# From the top down. A name stands for a module or for a whole sub-package. A layer may import any
# layer below it; names in one layer may not import each other, unless PAIRS lists them.
LAYERS = (
    ("cli", "webapp"),
    ("render",),
    ("watches",),
    ("evidence",),
    ("papers", "citations"),
    ("answers", "forces"),
    ("judgments", "register"),
    ("extracts",),
    ("search", "indexing"),
    ("corpus_fingerprint", "fingerprint", "interpretation", "lookup", "runs"),
    ("expansion",),
    ("alternatives",),
    ("querystring", "snippets", "spelling", "acronyms", "synonyms"),
    ("corpus",),
    ("engine",),
    ("passages", "facets", "units", "phrasebook"),
    ("documents",),
    ("analysis",),
    ("model", "vocabulary", "errors", "config", "resources"),
    ("records", "digests"),
)

# Importer and imported within one layer, with the reason. "" is the package's root, which imports
# nothing itself.
PAIRS: Mapping[tuple[str, str], str] = {
    ("cli", ""): "prints the version",
    ("fingerprint", ""): "the version is part of what an index was built with",
    ("corpus_fingerprint", ""): "the version is part of what a table was made with",
    ("webapp", ""): "the description of the API names the version",
    ("cli", "webapp"): "`serve` starts the page",
    ("config", "errors"): "says which setting is wrong",
    ("vocabulary", "errors"): "says which value is unknown",
    ("resources", "errors"): "says what is missing from the installation",
}

# Third-party package -> the one module or sub-package that may import it; python-docx reads Word
# files in one place and writes tables and papers as such in two others.
GATES = {
    "charset_normalizer": "documents",
    "click": "cli",
    "docx": "documents render.paper_word render.word",
    "flask": "webapp",
    "jinja2": "webapp",
    "lxml": "documents",
    "markdown_it": "documents",
    "markupsafe": "webapp",
    "nltk": "analysis",
    "numpy": "engine",
    "pypdfium2": "documents",
    "waitress": "webapp",
    "werkzeug": "webapp",
    "whoosh": "engine",
}

# Imports inside functions: module and imported name, with the reason.
DEFERRED: Mapping[tuple[str, str], str] = {
    ("peelsearch.cli.ask", "peelsearch.render.tables"): "few ask for CSV or Markdown",
    ("peelsearch.cli.options", "click.shell_completion"): "only shells ask for completions",
    ("peelsearch.cli.search", "peelsearch.render.tables"): "few ask for CSV or Markdown",
    ("peelsearch.cli.exports", "peelsearch.render.word"): "few ask for a Word file",
    ("peelsearch.cli.export_files", "peelsearch.render.paper_word"): "not all ask for a Word file",
    ("peelsearch.cli.respond", "peelsearch.render.paper_word"): "not all ask for a Word file",
    ("peelsearch.config", "tomllib"): "few folders have a file of settings",
    ("peelsearch.spelling", "peelsearch.spelling.meant"): "few queries have unknown words",
    ("peelsearch.vocabulary.file", "tomllib"): "an index remembers the vocabulary as JSON",
    (
        "peelsearch.engine.snapshot.lists",
        "peelsearch.engine.snapshot.list_groups",
    ): "few ask for documents instead of passages",
    (
        "peelsearch.engine.opening",
        "peelsearch.engine.snapshot.arrays",
    ): "numpy takes longer to load than most searches; few go through so many postings",
    (
        "peelsearch.analysis.tokens",
        "peelsearch.analysis.nltk_parts",
    ): "NLTK takes longer to load than a search; only unusual characters need it",
    (
        "peelsearch.analysis.stemming",
        "peelsearch.analysis.nltk_parts",
    ): "NLTK takes longer to load than a search; an index knows the stems of its words",
}


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, as an import statement names it."""

    importer: str  # the full name of the module that imports
    imported: str  # the full name of what it imports
    line: int
    deferred: bool  # inside a function

    def __str__(self) -> str:
        return f"{self.importer}, line {self.line}, imports {self.imported}"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the imports of a source tree are checked against."""

    layers: tuple[tuple[str, ...], ...]
    pairs: Mapping[tuple[str, str], str]
    gates: Mapping[str, str]
    deferred: Mapping[tuple[str, str], str]

    def level(self, part: str) -> int | None:
        """How far down a part stands; None where no layer holds it."""
        return next((depth for depth, names in enumerate(self.layers) if part in names), None)


RULES = Rules(LAYERS, PAIRS, GATES, DEFERRED)


def source_modules(folder: Path) -> dict[str, Path]:
    """Every module under `folder`, by its full name."""
    modules = {}
    for path in sorted(folder.rglob("*.py")):
        names = path.relative_to(folder.parent).with_suffix("").parts
        modules[".".join(names[:-1] if names[-1] == "__init__" else names)] = path
    return modules


def imports(module: str, path: Path, modules: Mapping[str, Path]) -> Iterator[Import]:
    """Every import statement of one file, wherever it stands, one row for each name."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, functions)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for name in imported_names(node, module, path, modules):
            yield Import(module, name, getattr(node, "lineno", 0), id(node) in inside)


def imported_names(
    node: ast.AST, module: str, path: Path, modules: Mapping[str, Path]
) -> Iterator[str]:
    """The full names that one node imports; none where it is no import."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            package = module.split(".")
            drop = node.level - (path.name == "__init__.py")
            base = ".".join([*package[: len(package) - drop], *([base] if base else [])])
        for alias in node.names:
            full = f"{base}.{alias.name}"
            yield full if full in modules else base


def part_of(module: str) -> str:
    """The module or sub-package right under the package that `module` belongs to."""
    return [*module.split("."), ""][1]


def problems(folder: Path, rules: Rules) -> list[str]:
    """Everything in the source tree that breaks the rules, as sentences."""
    modules = source_modules(folder)
    found = [
        f"{name} is in no layer: add {part_of(name)} to LAYERS"
        for name in modules
        if part_of(name) and rules.level(part_of(name)) is None
    ]
    rows = [row for name, path in modules.items() for row in imports(name, path, modules)]
    found += [f"{row}: {why}" for row in rows if (why := objection(row, folder.name, rules))]
    graph = {name: {row.imported for row in rows if row.importer == name} for name in modules}
    loop = cycle(graph)
    return found + ([f"cycle: {' > '.join(loop)}"] if loop else [])


def objection(row: Import, package: str, rules: Rules) -> str | None:
    """Why one import is not allowed; None where it is."""
    top = row.imported.split(".", maxsplit=1)[0]
    importer = part_of(row.importer)
    module = row.importer.partition(".")[2]
    if row.deferred and (row.importer, row.imported) not in rules.deferred:
        return "inside a function, and not listed in DEFERRED"
    if top in rules.gates and {importer, module}.isdisjoint(rules.gates[top].split()):
        return f"only {rules.gates[top]} may import {top}"
    if top != package:
        return None
    if row.imported == package:
        listed = (importer, "") in rules.pairs
        return None if listed else "the package's root is for those outside it"
    return layer_objection(importer, part_of(row.imported), rules)


def layer_objection(importer: str, imported: str, rules: Rules) -> str | None:
    """Why one part may not import another by the table of layers; None where it may."""
    if importer == imported or (importer, imported) in rules.pairs:
        return None
    above, below = rules.level(importer), rules.level(imported)
    if above is None or below is None or above < below:
        return None  # a part without a layer is reported as such
    return "same layer, and not listed in PAIRS" if above == below else "that is a layer above"


def cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """One import cycle among the modules of `graph`, its first name repeated; empty if none."""
    inner = {name: (graph[name] & graph.keys()) - {name} for name in graph}
    try:
        TopologicalSorter(inner).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))  # it lists the imported before the importer
    return []


def declared_packages(folder: Path) -> set[str]:
    """Third-party packages that the source imports."""
    modules = source_modules(folder)
    rows = [row for name, path in modules.items() for row in imports(name, path, modules)]
    names = {row.imported.split(".", maxsplit=1)[0] for row in rows}
    return names - sys.stdlib_module_names - {folder.name}


def test_imports_point_one_way() -> None:
    found = problems(ROOT / "src" / PACKAGE, RULES)
    assert not found, "\n".join(["", *found])


def test_only_declared_packages_are_imported() -> None:
    assert declared_packages(ROOT / "src" / PACKAGE) <= set(GATES)


def test_the_exceptions_are_in_use() -> None:
    """An exception that nothing needs any more is a hole."""
    modules = source_modules(ROOT / "src" / PACKAGE)
    rows = [row for name, path in modules.items() for row in imports(name, path, modules)]
    pairs = {(part_of(row.importer), part_of(row.imported)) for row in rows}
    deferred = {(row.importer, row.imported) for row in rows if row.deferred}
    assert set(PAIRS) <= pairs
    assert set(DEFERRED) <= deferred


# The test's own test: a small source tree, and what must be found in it.
TOY_RULES = Rules(
    layers=(("top", "beside"), ("middle",), ("bottom", "floor")),
    pairs={("bottom", "floor"): "listed"},
    gates={"whoosh": "middle"},
    deferred={("toy.top.first", "json"): "listed"},
)
TOY = {
    "__init__.py": "",
    "top/__init__.py": "",
    "top/first.py": "from toy.middle import x\nfrom . import second\ndef f():\n    import json\n",
    "top/second.py": "from toy.bottom import y\n",
    "beside.py": "import toy.floor\n",
    "middle.py": "from whoosh.fields import TEXT\nfrom toy import bottom\n",
    "bottom.py": "from toy.floor import z\nimport re\n",
    "floor.py": "",
}
BROKEN = {
    "upwards": ("bottom.py", "from toy.middle import x\n", "that is a layer above"),
    "sideways": ("beside.py", "from toy.top import first\n", "same layer, and not listed"),
    "relative": ("floor.py", "from .top.first import f\n", "that is a layer above"),
    "root": ("middle.py", "import toy\n", "the package's root"),
    "root name": ("middle.py", "from toy import __version__\n", "the package's root"),
    "gate": ("top/second.py", "import whoosh.index\n", "only middle may import whoosh"),
    "function": ("middle.py", "def f():\n    import json\n", "inside a function"),
    "unplaced": ("new.py", "", "toy.new is in no layer"),
    "cycle": ("top/second.py", "from toy.top.first import f\n", "cycle: toy.top."),
    "type checking": (
        "bottom.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from toy.middle import x\n",
        "that is a layer above",
    ),
}


def toy_tree(folder: Path, changes: Mapping[str, str]) -> Path:
    """Write the toy package with some files replaced; its folder."""
    for name, text in {**TOY, **changes}.items():
        path = folder / "toy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "toy"


def test_a_sound_tree_passes(tmp_path: Path) -> None:
    assert problems(toy_tree(tmp_path, {}), TOY_RULES) == []


@pytest.mark.parametrize(("file", "text", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_broken_tree_is_found(file: str, text: str, expected: str, tmp_path: Path) -> None:
    found = problems(toy_tree(tmp_path, {file: text}), TOY_RULES)
    assert any(expected in problem for problem in found), found
