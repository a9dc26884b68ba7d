"""``peelsearch serve``."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import click

from peelsearch.cli.options import (
    Settings,
    chosen_vocabulary,
    index_option,
    vocabulary_option,
    warn,
)
from peelsearch.webapp import Serving, files_served, login_set, serve

OPEN_TO_ALL = (
    "Other machines can reach this address, and everybody on them can read the documents. The "
    "setting login_file makes the site ask for a password (docs/deploy.md)."
)
CLEAR_TEXT = (
    "Other machines can reach this address. It is not HTTPS: the password and the pages can be "
    "read on the way (docs/deploy.md)."
)


@click.command("serve")
@index_option
@vocabulary_option
@click.option("--host", help="Address to answer at (default 127.0.0.1: this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to answer at (default 8000).")
@click.option("--prefix", help="Path that it is served under, such as /peel.", metavar="PATH")
@click.option(
    "--access-log", metavar="FILE", help="File for a line about each request; - for standard error."
)
@click.option(
    "--tracker",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Show what people note of findings in this file; all who reach the site can read it.",
)
@click.option(
    "--files",
    type=click.Choice(["here", "yes", "no"]),
    help="Serve the documents' own files: here (default) if only this machine reaches the site.",
)
def command(
    index: Path | None,
    vocabulary_file: str | None,
    host: str | None,
    port: int | None,
    prefix: str | None,
    access_log: str | None,
    tracker: Path | None,
    files: str | None,
) -> None:
    """Start the search page for a browser.

    Ctrl-C stops it. Only this machine can reach it unless --host says otherwise. The settings
    login_file and login make it ask for a name and a password.
    """
    settings = Settings()
    host = host or settings.text("host")
    under = settings.text("prefix") if prefix is None else prefix
    login = login_set({name: settings.text(name) for name in ("login", "login_file")})
    if not _only_here(host):
        warn(OPEN_TO_ALL if not login else CLEAR_TEXT)
    serve(
        index or Path(settings.text("index")),
        vocabulary=chosen_vocabulary(settings, vocabulary_file),
        host=host,
        port=settings.number("port") if port is None else port,
        serving=Serving(
            under,
            login,
            settings.text("access_log") if access_log is None else access_log,
            tracker=tracker.resolve() if tracker else None,
            files=files_served(
                settings.text("files") if files is None else files,
                only_here=_only_here(host) and not under,
            ),
        ),
        ready=lambda address: click.echo(f"The search page is at {address} (Ctrl-C stops it)."),
    )


def _only_here(host: str) -> bool:
    """Whether an address is this machine's own, that no other can reach."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
