"""Every example in a docstring of the wrapper runs, as it stands, against the simulated API."""

from __future__ import annotations

import ast
import contextlib
import doctest
import inspect
import io
import pkgutil
import sys
import traceback
import types
import warnings
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

import enphase_enlighten
import enphase_enlighten.v4
from enlighten_mock import SettableClock, SimulatedAPI
from enlighten_mock.accounts.tokens import Grant
from enlighten_mock.serving import served
from enphase_enlighten import AsyncEnlighten, Enlighten

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

NOW = datetime(2024, 6, 15, 20, tzinfo=UTC)


def documented() -> list[doctest.DocTest]:
    """All docstrings of the wrapper that have an example.

    The command is apart and has its own tests, and what is for PyInstaller can be imported by that alone.
    """
    names = [found.name for found in pkgutil.walk_packages(enphase_enlighten.__path__, "enphase_enlighten.")]
    apart = {"cli", "__pyinstaller"}
    modules = [import_module(name) for name in names if not apart & set(name.split("."))]
    finder = doctest.DocTestFinder()
    found = [finder.find(module, module.__name__) for module in (enphase_enlighten, *modules)]
    return [test for tests in found for test in tests if test.examples]


DOCUMENTED = {test.name: test for test in documented()}
ABOUT_V4 = (
    *("ForbiddenError", "InvalidKeyError", "PermissionMissingError", "AuthorizationExpiredError"),
    *("StreamInterruptedError", "LiveStream", "AsyncLiveStream"),
    *("BatteryDay", "EnergyImportDay", "EnergyExportDay", "ProductionMeterRow", "BatteryRow", "EnergyImportRow"),
    *("EnergyExportRow", "MicroRow", "MicrosRow", "ConsumedRow", "EvChargerRow"),
    *("Token", "TokenStore", "FileTokenStore", "MemoryTokenStore", "RedisTokenStore"),
)
"""What only API v4 has, and stands in a module that the APIs share."""
OF_V4 = {name: test for name, test in DOCUMENTED.items() if ".v4." in f"{name}." or name.rpartition(".")[2] in ABOUT_V4}
OF_V2 = {name: test for name, test in DOCUMENTED.items() if name not in OF_V4}


def public() -> list[str]:
    """All that the package offers, by qualified name: classes, functions, and the methods of clients and series."""
    names = []
    offered = [(each, name) for each in (enphase_enlighten, enphase_enlighten.v4) for name in each.__all__]
    for package, name in offered:
        value = getattr(package, name)
        if name == "__version__":
            continue
        names.append(f"{value.__module__}.{name}")
        if name in CLASSES_WITH_METHODS:
            names += [f"{owner.__module__}.{owner.__name__}.{method}" for owner, method in methods(value)]
    return sorted(set(names))


CLASSES_WITH_METHODS = (
    "Enlighten",
    "AsyncEnlighten",
    "DailySeries",
    "IntervalSeries",
    "AsyncIntervalSeries",
    "Systems",
    "AsyncSystems",
    "Devices",
    "LatestTelemetry",
)


def methods(cls: type) -> Iterator[tuple[type, str]]:
    """The public methods of a class, and the properties of the two clients, each with the class that defines it."""
    for owner in cls.__mro__:
        if not owner.__module__.startswith("enphase_enlighten"):
            continue
        for name, value in vars(owner).items():
            # What has another name of its own is the same method by a second one.
            is_method = inspect.isfunction(value) and value.__name__ == name
            wanted = is_method or (isinstance(value, property) and cls.__name__.endswith("Enlighten"))
            if wanted and not name.startswith("_"):
                yield owner, name


