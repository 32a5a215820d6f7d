"""`python -m enlighten_mock`, as a parent process sees it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest

from enlighten_mock.program import main
from enlighten_mock.serving import served
from tests.support.simulated import running

if TYPE_CHECKING:
    from pathlib import Path

    from enlighten_mock import SimulatedAPI

Python = Callable[..., subprocess.CompletedProcess[str]]


def test_it_prints_where_it_is_and_whom_it_lets_in_and_serves() -> None:
    with running("--systems", "3", "--seed", "5", "--now", "2024-06-12T20:00:00Z", "--plan", "2/100") as (
        process,
        lines,
    ):
        url, key, user = lines
        assert url.startswith("http://127.0.0.1:")
        assert url.endswith("/api/v2")
        credentials = {
            "key": key.removeprefix("ENLIGHTEN_API_KEY="),
            "user_id": user.removeprefix("ENLIGHTEN_USER_ID="),
        }
        first = httpx.get(f"{url}/systems", params=credentials, timeout=60)
        assert len(first.json()["systems"]) == 3
        assert first.headers["Date"].startswith("Wed, 12 Jun 2024 20:00:")
        assert "server" not in first.headers
        assert [httpx.get(f"{url}/systems", params=credentials, timeout=60).status_code for _ in range(2)] == [200, 409]
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        assert (output, errors) == ("", "")
        assert process.returncode in (0, 130)


def test_a_long_list_of_ids_is_read_however_the_network_cuts_it(api: SimulatedAPI) -> None:
    ids = "".join(f"&system_id[]={system_id}" for system_id in range(66, 2066))
    path = f"/api/v2/systems?key={api.api_key}&user_id={api.user_id}{ids}"
    with served(api):
        address = urlsplit(api.base_url)
        with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
            head = f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
            connection.sendall(head[:20_000])
            time.sleep(0.2)  # for the server to read this part alone; if it does not, the test says nothing
            connection.sendall(head[20_000:])
            assert connection.recv(100).startswith(b"HTTP/1.1 200 ")


def test_an_interrupt_right_after_the_credentials_is_no_error() -> None:
    with running() as (process, _):
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")
        assert process.returncode in (0, 130)


def test_credentials_can_be_chosen() -> None:
    with running("--key", "k", "--user-id", "u") as (_, lines):
        assert lines[1:] == ["ENLIGHTEN_API_KEY=k", "ENLIGHTEN_USER_ID=u"]
        assert httpx.get(f"{lines[0]}/systems", params={"key": "k", "user_id": "u"}, timeout=60).status_code == 200


def test_a_terminated_server_says_nothing() -> None:
    with running() as (process, _):
        process.terminate()
        assert process.communicate(timeout=60) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--port", "65536"], "a port is a number from 0 to 65535"),
        (["--port", "http"], "a port is a number from 0 to 65535"),
        (["--systems", "-1"], "0 to 250000 systems"),
        (["--systems", "many"], "invalid int value"),
        (["--fleet", "plain", "--systems", "101"], "0 to 100 systems"),
        (["--fleet", "fancy"], "invalid choice"),
        (["--plan", "free"], "there is no plan 'free'"),
        (["--fleet", "plain", "--now", "2015-06-01"], "a plain fleet is complete only from 2016-02-01"),
        (["--systems", "1", "--scenario", "evening-at-home"], "this fleet has systems 66 to 66"),
        (["--now", "noon"], "2024-06-01T12:00:00Z"),
        (["--scenario", "no-such-file.toml"], "there is no scenario file no-such-file.toml"),
        (["--host", "no.such.host.invalid"], "cannot listen on no.such.host.invalid"),
        (["--host", "192.0.2.1"], "choose another --host"),
        (["--key", ""], "--key and --user-id cannot be empty"),
        (["--user-id", ""], "--key and --user-id cannot be empty"),
        (["--colour", "red"], "unrecognized arguments"),
    ],
)
def test_bad_arguments_are_rejected_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    output, errors = capsys.readouterr()
    assert (ended.value.code, output) == (2, "")
    assert message in errors
    assert errors.count("\n") == 1


def test_a_port_in_use_is_said_in_one_line(python: Python) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = python("-m", "enlighten_mock", "--port", str(port))
    assert result.returncode == 2
    assert f"port {port}" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_extra_is_named(python: Python, tmp_path: Path) -> None:
    (tmp_path / "starlette.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'starlette'\", name='starlette')"
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    result = python("-m", "enlighten_mock", PYTHONPATH=path)
    assert result.returncode == 2
    assert result.stderr == "python -m enlighten_mock: starlette is not installed; install enphase-enlighten[mock]\n"


def test_an_import_without_the_extra_names_it(python: Python, tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text("raise ModuleNotFoundError(\"No module named 'numpy'\", name='numpy')")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    result = python("-c", "from enlighten_mock import SimulatedAPI", PYTHONPATH=path)
    assert "pip install 'enphase-enlighten[mock]'" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(("redirection", "reason"), [(">/dev/full", "No space left on device"), ("|:", "Broken pipe")])
def test_output_that_nobody_can_read_is_an_error_in_one_line(redirection: str, reason: str) -> None:
    shell = f"{{ {sys.executable} -m enlighten_mock --port 0; echo $? >&2; }} {redirection}"
    result = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=True, timeout=120)  # noqa: S603  # own
    assert result.stderr == f"python -m enlighten_mock: cannot print where it is: {reason}\n2\n"


@pytest.mark.parametrize("closed", ["<&-", "2>&-"])
def test_a_closed_stream_is_as_good_as_one_that_nobody_reads(closed: str) -> None:
    command = ["/bin/sh", "-c", f"exec {sys.executable} -m enlighten_mock --port 0 --host 0.0.0.0 {closed}"]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE) as process:  # noqa: S603  # the tests' own
        assert process.stdout is not None
        url = process.stdout.readline().rstrip()
        try:
            assert httpx.get(f"{url}/systems", timeout=60).status_code == 401
        finally:
            process.kill()


def test_help_names_every_option(python: Python) -> None:
    result = python("-m", "enlighten_mock", "--help")
    assert result.returncode == 0
    for option in (
        "--host",
        "--allow-host",
        "--port",
        "--systems",
        "--seed",
        "--fleet",
        "--plan",
        "--scenario",
        "--now",
        "--unknown-systems",
    ):
        assert option in result.stdout
