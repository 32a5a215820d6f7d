"""The command `enlighten`, for people at a terminal and for scripts; needs the extra ``cli``.

It starts in `main`; `app` has the subcommands. Nothing heavier than Typer is imported before a subcommand runs, so that
``enlighten --help`` responds faster than httpx is imported.
"""

from .main import main

__all__ = ["main"]
