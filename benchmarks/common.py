"""What the runs share: options, the work folder, results kept as JSON, and the machine."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.corpus import VERSION
from benchmarks.peers import PEERS, installed, left_out
from benchmarks.peers.protocol import Peer
from peelsearch import __version__

ROOT = Path(__file__).parents[1]
DEFAULT_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run measures: a corpus of this size, with these engines, in this work folder."""

    work: Path
    size: int
    peers: tuple[Peer, ...]

    def index(self, peer: Peer) -> Path:
        """Where an engine's index of this corpus is."""
        return self.work / str(self.size) / peer.name

    def save(self, section: str, result: dict[str, Any]) -> None:
        """Keep a section's result for the report, in place of an earlier one for this size."""
        folder = self.work / "results"
        folder.mkdir(parents=True, exist_ok=True)
        kept = {"section": section, "size": self.size, "machine": machine(), **result}
        text = json.dumps(kept, indent=1, ensure_ascii=False)
        (folder / f"{section}-{self.size}.json").write_text(text + "\n", "utf-8")
        print(f"kept as {section}-{self.size}.json in {folder}")


def default_work() -> Path:
    """A folder that lasts from one run to the next, outside the repository."""
    return Path(tempfile.gettempdir(), "peelsearch-bench")


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options that every run has."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--work", type=Path, default=default_work(), help="folder for what is made")
    made.add_argument("--size", type=int, default=DEFAULT_SIZE, help="passages (default 10,000)")
    names = [peer.name for peer in PEERS]
    made.add_argument("--peers", nargs="+", choices=names, default=[], help="only these engines")
    return made


def setting(options: argparse.Namespace) -> Setting:
    """The setting that the options ask for. An engine that is not installed is named."""
    if options.work.resolve().is_relative_to(ROOT):
        raise SystemExit(f"{options.work} is in the repository; name a folder outside it.")
    for label, reason in left_out().items():
        print(f"{label} is left out: {reason}.")
    return Setting(options.work, options.size, installed(options.peers))


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def middle(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)


def folder_bytes(folder: Path) -> int:
    """The size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def memory(process: int | str = "self") -> dict[str, int]:
    """A process's memory in bytes: resident, its peak, and the parts from files and not."""
    text = Path(f"/proc/{process}/status").read_text("utf-8")
    rows = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    names = {"resident": "VmRSS", "peak": "VmHWM", "own": "RssAnon", "files": "RssFile"}
    return {name: int(rows[row].split()[0]) * 1024 for name, row in names.items() if row in rows}


def machine() -> dict[str, Any]:
    """What a result was measured on."""
    cpu = "unknown"
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
            break
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(pages / 1e9, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "peelsearch": __version__,
        "corpus": VERSION,
        "date": datetime.now(UTC).date().isoformat(),
        "load": round(os.getloadavg()[0], 2),
        "versions": {peer.label: peer.version() for peer in installed()},
        "left_out": left_out(),
    }
