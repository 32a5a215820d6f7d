"""Making subcommands from functions that take one object of options."""

from __future__ import annotations

import inspect
import sys
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand

from .exits import pipe_closed

if TYPE_CHECKING:
    from collections.abc import Callable

OptionsT = TypeVar("OptionsT")

TERMINAL = "-"
"""The value of ``--plot`` where no file is named."""


class Command(TyperCommand):
    """A subcommand whose option ``--plot`` may stand alone."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, with a value for ``--plot`` where it has none."""
        return super().parse_args(ctx, with_plot_value(args))


def with_plot_value(arguments: list[str]) -> list[str]:
    """Give ``--plot`` a value where what follows is no file's name.

    Example:
        >>> with_plot_value(["--plot", "--utc"]), with_plot_value(["--plot", "a.png"])
        (['--plot=-', '--utc'], ['--plot', 'a.png'])
    """
    result = []
    for place, argument in enumerate(arguments):
        following = arguments[place + 1 : place + 2]
        alone = argument == "--plot" and (not following or following[0].startswith("-"))
        result.append(f"--plot={TERMINAL}" if alone else argument)
    return result


def add(app: typer.Typer, name: str, options: type[OptionsT], epilog: str = "") -> Callable[[Any], Any]:
    """Make the decorated function, which takes an `options` object, a subcommand with an option for each field.

    Its docstring is the help; lines of `epilog` are shown below it as they are.
    """

    def decorate(function: Callable[[OptionsT], int | None]) -> Callable[[OptionsT], int | None]:
        hints = get_type_hints(options, include_extras=True)

        def run(**values: Any) -> None:
            try:
                code = function(options(**values))
                sys.stdout.flush()
            except BrokenPipeError:
                # Typer would end with 1.
                code = pipe_closed()
            if code:
                raise typer.Exit(code)

        parameters = [
            inspect.Parameter(
                field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
            )
            for field in fields(options)  # type: ignore[arg-type]  # a dataclass, by contract
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what inspect looks at
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__doc__ = function.__doc__
        # Not filled into paragraphs, which is what the form feed's sister \b is for.
        app.command(name, cls=Command, epilog=f"\b\n{epilog}" if epilog else None)(run)
        return function

    return decorate
