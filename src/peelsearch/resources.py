"""Where the page's templates and static files are: in the installed package or the checkout."""

from __future__ import annotations

from pathlib import Path

from peelsearch.errors import SettingError


def web_folder() -> Path:
    """The folder that holds ``templates`` and ``static``.

    The wheel maps the checkout's ``web`` into the package, so the package comes first.
    """
    here = Path(__file__).resolve()
    places = (here.parent / "web", here.parents[2] / "web")
    for place in places:
        if (place / "templates").is_dir():
            return place
    raise SettingError(
        f"The page's templates are not at {places[0]}.",
        hint="Install peelsearch again: the installed copy is not complete.",
    )
