"""Who may read the site: a name and a password that browsers ask for, where they are set.

Off unless set. HTTP sends both in the clear: another machine's way here should be HTTPS.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

from peelsearch.errors import SettingError

_ASKING = 'Basic realm="peelsearch", charset="UTF-8"'
_WORDS = "This site asks for a name and a password.\n"
_HINT = "It is a name, a colon and a password, on one line."


def login_set(settings: Mapping[str, str | int]) -> str:
    """``name:password`` from the settings, empty for none. Raises SettingError without quoting it.

    It is read from a file or the environment: what a command is started with, others can see.
    """
    login, file = str(settings["login"]), str(settings["login_file"])
    if file:
        try:
            login = Path(file).read_text("utf-8").strip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(
                f"The file of the login cannot be read: {file}.", hint=_HINT
            ) from error
    elif not login:
        return ""
    name, colon, password = login.partition(":")
    if not (name and colon and password) or "\n" in login:
        raise SettingError(
            f"The login {f'in {file}' if file else 'that is set'} cannot be used.", hint=_HINT
        )
    return login


def files_served(setting: str, *, only_here: bool) -> bool:
    """Whether the documents' own files are served; ``only_here`` tells that no other machine
    reaches the site. Raises SettingError."""
    if setting not in ("here", "yes", "no"):
        raise SettingError(
            f'The setting "files" cannot be "{setting[:40]}".', hint="It is here, yes or no."
        )
    return setting == "yes" or (setting == "here" and only_here)


def add_login(app: Flask, login: str) -> None:
    """Ask for ``name:password`` on every address, before anything else is looked at."""
    wanted = sha256(login.encode()).digest()

    def ask() -> Response | None:
        given = request.authorization
        if given is not None and given.type == "basic":
            said = f"{given.username}:{given.password}".encode("utf-8", "surrogatepass")
            # Digests have one length, so the time tells nothing of the password's either.
            if hmac.compare_digest(sha256(said).digest(), wanted):
                return None
        return Response(_WORDS, 401, {"WWW-Authenticate": _ASKING}, mimetype="text/plain")

    app.before_request(ask)
