"""``peelsearch serve``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.cli.options import (
    Settings,
    chosen_vocabulary,
    index_option,
    vocabulary_option,
)
from peelsearch.webapp import serve


@click.command("serve")
@index_option
@vocabulary_option
@click.option("--host", help="Address to answer at (default 127.0.0.1: this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to answer at (default 8000).")
def command(
    index: Path | None, vocabulary_file: str | None, host: str | None, port: int | None
) -> None:
    """Start the search page for a browser.

    Ctrl-C stops it. Only this machine can reach it unless --host says otherwise.
    """
    settings = Settings()
    serve(
        index or Path(settings.text("index")),
        vocabulary=chosen_vocabulary(settings, vocabulary_file),
        host=host or settings.text("host"),
        port=settings.number("port") if port is None else port,
        ready=lambda address: click.echo(f"The search page is at {address} (Ctrl-C stops it)."),
    )
