"""The gate: every collection that is present, measured against its floors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tools.quality.collection import ROOT

# A folder of this name holds questions that nobody tunes on: what was wrong with single ones is
# never printed.
UNSEEN = "unseen"
SHARED = ROOT.parent / "shared"
# The project's own questions and those on the seeds are there in every checkout that has them;
# the others stand beside the checkout, and are not part of the project.
COLLECTIONS: Mapping[str, Path] = {
    "own": ROOT / "tests" / "quality",
    "second-tuning": ROOT / "tests" / "quality" / "second" / "tuning",
    "second-unseen": ROOT / "tests" / "quality" / "second" / UNSEEN,
    "gold": SHARED / "gold",
    "cranfield": SHARED / "data" / "cranfield",
    "xquad-en": SHARED / "data" / "xquad-en",
}


def present() -> dict[str, Path]:
    """The collections that can be measured here, by name."""
    return {name: folder for name, folder in COLLECTIONS.items() if folder.is_dir()}


def skipped() -> list[str]:
    """The others, each in a line that says where it would be."""
    return [
        f"{name} is skipped: {folder} is not there"
        for name, folder in COLLECTIONS.items()
        if not folder.is_dir()
    ]
