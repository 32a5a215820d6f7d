"""The subcommands of `enlighten`, their options and their help. The rest is imported when one runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from .exits import MEANINGS
from .options import (
    BaseUrl,
    ConnectionOptions,
    Debug,
    Numbers,
    Plan,
    Profile,
    Quiet,
    RowOptions,
    RunOptions,
    SeriesOptions,
    Text,
    Texts,
    spelled,
    subcommand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOCK = "mock"

_EPILOG = """\b
Examples:
  enlighten login
  enlighten systems
  enlighten summary --all --output csv --file today.csv
  enlighten energy --system 67 --last 30d --plot
  enlighten stats --system 67 --from 2024-06-01 --to 2024-06-07 --file week.parquet
  enlighten consumption --system 67 --intervals --last 7d --plot week.png

\b
Exit codes:
"""

app = typer.Typer(
    # With rich, help would take longer than this program may.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EPILOG + "\n".join(f"  {code:<4} {meaning}" for code, meaning in MEANINGS.items()),
)


def command() -> Callable[..., Any]:
    """Return a function that reads the arguments and runs a subcommand."""
    return typer.main.get_command(app).main


def _run(module: str, *arguments: Any) -> int:
    """Run a module of `commands`, which is imported only now."""
    code: int = import_module(f".commands.{module}", __package__).run(*arguments)
    return code


def _report(module: str, name: str, options: RunOptions, moment: tuple[str, str | None] = ("", None)) -> int:
    """Run the report of this name in a module of `commands`, which is imported only now."""
    from .run.running import run

    return run(getattr(import_module(f".commands.{module}", __package__), name), options, moment)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it
    if wanted:
        from enphase_enlighten import __version__

        typer.echo(f"enlighten {__version__}")
        raise typer.Exit


@app.callback()
def enlighten(
    context: typer.Context,
    *,
    profile: Profile = None,
    plan: Plan = None,
    base_url: BaseUrl = None,
    debug: Debug = False,
    version: Annotated[
        bool, Option("--version", help="Show the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Energy data of solar systems from the Enphase Enlighten Systems API: complete, within the quota."""
    del version
    connection = ConnectionOptions(profile=profile, plan=plan, base_url=base_url, debug=debug)
    if context.invoked_subcommand == MOCK and spelled(connection):
        raise typer.BadParameter(f"{spelled(connection)[0]} is not for {MOCK}, whose own options follow it")
    # Each subcommand has these options too, and what is given there counts.
    context.default_map = {str(context.invoked_subcommand): asdict(connection)}


@dataclass(frozen=True, kw_only=True)
class _SystemsOptions(RowOptions):
    system: Annotated[Numbers, Option("--system", "-s", metavar="ID", help="Only these.")] = None
    name: Annotated[Texts, Option("--name", metavar="NAME", help="Only of these names.")] = None
    status: Annotated[Texts, Option("--status", metavar="STATUS", help="Only of these statuses, such as comm.")] = None
    reference: Annotated[Texts, Option("--reference", metavar="TEXT", help="Only with these references.")] = None
    installer: Annotated[Texts, Option("--installer", metavar="NAME", help="Only of these.")] = None
    connection_type: Annotated[
        Texts, Option("--connection-type", metavar="TYPE", help="ethernet, cellular or wifi.")
    ] = None
    quiet: Quiet = False


@subcommand(app, "systems", _SystemsOptions, "enlighten systems --status comm --status micro")
def systems(options: _SystemsOptions) -> int:
    """List the systems that the credentials can see."""
    return _run("fleet", options)


@dataclass(frozen=True, kw_only=True)
class _SummaryOptions(RunOptions):
    date: Annotated[Text, Option("--date", "-d", metavar="DAY", help="Another day, such as yesterday.")] = None


@subcommand(app, "summary", _SummaryOptions, "enlighten summary --all --date yesterday --output csv")
def summary(options: _SummaryOptions) -> int:
    """Power now and energy of a day, one row a system."""
    return _report("devices", "SUMMARY", options, ("--date", options.date))


