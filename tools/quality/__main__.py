"""Commands: ``python -m tools.quality run FOLDER``, ``gate`` and ``floors``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.quality.collection import CollectionError, read_collection
from tools.quality.figures import Result
from tools.quality.floors import LoweredError, failures, raised, read_floors, write_floors
from tools.quality.gate import COLLECTIONS, UNSEEN, present, skipped
from tools.quality.report import as_json, misses, table
from tools.quality.runs import SEED, measure


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command: 0 all well, 1 below a floor, 2 a problem."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "run":
            return _run(options)
        return _gate(options) if options.command == "gate" else _floors(options)
    except CollectionError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m tools.quality", description=__doc__)
    commands = made.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="measure the collections in folders")
    run.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    run.add_argument("--seed", type=int, default=SEED, help="which half is taken away first")
    run.add_argument("--misses", action="store_true", help="list what was wrong")
    gate = commands.add_parser("gate", help="measure what is present against its floors")
    for command in (run, gate):
        command.add_argument("--json", action="store_true", help="one JSON object")
    floors = commands.add_parser("floors", help="raise the floors to what is reached now")
    for command in (gate, floors):
        command.add_argument(
            "names", nargs="*", metavar="NAME", help=f"only these of {', '.join(COLLECTIONS)}"
        )
    return made


def _run(options: argparse.Namespace) -> int:
    results = [measure(read_collection(folder), seed=options.seed) for folder in options.folders]
    _show(results, as_object=options.json)
    if options.misses:
        for folder, result in zip(options.folders, results, strict=True):
            hidden = folder.resolve().name == UNSEEN
            lines = [f"{folder}: single questions stay unseen"] if hidden else misses(result)
            print(*lines, sep="\n", file=sys.stderr)
    return int(any(result.violations for result in results))


def _gate(options: argparse.Namespace) -> int:
    results = _measured(options.names)
    _show(results, as_object=options.json)
    floors = read_floors()
    failed = [line for result in results for line in failures(result, floors)]
    print(*failed, sep="\n", file=sys.stderr)
    return int(bool(failed))


def _floors(options: argparse.Namespace) -> int:
    before = read_floors()
    try:
        after = raised(_measured(options.names), before)
    except LoweredError as error:
        print(f"error: floors only go up; nothing is written.\n{error}", file=sys.stderr)
        return 1
    write_floors(after)
    for name, pinned in after.items():
        for label, floor in pinned.items():
            old = before.get(name, {}).get(label)
            if floor != old:
                print(f"{name} {label}: {'none' if old is None else old} -> {floor}")
    return 0


def _measured(names: Sequence[str]) -> list[Result]:
    """The collections that are present, or those named. Raises CollectionError."""
    folders = present()
    for name in names:
        if name not in folders:
            where = COLLECTIONS.get(name)
            why = f"{where} is not there" if where else f"they are {', '.join(COLLECTIONS)}"
            raise CollectionError(f'There is no collection "{name}": {why}.')
    if not names:
        print(*skipped(), sep="\n", file=sys.stderr)
    chosen = {name: folders[name] for name in names} if names else folders
    return [measure(read_collection(folder, name)) for name, folder in chosen.items()]


def _show(results: Sequence[Result], *, as_object: bool) -> None:
    floors = read_floors()
    if as_object:
        print(json.dumps(as_json(results, floors), indent=1, ensure_ascii=False))
    else:
        print(table(results, floors))


if __name__ == "__main__":
    sys.exit(main())
