"""The site for other WSGI servers: ``gunicorn 'peelsearch.webapp.wsgi:application()'``.

Its settings are those of ``peelsearch serve``, from ``peelsearch.toml`` and the environment; the
server itself says where it listens.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from peelsearch.config import OWN_VOCABULARY, load_settings
from peelsearch.vocabulary import Vocabulary, load_vocabulary
from peelsearch.webapp.access import files_served, login_set
from peelsearch.webapp.app import create_app
from peelsearch.webapp.server import Serving

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


def application() -> WSGIApplication:
    """The site over the index that is set. Raises SettingError or VocabularyError."""
    settings = load_settings(Path.cwd(), os.environ)
    serving = Serving(str(settings["prefix"]), login_set(settings), str(settings["access_log"]))
    app = create_app(
        Path(str(settings["index"])),
        vocabulary=_vocabulary(str(settings["vocabulary"])),
        login=serving.login,
        # Who reaches another server is not known here.
        files=files_served(str(settings["files"]), only_here=False),
    )
    return serving.around(app)


def _vocabulary(name: str) -> Vocabulary | None:
    if not name:
        return None
    return load_vocabulary(None if name == OWN_VOCABULARY else Path(name))