class Run:
    """One docstring's examples, in order."""

    def __init__(self, test: doctest.DocTest, names: dict[str, Any]) -> None:
        self._test = test
        self._names = names
        self._checker = doctest.OutputChecker()

    def start(self, example: doctest.Example) -> Coroutine[Any, Any, object] | None:
        """Run an example, or return what is to be awaited for it to run."""
        place = f"<{self._test.name}, line {example.lineno + 1}>"
        code = compile(example.source, place, "single", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        call = types.FunctionType(code, self._names)
        if code.co_flags & inspect.CO_COROUTINE:
            waiting: Coroutine[Any, Any, object] = call()
            return waiting
        with self._captured(example):
            call()
        return None

    async def finish(self, example: doctest.Example, waiting: Coroutine[Any, Any, object]) -> None:
        with self._captured(example):
            await waiting

    @contextlib.contextmanager
    def _captured(self, example: doctest.Example) -> Iterator[None]:
        shown, raised = io.StringIO(), None
        hook, sys.displayhook = sys.displayhook, sys.__displayhook__
        try:
            with contextlib.redirect_stdout(shown):
                yield
        except Exception as error:
            if example.exc_msg is None:
                raise
            raised = "".join(traceback.format_exception_only(error))
        finally:
            sys.displayhook = hook
        got, want = (shown.getvalue(), example.want) if raised is None else (raised, example.exc_msg or "")
        options = sum(flag for flag, wanted in example.options.items() if wanted)
        if not self._checker.check_output(want, got, options):
            pytest.fail(f"{self._test.name}: {self._checker.output_difference(example, got, options)}", pytrace=False)


@pytest.fixture(scope="module")
def api() -> Iterator[SimulatedAPI]:
    with served(SimulatedAPI(systems=8, clock=SettableClock(NOW))) as api:
        yield api


@pytest.fixture(scope="module")
def system_id(api: SimulatedAPI) -> int:
    """A system in the timezone that the examples show, with every kind of meter."""
    with Enlighten(api.api_key, api.user_id, transport=api.transport(), clock=api.clock) as client:
        for system in client.systems():
            if system.timezone == "America/Los_Angeles" and client.consumption_lifetime(system):
                return system.system_id
    raise AssertionError("the simulated fleet has no such system")


@pytest.fixture
def names(api: SimulatedAPI, system_id: int, tmp_path: Path) -> dict[str, Any]:
    """What examples may use without saying where it comes from."""
    return {
        **{name: getattr(enphase_enlighten, name) for name in enphase_enlighten.__all__},
        "api_key": api.api_key,
        "user_id": api.user_id,
        "base_url": api.base_url,
        "system_id": system_id,
        "path": tmp_path / "quota.sqlite",
    }


@pytest.mark.parametrize("name", public())
def test_everything_public_has_an_example(name: str) -> None:
    assert name in DOCUMENTED, f"{name} has no example: write one below 'Example:' in its docstring"


@pytest.mark.parametrize("name", [name for name in OF_V2 if "async" not in name.lower()])
def test_example(name: str, names: dict[str, Any], api: SimulatedAPI) -> None:
    test = DOCUMENTED[name]
    with Enlighten(api.api_key, api.user_id, transport=api.transport(), clock=api.clock) as client, accepted(name):
        run = Run(test, {**test.globs, **names, "client": client})
        for example in test.examples:
            assert run.start(example) is None, "an example of the sync client waits for something"


@pytest.mark.parametrize("name", [name for name in OF_V2 if "async" in name.lower()])
async def test_asynchronous_example(name: str, names: dict[str, Any], api: SimulatedAPI) -> None:
    test = DOCUMENTED[name]
    async with AsyncEnlighten(api.api_key, api.user_id, transport=api.async_transport(), clock=api.clock) as client:
        with accepted(name):
            run = Run(test, {**names, "client": client})
            for example in test.examples:
                waiting = run.start(example)
                if waiting is not None:
                    await run.finish(example, waiting)


@pytest.fixture(scope="module")
def equipped(api: SimulatedAPI) -> dict[str, tuple[int, str]]:
    """A system, and the serial number, for each kind of device, such as batteries; for `""` one in Los Angeles."""
    partner = api.partner
    with enphase_enlighten.v4.Enlighten(
        partner.api_key, tokens=partner.access_token, transport=api.transport(), clock=api.clock
    ) as client:
        zoned = next(system for system in client.systems() if system.timezone == "America/Los_Angeles")
        found = {"": (zoned.system_id, "")}
        devices = ((system.system_id, device) for system in client.systems() for device in client.devices(system))
        # Chargers of Enphase alone have numbers.
        known = ((number, device) for number, device in devices if device.kind != "ev_chargers" or device.id)
        return found | {device.kind: (number, device.serial_number or "") for number, device in known}


@pytest.fixture
def v4_names(
    request: pytest.FixtureRequest, api: SimulatedAPI, equipped: dict[str, tuple[int, str]], tmp_path: Path
) -> dict[str, Any]:
    """What examples of API v4 may use without saying where it comes from: the partner's application, and a login."""
    partner, package = api.partner, enphase_enlighten.v4
    oauth: dict[str, Any] = {"base_url": partner.base_url, "transport": api.transport()}
    oauth["redirect_uri"] = partner.redirect_uri
    code, operation = _code(api), request.node.name.rpartition(".")[2].lower()
    kinds = {"production": "", "micro": "micros", "acb": "acbs", "encharge": "encharges"}
    kinds |= dict.fromkeys(("charg", "consumed", "evse"), "ev_chargers")
    kind = next((kind for part, kind in kinds.items() if part in operation), "enpowers")
    number, serial_no = equipped[kind]
    token = package.OAuth(partner.client_id, partner.client_secret, **oauth).tokens(_code(api))
    return {
        **{name: getattr(enphase_enlighten, name) for name in enphase_enlighten.__all__},
        **{name: getattr(package, name) for name in package.__all__},
        **{name: getattr(partner, name) for name in ("api_key", "client_id", "client_secret", "access_token")},
        "username": partner.username,
        "password": partner.password,
        "base_url": partner.base_url,
        "system_id": number,
        "serial_no": serial_no,
        "path": tmp_path / "kept",
        "redirect": f"{partner.redirect_uri}?code={code}&state=a+state",
        "token": token,
    }


def _code(api: SimulatedAPI) -> str:
    """Return a code that an owner's consent gave."""
    application = next(each for each in api.registry.applications if each.partner)
    grant = Grant(application, api.registry.first_owner(application))
    return api.registry.tokens.code(grant, api.partner.redirect_uri, api.clock.now())


@pytest.mark.parametrize("name", [name for name in OF_V4 if "async" not in name.lower()])
def test_example_of_api_v4(name: str, v4_names: dict[str, Any], api: SimulatedAPI) -> None:
    test, options = OF_V4[name], v4_options(api, v4_names, api.transport())
    with enphase_enlighten.v4.Enlighten(v4_names["api_key"], clock=api.clock, **options["client"]) as client:
        oauth = enphase_enlighten.v4.OAuth(**options["oauth"])
        run = Run(test, {**test.globs, **v4_names, "client": client, "oauth": oauth, "partner": oauth})
        with accepted(name):
            for example in test.examples:
                assert run.start(example) is None, "an example of the sync client waits for something"


@pytest.mark.parametrize("name", [name for name in OF_V4 if "async" in name.lower()])
async def test_asynchronous_example_of_api_v4(name: str, v4_names: dict[str, Any], api: SimulatedAPI) -> None:
    test, options = OF_V4[name], v4_options(api, v4_names, api.async_transport())
    async with enphase_enlighten.v4.AsyncEnlighten(v4_names["api_key"], clock=api.clock, **options["client"]) as client:
        oauth = enphase_enlighten.v4.AsyncOAuth(**options["oauth"])
        run = Run(test, {**v4_names, "client": client, "oauth": oauth, "partner": oauth})
        with accepted(name):
            for example in test.examples:
                waiting = run.start(example)
                if waiting is not None:
                    await run.finish(example, waiting)


def v4_options(api: SimulatedAPI, names: dict[str, Any], transport: Any) -> dict[str, dict[str, Any]]:
    """Return what the client and the login of the examples are made with."""
    shared = {"transport": transport, "base_url": api.partner.base_url}
    login = {name: names[name] for name in ("client_id", "client_secret")}
    return {
        "client": {**shared, "tokens": names["access_token"]},
        "oauth": {**shared, **login, "redirect_uri": api.partner.redirect_uri},
    }


@contextlib.contextmanager
def accepted(name: str) -> Iterator[None]:
    """Let the deprecated operations be shown."""
    with warnings.catch_warnings():
        if name.endswith((".monthly_production", ".acb_telemetry")):
            warnings.simplefilter("ignore", DeprecationWarning)
        yield
