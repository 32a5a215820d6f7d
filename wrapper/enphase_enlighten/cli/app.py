"""The subcommands of `enlighten`, their options and their help. What they do is imported when one runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .commands import add
from .exits import MEANINGS
from .options import BaseUrl, Connection, Debug, Plan, Profile, Quiet, Run, Series, Writing, spelled

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
    """Return what reads the arguments and runs a subcommand."""
    return typer.main.get_command(app).main


def _show_version(*, wanted: bool) -> None:
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
        bool,
        typer.Option(
            "--version", help="Show the version.", is_eager=True, callback=lambda value: _show_version(wanted=value)
        ),
    ] = False,
) -> None:
    """Energy data of solar systems from the Enphase Enlighten Systems API: complete, within the quota."""
    del version
    connection = Connection(profile=profile, plan=plan, base_url=base_url, debug=debug)
    if context.invoked_subcommand == MOCK and spelled(connection):
        raise typer.BadParameter(f"{spelled(connection)[0]} is not for {MOCK}, whose own options follow it")
    # Each subcommand has these options too, and what is given there counts.
    context.default_map = {str(context.invoked_subcommand): asdict(connection)}


@dataclass(frozen=True, kw_only=True)
class _Listing(Connection, Writing):
    system: Annotated[list[int] | None, typer.Option("--system", "-s", metavar="ID", help="Only these.")] = None
    name: Annotated[list[str] | None, typer.Option("--name", metavar="NAME", help="Only of these names.")] = None
    status: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help="Only of these statuses, such as comm.")
    ] = None
    reference: Annotated[
        list[str] | None, typer.Option("--reference", metavar="TEXT", help="Only with these references.")
    ] = None
    installer: Annotated[list[str] | None, typer.Option("--installer", metavar="NAME", help="Only of these.")] = None
    connection_type: Annotated[
        list[str] | None, typer.Option("--connection-type", metavar="TYPE", help="ethernet, cellular or wifi.")
    ] = None
    quiet: Quiet = False


@add(app, "systems", _Listing, "Example:\n  enlighten systems --status comm --status micro")
def systems(options: _Listing) -> int:
    """List the systems that the credentials can see."""
    from .listing import run

    return run(options)


@dataclass(frozen=True, kw_only=True)
class _Summary(Run):
    date: Annotated[
        str | None, typer.Option("--date", "-d", metavar="DAY", help="Another day than today, such as yesterday.")
    ] = None


@add(app, "summary", _Summary, "Example:\n  enlighten summary --all --date yesterday --output csv")
def summary(options: _Summary) -> int:
    """Power now and energy of a day, one row a system."""
    from .moments import parse_moment
    from .reports import SUMMARY
    from .run import run

    return run(SUMMARY, options, moment=None if options.date is None else parse_moment("--date", options.date))


@dataclass(frozen=True, kw_only=True)
class _Energy(Series):
    by_source: Annotated[
        bool, typer.Option("--by-source", help="Also as measured by the microinverters and by the meter.")
    ] = False


@add(app, "energy", _Energy, "Example:\n  enlighten energy --system 67 --from 2024-01-01 --file 2024.csv")
def energy(options: _Energy) -> int:
    """Energy produced, a row a day.

    By default since the first day of operation. One request.
    """
    from .reports import ENERGY, ENERGY_BY_SOURCE
    from .run import run

    return run(ENERGY_BY_SOURCE if options.by_source else ENERGY, options, by_source=options.by_source)


@dataclass(frozen=True, kw_only=True)
class _Consumption(Series):
    intervals: Annotated[bool, typer.Option("--intervals", help="In intervals of 15 minutes instead of days.")] = False


@add(app, "consumption", _Consumption, "Example:\n  enlighten consumption --system 67 --intervals --last 7d --plot")
def consumption(options: _Consumption) -> int:
    """Energy consumed, a row a day or for 15 minutes.

    Days since the first of operation, with one request; or intervals, by default of today, with one for each month.
    """
    from .reports import CONSUMPTION, CONSUMPTION_STATS
    from .run import run

    return run(CONSUMPTION_STATS if options.intervals else CONSUMPTION, options)


@add(app, "stats", Series, "Example:\n  enlighten stats --system 67 --last 7d --plot week.svg")
def stats(options: Series) -> int:
    """Power and energy produced, a row for 5 minutes.

    By default today. One request for each 24 hours.
    """
    from .reports import STATS
    from .run import run

    return run(STATS, options)


@add(app, "rgm", Series, "Example:\n  enlighten rgm --system 67 --from '1 May 2024' --to '31 May 2024' -o jsonl")
def rgm(options: Series) -> int:
    """Energy by revenue-grade meters, a row for 15 minutes.

    By default today. One request for each 7 days.
    """
    from .reports import RGM
    from .run import run

    return run(RGM, options)


@add(app, "envoys", Run, "Example:\n  enlighten envoys --all --output json")
def envoys(options: Run) -> int:
    """The envoys (gateways), one row each."""
    from .reports import ENVOYS
    from .run import run

    return run(ENVOYS, options)


@add(app, "inventory", Run, "Example:\n  enlighten inventory --system 67")
def inventory(options: Run) -> int:
    """Envoys, microinverters and meters, one row each."""
    from .reports import INVENTORY
    from .run import run

    return run(INVENTORY, options)


@add(app, "inverters", Run, "Example:\n  enlighten inverters --system 67 --utc")
def inverters(options: Run) -> int:
    """Power and lifetime energy of each microinverter."""
    from .reports import INVERTERS
    from .run import run

    return run(INVERTERS, options)


@dataclass(frozen=True, kw_only=True)
class _Readings(Run):
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="As of then; by default now.")] = None


@add(app, "readings", _Readings, "Example:\n  enlighten readings --system 67 --at '1 June 2024'")
def readings(options: _Readings) -> int:
    """The production meters' readings as of a time."""
    from .moments import parse_moment
    from .reports import READINGS
    from .run import run

    return run(READINGS, options, moment=None if options.at is None else parse_moment("--at", options.at))


@dataclass(frozen=True, kw_only=True)
class _Find(Connection, Writing):
    serial_num: Annotated[str, typer.Argument(metavar="SERIAL", help="The envoy's serial number.")]


@add(app, "find", _Find, "Example:\n  enlighten find 121842012242")
def find(options: _Find) -> int:
    """Find the id of the system to which an envoy belongs."""
    from .finding import run

    return run(options, options.serial_num)


@dataclass(frozen=True, kw_only=True)
class _Login(Connection):
    pass


@add(app, "login", _Login, "Example:\n  enlighten login --plan watt --profile roof")
def login(options: _Login) -> int:
    """Ask for the API key and the user id, and keep them.

    They are checked with one request, and kept in a profile that only you can read. Says where each is found.
    """
    from .login import run

    return run(options)


@dataclass(frozen=True, kw_only=True)
class _Doctor(Connection, Writing):
    pass


@add(app, "doctor", _Doctor, "Example:\n  enlighten doctor")
def doctor(options: _Doctor) -> int:
    """Check credentials, connection, clock, plan and quota.

    Says what to do about each. Spends one request.
    """
    from .doctor import run

    return run(options)


@app.command(MOCK, add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def mock(context: typer.Context) -> None:
    """Serve a simulated API on loopback (extra mock).

    `enlighten mock --help` has its options.
    """
    from .simulated import run

    raise typer.Exit(run(context.args))
