"""The command `enlighten`, for people at a terminal and for scripts; needs the extra ``cli``.

`entry.main` is where it starts, `app` has the subcommands. Nothing heavier than Typer is imported before a subcommand
runs, so that ``enlighten --help`` answers faster than httpx is imported.
"""

from .entry import main

__all__ = ["main"]