@dataclass(frozen=True, kw_only=True)
class _EnergyOptions(SeriesOptions):
    by_source: Annotated[bool, Option("--by-source", help="Also as microinverters and meter measured it.")] = False


@subcommand(app, "energy", _EnergyOptions, "enlighten energy --system 67 --from 2024-01-01 --file 2024.csv")
def energy(options: _EnergyOptions) -> int:
    """Energy produced, a row a day.

    By default since the first day of operation. One request.
    """
    return _report("energy", "ENERGY_BY_SOURCE" if options.by_source else "ENERGY", options)


@dataclass(frozen=True, kw_only=True)
class _ConsumptionOptions(SeriesOptions):
    intervals: Annotated[bool, Option("--intervals", help="In intervals of 15 minutes instead of days.")] = False


@subcommand(app, "consumption", _ConsumptionOptions, "enlighten consumption --system 67 --intervals --last 7d --plot")
def consumption(options: _ConsumptionOptions) -> int:
    """Energy consumed, a row a day or for 15 minutes.

    Days since the first of operation, with one request; or intervals, by default of today, with one for each month.
    """
    return _report("energy", "CONSUMPTION_STATS" if options.intervals else "CONSUMPTION", options)


@subcommand(app, "stats", SeriesOptions, "enlighten stats --system 67 --last 7d --plot week.svg")
def stats(options: SeriesOptions) -> int:
    """Power and energy produced, a row for 5 minutes.

    By default today. One request for each 24 hours.
    """
    return _report("energy", "STATS", options)


@subcommand(app, "rgm", SeriesOptions, "enlighten rgm --system 67 --from '1 May 2024' --to '31 May 2024' -o jsonl")
def rgm(options: SeriesOptions) -> int:
    """Energy by revenue-grade meters, a row for 15 minutes.

    By default today. One request for each 7 days.
    """
    return _report("energy", "RGM", options)


@subcommand(app, "envoys", RunOptions, "enlighten envoys --all --output json")
def envoys(options: RunOptions) -> int:
    """The envoys (gateways), one row each."""
    return _report("devices", "ENVOYS", options)


@subcommand(app, "inventory", RunOptions, "enlighten inventory --system 67")
def inventory(options: RunOptions) -> int:
    """Envoys, microinverters and meters, one row each."""
    return _report("devices", "INVENTORY", options)


@subcommand(app, "inverters", RunOptions, "enlighten inverters --system 67 --utc")
def inverters(options: RunOptions) -> int:
    """Power and lifetime energy of each microinverter."""
    return _report("devices", "INVERTERS", options)


@dataclass(frozen=True, kw_only=True)
class _ReadingsOptions(RunOptions):
    at: Annotated[Text, Option("--at", metavar="WHEN", help="As of then; by default now.")] = None


@subcommand(app, "readings", _ReadingsOptions, "enlighten readings --system 67 --at '1 June 2024'")
def readings(options: _ReadingsOptions) -> int:
    """The production meters' readings as of a time."""
    return _report("devices", "READINGS", options, ("--at", options.at))


@dataclass(frozen=True, kw_only=True)
class _FindOptions(RowOptions):
    serial_num: Annotated[str, typer.Argument(metavar="SERIAL", help="The envoy's serial number.")]


@subcommand(app, "find", _FindOptions, "enlighten find 121842012242")
def find(options: _FindOptions) -> int:
    """Find the id of the system to which an envoy belongs."""
    return _run("find", options, options.serial_num)


@subcommand(app, "login", ConnectionOptions, "enlighten login --plan watt --profile roof")
def login(options: ConnectionOptions) -> int:
    """Ask for the API key and the user id, and keep them.

    They are checked with one request, and kept in a profile that only you can read. Says where each is found.
    """
    return _run("login", options)


@subcommand(app, "doctor", RowOptions, "enlighten doctor")
def doctor(options: RowOptions) -> int:
    """Check credentials, connection, clock, plan and quota.

    Says what to do about each. Spends one request.
    """
    return _run("doctor", options)


@app.command(MOCK, add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def mock(context: typer.Context) -> None:
    """Serve a simulated API (extra mock).

    `enlighten mock --help` has its options.
    """
    raise typer.Exit(_run(MOCK, context.args))
