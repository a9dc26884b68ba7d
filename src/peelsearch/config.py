"""Settings: one table of name, default and help. Flag, then environment, then file, then default.

The file is ``peelsearch.toml`` in the current folder; the environment variable of a setting is
``PEELSEARCH_`` and its name in capitals.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from peelsearch.errors import SettingError
from peelsearch.records import dataclass

FILE_NAME = "peelsearch.toml"
PREFIX = "PEELSEARCH_"
# What stands for the program's own vocabulary where a file is expected.
OWN_VOCABULARY = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; ``default`` says its type too."""

    name: str
    default: str | int
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("index", "index", "Folder of the index."),
    Setting("vocabulary", "", "Vocabulary file; empty for the one that the index was made with."),
    Setting(
        "tracker", "tracker.csv", "File of what people note of findings; none where it is empty."
    ),
    Setting("watches", "watches.json", "File of saved searches."),
    Setting("limit", 10, "Hits on a page."),
    Setting("reading_seconds", 60, "Seconds that reading one document may take."),
    Setting("host", "127.0.0.1", "Address that the site answers at."),
    Setting("port", 8000, "Port that the site answers at."),
    Setting("prefix", "", "Path that the site is served under, such as /peel."),
    Setting(
        "files", "here", "Whether original files are served: here (only this machine), yes, no."
    ),
    Setting("access_log", "", "File for a line about each request; - for standard error."),
    Setting("login", "", "name:password that the site asks for; better in login_file."),
    Setting("login_file", "", "File whose one line is name:password that the site asks for."),
)


def load_settings(folder: Path, environment: Mapping[str, str]) -> Mapping[str, str | int]:
    """Every setting's value, without the flags, which the command line puts on top.

    Raises SettingError with the place that gave a value which cannot be used.
    """
    values: dict[str, str | int] = {setting.name: setting.default for setting in SETTINGS}
    path = folder / FILE_NAME
    for name, value in _from_file(path).items():
        values[name] = _checked(name, value, str(path))
    for setting in SETTINGS:
        variable = PREFIX + setting.name.upper()
        if variable in environment:
            values[setting.name] = _checked(setting.name, environment[variable], variable)
    return values


def _from_file(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    import tomllib  # noqa: PLC0415 - few folders have the file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{path} cannot be read: {error}", hint="Mend or remove it.") from error


def _checked(name: str, value: object, place: str) -> str | int:
    setting = next((setting for setting in SETTINGS if setting.name == name), None)
    if setting is None:
        known = ", ".join(setting.name for setting in SETTINGS)
        raise SettingError(
            f'There is no setting called "{name}" ({place}).', hint=f"Settings are: {known}."
        )
    if isinstance(setting.default, str):
        if isinstance(value, str):
            return value
    elif isinstance(value, int) and not isinstance(value, bool):
        return value
    elif isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return int(value)
    wanted = "a text" if isinstance(setting.default, str) else "a whole number"
    raise SettingError(f'The setting "{name}" needs {wanted}, not {value!r} ({place}).')
