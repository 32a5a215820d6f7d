"""The simulated API in one container, what uses it in another: by choice, and without anybody else steering it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

from enlighten_mock import SettableClock, SimulatedAPI, create_app
from enlighten_mock.program import main
from enlighten_mock.serving import served
from enlighten_mock.v2.enlighten import API_KEY, USER_ID
from tests.support.simulated import running

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest_plugins = ["pytester"]

EVERYWHERE = "0.0.0.0"  # noqa: S104  # what these tests are about
ADDRESSES = [("127.0.0.1", "127.0.0.1"), (EVERYWHERE, "127.0.0.1")]
if socket.has_dualstack_ipv6():
    ADDRESSES += [("::", "[::1]"), ("::1", "[::1]")]
CREDENTIALS = {"key": API_KEY, "user_id": USER_ID}
OWN = ["/", "/_simulator", "/_simulator/systems", "/_simulator/openapi.json", "/_simulator/page/page.js"]
KNOWN = ["localhost", "localhost:8000", "LOCALHOST", "127.0.0.1:1", "[::1]:8000", "172.17.0.2:8000", "a.localhost"]
ALLOWED = ["mock", "mock:8000", "MOCK.", "mock.internal"]
FOREIGN = [
    "evil.example",
    "evil.example:8000",
    "mock.evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "notmock",
    "mock@evil.example",
    "evil.example#mock",
    "[mock]",
    "::1:x",
    "",
]


@pytest.fixture
def site(api: SimulatedAPI) -> Iterator[httpx.Client]:
    with (
        served(api, names=["Mock", "mock.internal"]) as serving,
        httpx.Client(base_url=serving.base_url.removesuffix("/api/v2"), timeout=60) as client,
    ):
        yield client


@pytest.mark.parametrize("host", [*KNOWN, *ALLOWED])
def test_the_page_and_the_control_endpoint_respond_to_addresses_and_allowed_names(
    site: httpx.Client, host: str
) -> None:
    assert [site.get(path, headers={"Host": host}).status_code for path in OWN] == [200] * len(OWN)


@pytest.mark.parametrize("host", FOREIGN)
def test_they_do_not_respond_to_other_names(site: httpx.Client, api: SimulatedAPI, host: str) -> None:
    for path in (*OWN, "/_simulator/swagger/swagger-ui.css", "/nothing", "/api/v22"):
        response = site.get(path, headers={"Host": host})
        assert response.status_code == 403
        assert "--allow-host" in response.json()["message"]
        assert api.api_key not in response.text


@pytest.mark.parametrize("host", [*KNOWN, *ALLOWED, *FOREIGN[:3]])
def test_the_service_responds_to_any_name(site: httpx.Client, host: str) -> None:
    assert site.get("/api/v2/systems", params=CREDENTIALS, headers={"Host": host}).status_code == 200


STEERING: list[tuple[str, str, Any]] = [
    ("POST", "/_simulator/reset", None),
    ("POST", "/_simulator/faults", {"kind": "unavailable"}),
    ("DELETE", "/_simulator/faults", None),
    ("PUT", "/_simulator/clock", {"advance": 60}),
]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://mock.evil.example", "null", "http://203.0.113.5", "http://[broken", "x"]
)
def test_a_page_of_another_site_cannot_steer(site: httpx.Client, api: SimulatedAPI, origin: str) -> None:
    before = api.clock.now()
    for method, path, body in STEERING:
        response = site.request(method, path, json=body, headers={"Origin": origin, "Content-Type": "text/plain"})
        assert response.status_code == 403
        assert "pages of other sites" in response.json()["message"]
    assert (api.clock.now(), api.faults.status()) == (before, [])


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000", "http://localhost:3000"),
        ("172.17.0.2:8000", "http://172.17.0.2:8000"),
        ("mock:8000", "http://mock:8000"),
        ("localhost:8000", "https://mock"),
    ],
)
def test_its_own_page_and_those_of_allowed_names_can(site: httpx.Client, host: str, origin: str) -> None:
    for method, path, body in STEERING:
        assert site.request(method, path, json=body, headers={"Host": host, "Origin": origin}).status_code == 200


async def test_an_application_without_names_responds_to_any() -> None:
    transport = httpx.ASGITransport(create_app(SimulatedAPI(systems=1, clock=SettableClock(1718222400))))
    async with httpx.AsyncClient(transport=transport, base_url="http://anything.example") as client:
        assert (await client.get("/_simulator")).status_code == 200


def test_it_listens_for_other_machines_where_it_is_told_to() -> None:
    with running("--host", EVERYWHERE, "--allow-host", "mock") as (process, lines):
        url, *credentials = lines
        assert credentials == [f"ENLIGHTEN_API_KEY={API_KEY}", f"ENLIGHTEN_USER_ID={USER_ID}"]
        port = urlsplit(url).port
        assert url == f"http://127.0.0.1:{port}/api/v2"
        for host in ("127.0.0.1", EVERYWHERE):
            there = f"http://{host}:{port}"
            response = httpx.get(
                f"{there}/api/v2/systems/", params=CREDENTIALS, headers={"Host": f"elsewhere:{port}"}, timeout=60
            )
            assert response.status_code == 200
            statuses = [
                httpx.get(f"{there}/_simulator", headers={"Host": name}, timeout=60).status_code
                for name in ("mock", f"mock:{port}", f"elsewhere:{port}")
            ]
            assert statuses == [200, 200, 403]
        process.terminate()
        output, errors = process.communicate(timeout=60)
        assert output == ""
        assert errors.count("\n") == 1
        assert f"http://NAME:{port}/api/v2" in errors


@pytest.mark.parametrize(("host", "address"), ADDRESSES)
def test_its_url_is_one_that_this_machine_can_use(api: SimulatedAPI, host: str, address: str) -> None:
    with served(api, host=host):
        assert api.base_url.startswith(f"http://{address}:")
        assert httpx.get(f"{api.base_url}/systems", params=CREDENTIALS, timeout=60).status_code == 200


@pytest.mark.parametrize(
    ("option", "value"),
    [("--key", "0123456789abcdef0123456789abcdef"), ("--user-id", "4d7a45774e6a41320a"), ("--key", "a-simulated-key")],
)
def test_credentials_that_may_be_real_are_not_taken_beyond_loopback(
    capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--port", "0", "--host", EVERYWHERE, option, value])
    output, errors = capsys.readouterr()
    assert (ended.value.code, output) == (2, "")
    assert "may be a real one, and beyond loopback it would travel in clear" in errors
    assert value not in errors
    assert errors.count("\n") == 1


def test_simulated_credentials_of_your_own_are_taken_beyond_loopback() -> None:
    with running("--host", EVERYWHERE, "--key", "simulated-second", "--user-id", f"{USER_ID}32") as (_, lines):
        assert lines[1:] == ["ENLIGHTEN_API_KEY=simulated-second", f"ENLIGHTEN_USER_ID={USER_ID}32"]


@pytest.mark.parametrize("name", ["", "*", "http://mock", "mock:8000", "a b", "mock/", ".", "-", "x" * 254])
def test_what_is_no_name_is_not_allowed(capsys: pytest.CaptureFixture[str], name: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--port", "0", f"--allow-host={name}"])
    output, errors = capsys.readouterr()
    assert (ended.value.code, output) == (2, "")
    assert "is not the name of a host, such as mock, without http:// and port" in errors


ELSEWHERE = """
    import httpx, pytest

    def test_everywhere(enlighten_api, request):
        port = request.config.getoption("--enlighten-api-port")
        assert enlighten_api.base_url == f"http://127.0.0.1:{port}/api/v2"
        credentials = {"key": enlighten_api.api_key, "user_id": enlighten_api.user_id}
        everywhere = f"http://0.0.0.0:{port}"
        assert httpx.get(f"{everywhere}/api/v2/systems", params=credentials, timeout=60).status_code == 200
        for name, status in (("application", 200), ("elsewhere", 403)):
            assert httpx.get(f"{everywhere}/_simulator", headers={"Host": name}, timeout=60).status_code == status

    @pytest.mark.enlighten_api(api_key="0123456789abcdef")
    def test_a_real_key(enlighten_api): pass
"""


def test_the_fixture_listens_for_other_machines_where_pytest_is_told_to(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(ELSEWHERE)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = [f"--enlighten-api-host={EVERYWHERE}", f"--enlighten-api-port={port}"]
    plugin = ("-W", "error", "-p", "no:cacheprovider", "-p", "enlighten_mock.pytest_plugin")
    result = pytester.runpytest_subprocess(*plugin, *where, "--enlighten-api-allow-host=application")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*the marker enlighten_api: the API key may be a real one*"])
    assert "Traceback" not in result.stdout.str()


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("host=192.0.2.1", "cannot listen on 192.0.2.1"),
        ("port=70000", "port"),
        ("allow-host=a:1", "'a:1' is not the name"),
    ],
)
def test_a_place_where_the_fixture_cannot_listen_is_named_in_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, option: str, message: str
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile("def test_anything(enlighten_api): pass")
    result = pytester.runpytest_subprocess("-p", "enlighten_mock.pytest_plugin", f"--enlighten-api-{option}")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*the simulated API of enlighten_api: *{message}*"])
    assert "Traceback" not in result.stdout.str()
