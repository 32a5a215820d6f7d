"""The plugin, in the test suites of others."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

pytest_plugins = ["pytester"]

PLUGIN = "enlighten_mock.pytest_plugin"
SUITE = """
    import httpx, pytest
    from enlighten_mock import Fault

    def ask(api):
        return httpx.get(f"{api.base_url}/systems", params={"key": api.api_key, "user_id": api.user_id}, timeout=60)

    @pytest.mark.enlighten_api(systems=3, plan="2/100", now="2024-06-12T20:00:00Z")
    class TestMine:
        def test_a_server_with_everything(self, enlighten_api):
            assert enlighten_api.base_url.startswith("http://127.0.0.1:")
            assert len(ask(enlighten_api).json()["systems"]) == 3 == enlighten_api.fleet.size
            assert ask(enlighten_api).headers["Date"] == "Wed, 12 Jun 2024 20:00:00 GMT"
            assert ask(enlighten_api).status_code == 409
            enlighten_api.faults.add(Fault(kind="unavailable"))
            enlighten_api.clock.advance(86400)
            assert ask(enlighten_api).status_code == 503

        def test_each_test_starts_afresh(self, enlighten_api):
            assert ask(enlighten_api).headers["Date"] == "Wed, 12 Jun 2024 20:00:00 GMT"
            assert ask(enlighten_api).status_code == 200

    def test_no_marker_is_needed(enlighten_api):
        assert len(ask(enlighten_api).json()["systems"]) == 20
"""

SUITE_OF_V4 = """
    import httpx, pytest

    def ask(v4):
        headers = {"Authorization": f"Bearer {v4.access_token}"}
        return httpx.get(f"{v4.base_url}/systems", params={"key": v4.api_key}, headers=headers, timeout=60)

    @pytest.mark.enlighten_api(systems=3, plan="2/100", behaviour={"period_fields": False}, now="2026-06-12T20:00:00Z")
    def test_the_same_api_serves_v4(enlighten_api, enlighten_v4):
        assert enlighten_v4.base_url.startswith("http://127.0.0.1:")
        assert ask(enlighten_v4).json()["total"] == 3 == enlighten_api.fleet.size
        assert ask(enlighten_v4).status_code == 200
        assert set(ask(enlighten_v4).json()) == {"message", "details", "code"}
        login = {"grant_type": "password", "username": enlighten_api.partner.username,
                 "password": enlighten_api.partner.password}
        auth = (enlighten_api.partner.client_id, enlighten_api.partner.client_secret)
        assert httpx.post(enlighten_v4.token_url, params=login, auth=auth, timeout=60).status_code == 200
"""


REJECTED = """
    import pytest
    from datetime import UTC, datetime
    from enlighten_mock import SettableClock

    @pytest.mark.enlighten_api(3)
    def test_positional(enlighten_api): pass

    @pytest.mark.enlighten_api(now="2024-06-12T20:00:00Z", clock=SettableClock(0))
    def test_two_times(enlighten_api): pass

    @pytest.mark.enlighten_api(colour="red")
    def test_unknown(enlighten_api): pass

    @pytest.mark.enlighten_api(now=datetime(2024, 6, 12))
    def test_naive(enlighten_api): pass

    @pytest.mark.enlighten_api(now="noon")
    def test_no_time(enlighten_api): pass

    @pytest.mark.enlighten_api(fleet="plain", now="2012-01-01")
    def test_too_early(enlighten_api): pass
"""
TAKEN = """
    import pytest
    from datetime import UTC, datetime
    from enlighten_mock import SettableClock

    CLOCK = SettableClock(1718222400)

    @pytest.mark.enlighten_api(systems=3)
    class TestMerged:
        @pytest.mark.enlighten_api(plan="2/100", now=datetime(2024, 6, 12, 20, tzinfo=UTC))
        def test_with_the_class(self, enlighten_api):
            assert enlighten_api.fleet.size == 3
            assert enlighten_api.service.quota.plan.per_minute == 2
            assert enlighten_api.clock.now() == 1718222400

        @pytest.mark.enlighten_api(systems=4)
        def test_over_the_class(self, enlighten_api):
            assert enlighten_api.fleet.size == 4

    @pytest.mark.enlighten_api(clock=CLOCK)
    def test_a_clock_of_ones_own(enlighten_api):
        assert enlighten_api.clock is CLOCK
