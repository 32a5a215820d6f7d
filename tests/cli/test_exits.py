"""Exit codes and advice of every error, messages, and options as one would type them."""

from __future__ import annotations

import io
import logging
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import errors
from enphase_enlighten.cli import messages
from enphase_enlighten.cli.exits import (
    MEANINGS,
    Code,
    CommandError,
    Stopped,
    WritingError,
    code_of,
    cut_short,
    silence,
    told,
)
from enphase_enlighten.cli.options import Form, SeriesOptions, spelled, with_plot_value

if TYPE_CHECKING:
    from .running import Cli

CODES = {
    errors.EnlightenError: 5,
    errors.ConfigurationError: 2,
    errors.InvalidArgumentError: 2,
    errors.ConnectionFailedError: 6,
    errors.RequestTimeoutError: 6,
    errors.StreamInterruptedError: 6,
    errors.InvalidResponseError: 5,
    errors.TimezoneUnknownError: 5,
    errors.APIStatusError: 5,
    errors.AuthenticationError: 3,
    errors.InvalidKeyError: 3,
    errors.PermissionMissingError: 3,
    errors.AuthorizationExpiredError: 3,
    errors.ForbiddenError: 3,
    errors.NotFoundError: 7,
    errors.UsageLimitExceededError: 4,
    errors.UnprocessableRequestError: 5,
    errors.ServerError: 5,
    errors.ServiceUnavailableError: 5,
}


def family(kind: type[Any]) -> set[type[Any]]:
    return {kind}.union(*map(family, kind.__subclasses__()))


def without_arguments(kind: type[Any], text: str = "so it was") -> Any:
    return kind.__new__(kind, text)


def test_every_error_of_the_library_has_its_exit_code() -> None:
    ours = {kind for kind in family(errors.EnlightenError) if kind.__module__ == errors.__name__}

    assert {kind: int(code_of(without_arguments(kind))) for kind in ours} == {kind: CODES[kind] for kind in ours}


def test_an_error_of_the_command_line_has_its_own_code_and_any_other_is_an_internal_one() -> None:
    assert code_of(CommandError("no")) is Code.USAGE
    assert code_of(CommandError("no", Code.CREDENTIALS)) is Code.CREDENTIALS
    assert code_of(ValueError("no")) is Code.INTERNAL


def test_rows_that_cannot_be_written_are_told_with_the_code_for_files() -> None:
    error = WritingError("a.csv cannot be written")
    assert (str(error), error.code, code_of(error)) == ("a.csv cannot be written", Code.INTERNAL, Code.INTERNAL)


def test_a_signal_is_told_and_gives_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    error = Stopped("terminated", 143)
    assert (str(error), error.code, cut_short(error)) == ("terminated", 143, 143)
    assert capsys.readouterr().err == "enlighten: terminated\n"


def test_a_stream_that_is_no_file_of_the_system_can_be_silenced_too() -> None:
    class Gone(io.StringIO):
        def fileno(self) -> int:
            raise OSError("it is closed")

    silence(Gone())


def test_codes_are_those_of_the_shell_and_each_has_its_meaning() -> None:
    assert set(MEANINGS) == set(Code)
    assert (Code.INTERRUPTED, Code.PIPE_CLOSED, Code.TERMINATED) == (128 + 2, 128 + 13, 128 + 15)


@pytest.mark.parametrize(
    ("kind", "instead"),
    [
        (
            errors.NotFoundError,
            "Check the id or serial number; `enlighten systems` lists what these credentials",
        ),
        (errors.UsageLimitExceededError, "Wait until the period ends, ask for less, or take a larger plan."),
        (errors.ServiceUnavailableError, "Try again later."),
        (errors.TimezoneUnknownError, "Give it: --timezone Area/City."),
    ],
)
def test_advice_for_programs_becomes_advice_for_people(kind: Any, instead: str) -> None:
    error = kind.__new__(kind)
    Exception.__init__(error, f"It failed. {kind.advice}")
    assert told(error).startswith(f"It failed. {instead}")
    assert kind.advice not in told(error)

    other = kind.__new__(kind)
    Exception.__init__(other, f"{kind.advice} It failed.")
    assert told(other) == f"{kind.advice} It failed.", "advice is what comes last"


def test_other_errors_are_told_as_they_are() -> None:
    assert told(ValueError("as it is")) == "as it is"


