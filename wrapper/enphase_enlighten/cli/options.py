"""The options that subcommands share, one group a class; a subcommand's options inherit from those it takes.

`subcommand` makes a subcommand of a function that takes such options, and `spelled` writes them as one would type them.
"""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer
from typer import Option
from typer.core import TyperCommand

from .exits import Stopped, cut_short

if TYPE_CHECKING:
    from collections.abc import Callable

OptionsT = TypeVar("OptionsT")

IN_TERMINAL = "-"
"""The value of ``--plot`` where no file is named."""


class Form(StrEnum):
    """The forms of output."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"


Text = str | None
Texts = list[str] | None
Number = int | None
Numbers = list[int] | None

SystemIds = Annotated[Numbers, Option("--system", "-s", metavar="ID", help="A system; may be given more than once.")]
All = Annotated[bool, Option("--all", "-a", help="All systems that the credentials can see.")]
StartWith = Annotated[
    Number, Option("--start-with", metavar="ID", help="With --all: begin with this system, to go on.")
]
_FROM_HELP = "Beginning: 2024-06-01, '1 June 2024 10:00', yesterday; time at the system."
From = Annotated[Text, Option("--from", "-f", metavar="WHEN", help=_FROM_HELP)]
To = Annotated[Text, Option("--to", "-t", metavar="WHEN", help="End; a day is included whole.")]
Last = Annotated[Text, Option("--last", "-l", metavar="LENGTH", help="Until now: 24h, 7d, 2w, 3mo, 1y.")]
_TIMEZONE_HELP = "Of systems whose own is not known, such as America/Los_Angeles."
Timezone = Annotated[Text, Option("--timezone", metavar="AREA/CITY", help=_TIMEZONE_HELP)]
_OUTPUT_HELP = "By default a table on a terminal, or by the name of FILE, or csv."
Output = Annotated[Form | None, Option("--output", "-o", case_sensitive=False, help=_OUTPUT_HELP)]
File = Annotated[Path | None, Option("--file", "-O", metavar="FILE", dir_okay=False, help="Write to a file.")]
Overwrite = Annotated[bool, Option("--overwrite", help="Replace FILE if it exists.")]
Append = Annotated[bool, Option("--append", help="Add to FILE if it exists (csv and jsonl).")]
Utc = Annotated[bool, Option("--utc", help="Times in UTC instead of the system's timezone.")]
_PLOT_HELP = "A chart: in the terminal, or in FILE.png, FILE.svg or FILE.html."
Plot = Annotated[Text, Option("--plot", metavar="[FILE]", help=_PLOT_HELP)]
Yes = Annotated[bool, Option("--yes", "-y", help="Do not ask before a run that spends a lot of the quota.")]
Quiet = Annotated[bool, Option("--quiet", "-q", help="No progress.")]
Profile = Annotated[Text, Option("--profile", metavar="NAME", help="Profile of the configuration file.")]
BaseUrl = Annotated[Text, Option("--base-url", metavar="URL", help="Another service, such as a simulated one.")]
_PLAN_HELP = "watt, kilowatt, megawatt, gigawatt, or MINUTE/MONTH such as 10/5000."
Plan = Annotated[Text, Option("--plan", metavar="PLAN", help=_PLAN_HELP)]
Debug = Annotated[bool, Option("--debug", help="Show the log, and where an error comes from.")]


@dataclass(frozen=True, kw_only=True)
class ConnectionOptions:
    """How the service is reached."""

    profile: Profile = None
    plan: Plan = None
    base_url: BaseUrl = None
    debug: Debug = False


@dataclass(frozen=True, kw_only=True)
class OutputOptions:
    """The form of the rows, and where they are written."""

    output: Output = None
    file: File = None
    overwrite: Overwrite = False
    append: Append = False
    utc: Utc = False


@dataclass(frozen=True, kw_only=True)
class SystemOptions:
    """The systems that a run is about."""

    system: SystemIds = None
    all: All = False
    start_with: StartWith = None


@dataclass(frozen=True, kw_only=True)
class RowOptions(ConnectionOptions, OutputOptions):
    """The options of everything that writes rows."""


@dataclass(frozen=True, kw_only=True)
class RunOptions(RowOptions, SystemOptions):
    """The options of every run over systems."""

    yes: Yes = False
    quiet: Quiet = False


@dataclass(frozen=True, kw_only=True)
class SeriesOptions(RunOptions):
    """The options of a run over series of energy or power."""

    from_: From = None
    to: To = None
    last: Last = None
    timezone: Timezone = None
    plot: Plot = None


class _PlotCommand(TyperCommand):
    """A subcommand whose option ``--plot`` may stand alone."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, with a value for ``--plot`` where it has none."""
        return super().parse_args(ctx, with_plot_value(args))


def with_plot_value(arguments: list[str]) -> list[str]:
    """Give ``--plot`` a value where it is not followed by the name of a file.

    Example:
        >>> with_plot_value(["--plot", "--utc"]), with_plot_value(["--plot", "a.png"])
        (['--plot=-', '--utc'], ['--plot', 'a.png'])
    """
    result = []
    for place, argument in enumerate(arguments):
        following = arguments[place + 1 : place + 2]
        alone = argument == "--plot" and (not following or following[0].startswith("-"))
        result.append(f"--plot={IN_TERMINAL}" if alone else argument)
    return result


def subcommand(app: typer.Typer, name: str, options: type[OptionsT], example: str) -> Callable[[Any], Any]:
    """Make the decorated function a subcommand with an option for each field of `options`, which it takes.

    Its docstring is the help, with the example below it.
    """

    def decorate(function: Callable[[OptionsT], int]) -> Callable[[OptionsT], int]:
        hints = get_type_hints(options, include_extras=True)

        def run(**values: Any) -> None:
            try:
                code = function(options(**values))
                sys.stdout.flush()
            except (BrokenPipeError, Stopped) as error:
                # Typer would end with codes of its own.
                code = cut_short(error)
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
        # Lines after \b are not filled into paragraphs.
        app.command(name, cls=_PlotCommand, epilog=f"\b\nExample:\n  {example}")(run)
        return function

    return decorate


def spelled(options: object, **changes: Any) -> list[str]:
    """Return the arguments that give these options, with `changes`; None and False leave an option out."""
    hints = get_type_hints(type(options), include_extras=True)
    arguments: list[str] = []
    for field in fields(options):  # type: ignore[arg-type]  # an instance of a dataclass, by contract
        value = changes.get(field.name, getattr(options, field.name))
        # Typer keeps the first of an option's names as its default until it reads the annotation.
        name = hints[field.name].__metadata__[0].default
        if value is None or value is False or not str(name).startswith("--"):
            continue
        if value is True:
            arguments.append(name)
        elif isinstance(value, list):
            arguments += [part for item in value for part in (name, str(item))]
        else:
            arguments += [name, str(value)]
    return arguments
