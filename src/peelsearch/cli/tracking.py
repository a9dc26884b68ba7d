"""The file of people's notes: which one, and joined to the findings."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli.exports import Opened
from peelsearch.cli.options import F, Settings, option
from peelsearch.config import SETTINGS
from peelsearch.model.papers import Tracker
from peelsearch.papers import joined_tracker, read_tracker

_DEFAULT = next(str(setting.default) for setting in SETTINGS if setting.name == "tracker")


def tracker_option(function: F) -> F:
    """--tracker FILE; the command gets ``tracker_file``."""
    return option(
        "--tracker",
        "tracker_file",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help=(
            "Join what people note of findings in this file (setting: tracker; "
            f"{_DEFAULT} in the current folder if it is there)."
        ),
    )(function)


def opened_tracker(opened: Opened, file: Path | None) -> Tracker | None:
    """The tracker that the option names, else the setting, else the usual file if it is there."""
    if file is None:
        name = Settings().text("tracker")
        if not name or (name == _DEFAULT and not Path(name).exists()):
            return None
        file = Path(name)
    rows = read_tracker(file)
    return joined_tracker(opened.corpus, opened.known, opened.memory, str(file), rows)