def test_a_message_is_one_line_without_a_secret_and_without_what_a_terminal_obeys(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENLIGHTEN_API_KEY", "the-key-of-the-environment")
    messages.keep_secret("a-secret-that-was-typed", "")
    messages.say("a-secret-that-was-typed\n\x1b[31mthe-key-of-the-environment", "warning")

    assert capsys.readouterr().err == "enlighten: warning: *** ***\n"


@pytest.mark.filterwarnings("default::UserWarning")
def test_warnings_and_the_log_are_messages_while_a_run_lasts_and_the_loggers_are_as_before_after_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logger = logging.getLogger("enphase_enlighten")
    of_httpx = logging.getLogger("httpx")
    before = [(each.level, each.propagate, list(each.handlers)) for each in (logger, of_httpx)]
    for debug in (False, True):
        with messages.listening(debug=debug):
            logger.warning("of the %s", "log")
            of_httpx.debug("of httpx")
            warnings.warn("of a warning", UserWarning, stacklevel=1)
        lines = capsys.readouterr().err.splitlines()
        assert lines == [
            "enlighten: warning: of the log",
            *["enlighten: debug: of httpx"] * debug,
            "enlighten: warning: of a warning",
        ]
        assert [(each.level, each.propagate, list(each.handlers)) for each in (logger, of_httpx)] == before


def test_a_traceback_has_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    messages.keep_secret("a-secret-that-was-typed")
    error = ValueError("a-secret-that-was-typed\nand more")
    error.__cause__ = KeyError("why")
    messages.debug_traceback(error)

    assert capsys.readouterr().err.splitlines() == [
        "KeyError: 'why'",
        "",
        "The above exception was the direct cause of the following exception:",
        "",
        "ValueError: ***",
        "and more",
    ]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["--plot"], ["--plot=-"]),
        (["--plot", "-q"], ["--plot=-", "-q"]),
        (["--plot", "a.png", "-q"], ["--plot", "a.png", "-q"]),
        (["--plot=a.png", "--utc"], ["--plot=a.png", "--utc"]),
        (["-s", "66", "--plot", "--utc"], ["-s", "66", "--plot=-", "--utc"]),
        ([], []),
    ],
)
def test_plot_may_stand_alone(given: list[str], read: list[str]) -> None:
    assert with_plot_value(given) == read


def test_options_are_spelled_as_one_would_type_them() -> None:
    options = SeriesOptions(
        system=[66, 67],
        output=Form.JSONL,
        file=Path("a b.jsonl"),
        append=True,
        utc=False,
        from_="1 June 2024",
        plan="10/5000",
    )

    connection, rows = ["--plan", "10/5000"], ["--output", "jsonl", "--file", "a b.jsonl", "--append"]
    systems, series = ["--system", "66", "--system", "67"], ["--from", "1 June 2024"]
    assert sorted(spelled(options)) == sorted([*connection, *rows, *systems, *series])
    assert spelled(options, system=None, output=None, file=None, append=False, from_=None, plan=None) == []
    assert spelled(SeriesOptions(), all=True, start_with=70) == ["--all", "--start-with", "70"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sumary",), "See enlighten --help."),
        (("summary", "--colour"), "See enlighten summary --help."),
        (("--plan", "watt", "mock"), "--plan is not for mock, whose own options follow it. See enlighten --help."),
    ],
)
def test_an_error_of_usage_says_where_the_help_is(bare: Cli, arguments: tuple[str, ...], told: str) -> None:
    result = bare.run(*arguments)

    assert (result.code, result.out) == (2, "")
    [line] = result.err.splitlines()
    assert line.startswith("enlighten: ")
    assert line.endswith(told)
    assert ".. " not in line


def test_connection_options_may_stand_before_the_subcommand_and_those_after_it_count(bare: Cli) -> None:
    unknown = bare.run("--plan", "terawatt", "systems")
    assert (unknown.code, "--plan 'terawatt' is unknown" in unknown.err) == (2, True)
    unknown = bare.run("--plan", "watt", "systems", "--plan", "petawatt")
    assert (unknown.code, "--plan 'petawatt' is unknown" in unknown.err) == (2, True)


def test_the_version_is_shown_without_anything_else(bare: Cli) -> None:
    result = bare.run("--version")

    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("enlighten ")


def test_a_message_of_no_kind_is_told_as_it_is_also_where_nothing_is_secret(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_SECRETS", set())
    for name in ("ENLIGHTEN_API_KEY", "ENLIGHTEN_USER_ID"):
        monkeypatch.delenv(name, raising=False)
    messages.say("so it is")

    assert capsys.readouterr().err == "enlighten: so it is\n"
