"""``peelsearch completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from peelsearch.cli import group
from peelsearch.cli.options import print_text


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes commands in your shell.

    Commands, options, and the values of filters are completed.

    \b
    bash:  peelsearch completion bash > ~/.peelsearch-complete; add to ~/.bashrc:
           . ~/.peelsearch-complete
    zsh:   the same with zsh and ~/.zshrc
    fish:  peelsearch completion fish > ~/.config/fish/completions/peelsearch.fish
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(f"no completion for {shell}")
    print_text(found(group, {}, "peelsearch", "_PEELSEARCH_COMPLETE").source() + "\n")
