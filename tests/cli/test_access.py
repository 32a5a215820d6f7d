"""Where a run has its credentials, service, plan and quota from, and what it says where it has them not."""

from __future__ import annotations

import stat
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from enphase_enlighten import SQLiteQuota, Usage
from enphase_enlighten.cli.exits import CommandError
from enphase_enlighten.cli.options import ConnectionOptions
from enphase_enlighten.cli.session import Access, WaitingClock, connected
from enphase_enlighten.config.sources import Found
from enphase_enlighten.timing.clock import SystemClock

from .stub import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.service import StubService

    from .running import Cli

WORK = '[work]\napi_key = "work-key"\nuser_id = "work-user"\nbase_url = "http://localhost:1/api/v2"\nplan = "watt"\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("API_KEY", "USER_ID", "BASE_URL", "PROFILE"):
        monkeypatch.delenv(f"ENLIGHTEN_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path


def configured(home: Path, text: str = WORK, mode: int = 0o600) -> Path:
    file = home / "config" / "enphase-enlighten" / "config.toml"
    file.parent.mkdir(parents=True)
    file.touch(mode)
    file.write_text(text)
    file.chmod(mode)
    return file


def found(access: Access) -> list[tuple[Any, str]]:
    return [(each.value, each.place) for each in (access.api_key, access.user_id, access.base_url, access.plan)]


def test_without_anything_the_service_is_the_real_one_and_no_plan_is_known() -> None:
    assert found(Access.find(ConnectionOptions()))[2:] == [
        ("https://api.enphaseenergy.com/api/v2", "the default"),
        (None, found(Access.find(ConnectionOptions()))[3][1]),
    ]


def test_a_profile_that_is_named_has_all_of_it(home: Path) -> None:
    place = f"profile 'work' of {configured(home)}"

    assert found(Access.find(ConnectionOptions(profile="work"))) == [
        ("work-key", place),
        ("work-user", place),
        ("http://localhost:1/api/v2", place),
        ("watt", place),
    ]


def test_options_go_before_the_profile_and_what_was_typed_before_all(home: Path) -> None:
    configured(home)
    options = ConnectionOptions(profile="work", plan="5/50", base_url="http://127.0.0.1:2/api/v2")

    assert found(Access.find(options, typed=("typed-key", "typed-user"))) == [
        ("typed-key", "api_key"),
        ("typed-user", "user_id"),
        ("http://127.0.0.1:2/api/v2", "--base-url"),
        ("5/50", "--plan"),
    ]


def test_an_empty_option_is_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configured(home)
    monkeypatch.setenv("ENLIGHTEN_PROFILE", "work")
    access = Access.find(ConnectionOptions(profile="", plan="", base_url=""))

    assert [value for value, _ in found(access)] == ["work-key", "work-user", "http://localhost:1/api/v2", "watt"]


def test_the_environment_goes_before_the_profile_that_it_names(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configured(home)
    for name, value in (("PROFILE", "work"), ("API_KEY", "other-key"), ("USER_ID", "other-user")):
        monkeypatch.setenv(f"ENLIGHTEN_{name}", value)

    assert found(Access.find(ConnectionOptions()))[:2] == [
        ("other-key", "ENLIGHTEN_API_KEY"),
        ("other-user", "ENLIGHTEN_USER_ID"),
    ]


@pytest.mark.parametrize(
    ("plan", "profile", "told"),
    [
        ("terawatt", None, "--plan 'terawatt' is unknown: give "),
        (None, "work", "plan of the profile 'watts' is unknown"),
    ],
)
def test_a_plan_that_is_unknown_is_told_by_where_it_was_given(
    home: Path, plan: str | None, profile: str | None, told: str
) -> None:
    configured(home, WORK.replace("watt", "watts"))
    with pytest.raises(CommandError) as caught:
        Access.find(ConnectionOptions(plan=plan, profile=profile))

    assert str(caught.value).startswith(told)
    assert str(caught.value).endswith(
        "give 'watt', 'kilowatt', 'megawatt', 'gigawatt', or the limits for a minute and a month such as '10/5000'."
    )
    assert caught.value.code == 2


def test_a_file_that_cannot_be_used_is_an_error_of_the_credentials(home: Path) -> None:
    configured(home, mode=0o644)
    with pytest.raises(CommandError, match="chmod 600") as caught:
        Access.find(ConnectionOptions())

    assert caught.value.code == 3


@pytest.mark.parametrize(
    ("text", "missing"), [("", "API key"), ('user_id = "u"', "API key"), ('api_key = "k"', "user id")]
)
def test_a_credential_that_is_missing_is_told_with_the_ways_to_give_it(home: Path, text: str, missing: str) -> None:
    configured(home, f"[default]\n{text}\n")
    with pytest.raises(CommandError) as caught, connected(ConnectionOptions()):
        pass

    assert str(caught.value) == (
        f"No {missing} found: run `enlighten login`, or set ENLIGHTEN_API_KEY and ENLIGHTEN_USER_ID."
    )
    assert caught.value.code == 3


def access(
    key: str = "a-key-nobody-sees", url: str = "http://localhost:1/api/v2", plan: str | None = "10/50"
) -> Access:
    # Whatever is a credential here is masked in all messages of this process from then on.
    return Access(*(Found(value, "", "") for value in (key, "a-user-nobody-sees", url, plan)))


def usage(access: Access) -> Usage:
    """The usage that a run has before it sends anything."""
    with connected(ConnectionOptions(), access=access) as session:
        found: Usage = session.client.usage
        return found


def file_of_the_quota(home: Path) -> Path:
    [file] = (home / "state" / "enphase-enlighten").glob("*.sqlite")
    return file


def test_runs_with_the_same_key_at_the_same_service_share_a_quota_and_no_others_do(home: Path) -> None:
    assert usage(access()) == Usage(0, 0, 10, 50)
    month = f"{datetime.now(UTC):%Y-%m}"
    SQLiteQuota(file_of_the_quota(home)).store.change(lambda ledger: ledger.months.update({month: 7}))

    assert usage(access()) == Usage(0, 7, 10, 50)
    assert usage(access(plan=None)) == Usage(0, 7, None, None)
    assert [
        usage(other).month for other in (access(key="another-key-nobody-sees"), access(url="http://localhost:2/api/v2"))
    ] == [0, 0]


def test_the_file_of_the_quota_shows_no_key_and_is_the_users_own(home: Path) -> None:
    usage(access())
    file = file_of_the_quota(home)

    assert file.name.startswith("quota-")
    assert len(file.name) == len("quota-.sqlite") + 24
    assert "key" not in file.name
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("broken", ["folder", "file"])
def test_where_no_file_can_be_kept_a_run_counts_for_itself_by_the_same_plan_and_says_so(
    home: Path, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    if broken == "folder":
        (home / "state").write_text("")
    else:
        usage(access())
        assert capsys.readouterr().err == ""
        file_of_the_quota(home).write_bytes(b"damaged " * 1000)

    assert usage(access()) == Usage(0, 0, 10, 50)
    told = capsys.readouterr().err
    assert told.startswith(
        "enlighten: warning: The requests of this run are not counted together with those of others. "
    )
    assert str(home / "state") in told


def test_a_wait_is_told_before_and_after_it() -> None:
    told: list[float] = []
    WaitingClock(SystemClock(), told.append).sleep(0.001)

    assert told == [0.001, 0.0]


@pytest.fixture
def environment(stub: StubService, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with served(stub) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.mark.usefixtures("environment")
def test_a_session_counts_responses_and_goes_by_the_services_clock(stub: StubService) -> None:
    told: list[int] = []
    with connected(ConnectionOptions(), on_response=lambda: told.append(len(stub.sent))) as session:
        before, now, after = time.time(), session.now().timestamp(), time.time()
        assert before - 0.001 <= now <= after + 0.001, "before the first response, our clock is taken for right"
        session.client.summary(66)
        session.client.summary(67)
        assert abs(session.now().timestamp() - stub.now()) < 5
        assert session.now().isoformat().endswith("+00:00")
        assert (session.responses, told) == (2, [1, 2])
        client = session.client
    with pytest.raises(Exception, match="the client is closed"):
        client.summary(66)


def test_a_failure_of_the_network_is_no_response(bare: Cli) -> None:
    del bare
    told: list[str] = []
    options = ConnectionOptions(base_url="http://127.0.0.1:9/api/v2")
    with connected(
        options, access=access(url="http://127.0.0.1:9/api/v2"), on_response=lambda: told.append("response")
    ) as session:
        client = session.client.with_options(max_retries=0)
        with pytest.raises(Exception, match="Summary"):
            client.summary(66)
        assert (session.responses, told) == (0, [])
