"""Modules that a search imports and does not use: they load when something of them is used.

Click imports ``inspect`` to clean the texts of help; with all that it brings that takes as long
as all of Click. Import this module before Click, which stands here without it.
"""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands in the place of a module until something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        loaded = importlib.import_module(self.__name__)
        self.__dict__.update(vars(loaded))
        return getattr(loaded, name)


# What commands load and make in numbers is not garbage; looking for it takes a tenth of a search.
gc.set_threshold(100_000)

# Of the standard library: what help, addresses, misspellings, digests of files, names of feeds,
# sweeping and long lines need.
for _name in ("inspect", "ipaddress", "difflib", "hashlib", "shutil", "textwrap", "uuid"):
    sys.modules.setdefault(_name, _Later(_name))

# Click names this class of the module in a type; nothing else of it is looked at while it loads.
_identifiers = sys.modules["uuid"]
if isinstance(_identifiers, _Later):
    _identifiers.__dict__["UUID"] = object

# Click asks for translations of its messages as it loads, and there are none to be found.
_translation = _Later("gettext")
_translation.__dict__.update(
    gettext=lambda message: message, ngettext=lambda one, many, n: one if n == 1 else many
)
sys.modules.setdefault("gettext", _translation)

import click  # noqa: E402

if isinstance(_identifiers, _Later):
    del _identifiers.__dict__["UUID"]


class Option(click.Option):
    """An option whose help has no indentation to be cleaned of."""

    def __init__(self, *names: Any, help: str | None = None, **more: Any) -> None:  # noqa: A002
        super().__init__(*names, **more)
        self.help = help


class _HelpOption:
    """Gives a command the option --help as an ``Option``."""

    _own_help: click.Option | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        command: Any = self
        names = command.get_help_option_names(ctx)
        if names and self._own_help is None:
            # The decorator adds it to the parameters; a name of its own keeps it from others.
            click.help_option(*names, "_help", cls=Option)(command)
            self._own_help = command.params.pop()
        return self._own_help


class Command(_HelpOption, click.Command):
    """A command of this program."""


class Group(_HelpOption, click.Group):
    """A group of commands."""
