"""All subcommands, in the order of the help, each with the arguments of one run against the simulated API."""

from __future__ import annotations

WEEK = ("--from", "2024-06-01", "--to", "2024-06-07")
DAY = ("--from", "2024-06-14", "--to", "2024-06-14")

SUBCOMMANDS: dict[str, tuple[str, ...] | None] = {
    "systems": (),
    "summary": ("--system", "66"),
    "energy": ("--system", "66", *WEEK),
    "consumption": ("--system", "66", *WEEK),
    "stats": ("--system", "66", *DAY),
    "rgm": ("--system", "66", *DAY),
    "envoys": ("--system", "66"),
    "inventory": ("--system", "66"),
    "inverters": ("--system", "66"),
    "readings": ("--system", "66"),
    "find": ("121839000000",),
    "login": None,
    "doctor": (),
    "mock": None,
}
"""The arguments; None for a subcommand that writes no rows."""

WITH_ROWS = {name: arguments for name, arguments in SUBCOMMANDS.items() if arguments is not None}
FIRST = {"find": ("system_id", 66), "doctor": ("check", "api_key")}
"""What the first row of a subcommand has; by default that of system 66."""