"""
ALTERED = """
    import httpx, pytest
    from enlighten_mock import Fault, Plan, SettableClock
    from enlighten_mock.world.fleet import Fleet
    from enlighten_mock.v2.enlighten import API_KEY, USER_ID, Credentials

    def seen(api):
        response = httpx.get(f"{api.base_url}/systems", params={"key": API_KEY, "user_id": USER_ID}, timeout=60)
        return response.status_code, len(response.json().get("systems", [])), response.headers["Date"]

    CHANGES = {
        "credentials": lambda api: setattr(api.service, "credentials", Credentials("other", "user")),
        "plan": lambda api: setattr(api.service.quota, "plan", Plan("Nothing", 0, 0)),
        "requests": lambda api: seen(api),
        "faults": lambda api: api.faults.add(Fault(kind="unavailable")),
        "time": lambda api: api.clock.advance(86400),
        "clock": lambda api: setattr(api, "clock", SettableClock(0)),
        "fleet": lambda api: setattr(api.service, "fleet", Fleet(1)),
    }
    NEW = (200, 3, "Wed, 12 Jun 2024 20:00:00 GMT")

    @pytest.mark.enlighten_api(systems=3, plan="2/100", now="2024-06-12T20:00:00Z")
    class TestEach:
        @pytest.mark.parametrize("change", CHANGES)
        def test_it_is_new_and_changed(self, enlighten_api, change):
            assert seen(enlighten_api) == NEW
            CHANGES[change](enlighten_api)
            assert seen(enlighten_api) != NEW

        def test_it_is_new_after_the_last(self, enlighten_api):
            assert seen(enlighten_api) == NEW
"""


WARNINGS_ARE_ERRORS = ("-W", "error", "-p", "no:cacheprovider")
# What is installed beside it takes longer to import than all the rest, schemathesis above all.
WITHOUT_OTHERS = ("-p", "no:schemathesis", "-p", "no:hypothesispytest", "-p", "no:pytest_cov", "-p", "no:xdist")


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Arguments with which pytest loads this plugin and no other, which takes less than half the time."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return (*WARNINGS_ARE_ERRORS, "-p", PLUGIN)


def test_the_fixture_is_a_running_server_for_each_test(pytester: pytest.Pytester, alone: tuple[str, ...]) -> None:
    pytester.makepyfile(SUITE)
    result = pytester.runpytest_subprocess(*alone, "--strict-markers")
    result.assert_outcomes(passed=3)


def test_pytest_loads_the_plugin_by_itself(pytester: pytest.Pytester) -> None:
    # Loaded by name where the installed distribution does not do so.
    registered = any(entry.value == PLUGIN for entry in entry_points(group="pytest11"))
    by_name = [] if registered else ["-p", PLUGIN]
    result = pytester.runpytest_subprocess(*WARNINGS_ARE_ERRORS, *WITHOUT_OTHERS, *by_name, "--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.enlighten_api*"])


def test_markers_add_up_and_bad_ones_are_rejected_in_one_line_that_names_them(
    pytester: pytest.Pytester, alone: tuple[str, ...]
) -> None:
    pytester.makepyfile(test_rejected=REJECTED, test_taken=TAKEN)
    result = pytester.runpytest_subprocess(*alone)
    result.assert_outcomes(passed=3, errors=6)
    assert "Traceback" not in result.stdout.str()
    assert sum("the marker enlighten_api" in line for line in result.outlines if not line.startswith("ERROR")) == 6


def test_nothing_that_a_test_changes_is_met_by_the_next(pytester: pytest.Pytester, alone: tuple[str, ...]) -> None:
    pytester.makepyfile(ALTERED)
    result = pytester.runpytest_subprocess(*alone)
    result.assert_outcomes(passed=8)


def test_without_the_extra_the_plugin_is_silent_until_it_is_used(
    pytester: pytest.Pytester, alone: tuple[str, ...]
) -> None:
    pytester.makepyfile(
        starlette="raise ModuleNotFoundError(\"No module named 'starlette'\", name='starlette')",
        test_mine="""
            def test_of_something_else():
                pass

            def test_with_the_fixture(enlighten_api):
                pass
        """,
    )
    pytester.syspathinsert()
    result = pytester.runpytest_subprocess(*alone)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*install enphase-enlighten[[]mock[]]*"])
    unused = pytester.runpytest_subprocess(*alone, "-k", "something_else")
    unused.assert_outcomes(passed=1, deselected=1)
    assert "enphase" not in unused.stderr.str()


def test_a_test_has_api_v4_too(pytester: pytest.Pytester, alone: tuple[str, ...]) -> None:
    pytester.makepyfile(SUITE_OF_V4)
    pytester.runpytest_subprocess(*alone, "--strict-markers").assert_outcomes(passed=1)
