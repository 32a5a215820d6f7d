"""Profiles: credentials in a file that only the user may read."""

from __future__ import annotations

import os
import stat
import tomllib
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enphase_enlighten import ConfigurationError, Enlighten
from enphase_enlighten.config.profiles import configuration_file, with_profile, write_profile
from enphase_enlighten.config.sources import Setting, Sources
from tests.support.service import StubService

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GOOD = """
[default]
api_key = "default-key"
user_id = "default-user"

[work]
api_key = "work-key"
user_id = "work-user"
base_url = "http://localhost:8080/api/v2"
plan = "watt"
"""


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("API_KEY", "USER_ID", "BASE_URL", "PROFILE"):
        monkeypatch.delenv(f"ENLIGHTEN_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def write() -> Callable[[str | bytes], Path]:
    def written(content: str | bytes) -> Path:
        file = configuration_file()
        file.parent.mkdir()
        file.touch(mode=0o600)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return written


def asked_with(**options: Any) -> tuple[str, str]:
    """The URL up to its path, and the key, of a request of a client that is made with these options."""
    service = StubService()
    with Enlighten(transport=service.transport(), **options) as client:
        client.search_system_id("1")
    [request] = service.sent
    return str(request.url.copy_with(query=None)), request.url.params["key"]


LIVE = "https://api.enphaseenergy.com/api/v2/systems/search_system_id"
LOCAL = "http://localhost:8080/api/v2/systems/search_system_id"


def test_the_file_is_in_the_users_configuration_folder(tmp_path: Path) -> None:
    assert configuration_file() == tmp_path / "enphase-enlighten" / "config.toml"


def test_the_default_profile_is_read_without_being_asked_for(write: Callable[[str], Path]) -> None:
    write(GOOD)
    assert asked_with() == (LIVE, "default-key")


def test_another_profile_is_chosen_by_argument_or_environment(
    write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(GOOD)
    assert asked_with(profile="work") == (LOCAL, "work-key")
    monkeypatch.setenv("ENLIGHTEN_PROFILE", "work")
    assert asked_with() == (LOCAL, "work-key")
    assert asked_with(profile="default") == (LIVE, "default-key")


def test_a_profile_has_the_plan_and_an_argument_goes_before_it(write: Callable[[str], Path]) -> None:
    write(GOOD)
    with Enlighten(profile="work") as client:
        assert client.usage.per_minute == 10
    with Enlighten(profile="work", plan="kilowatt") as client:
        assert client.usage.per_minute == 50


def test_a_plan_in_a_profile_may_be_its_limits(write: Callable[[str], Path]) -> None:
    write(GOOD.replace("watt", "5/200"))
    with Enlighten(profile="work") as client:
        assert (client.usage.per_minute, client.usage.per_month) == (5, 200)


def test_an_unknown_plan_of_a_profile_is_named_as_such(write: Callable[[str], Path]) -> None:
    write(GOOD.replace("watt", "terawatt"))
    with pytest.raises(ConfigurationError, match="The plan of the profile, 'terawatt', is unknown"):
        Enlighten(profile="work")


def test_the_environment_goes_before_the_profiles_base_url(
    write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(GOOD)
    monkeypatch.setenv("ENLIGHTEN_PROFILE", "work")
    monkeypatch.setenv("ENLIGHTEN_BASE_URL", "https://relay.example/v2")
    assert asked_with() == ("https://relay.example/v2/systems/search_system_id", "work-key")


def test_a_profile_that_an_argument_names_goes_before_the_environment(
    write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise the credentials of one account would go to the server of another.
    write(GOOD)
    monkeypatch.setenv("ENLIGHTEN_API_KEY", "key-of-the-environment")
    monkeypatch.setenv("ENLIGHTEN_USER_ID", "user-of-the-environment")
    monkeypatch.setenv("ENLIGHTEN_BASE_URL", "https://relay.example/v2")
    assert asked_with(profile="work") == (LOCAL, "work-key")
    assert asked_with() == ("https://relay.example/v2/systems/search_system_id", "key-of-the-environment")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o660, 0o610])
def test_a_file_that_others_can_access_is_an_error(write: Callable[[str], Path], mode: int) -> None:
    file = write(GOOD)
    file.chmod(mode)
    with pytest.raises(ConfigurationError) as caught:
        asked_with()
    assert f"chmod 600 '{file}'" in str(caught.value)


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_that_only_the_user_can_access_is_read(write: Callable[[str], Path], mode: int) -> None:
    write(GOOD).chmod(mode)
    assert asked_with() == (LIVE, "default-key")


def test_no_file_and_no_profile_asked_for_is_no_fault_of_the_file() -> None:
    with pytest.raises(ConfigurationError, match="No api_key"):
        asked_with()


@pytest.mark.parametrize(
    ("content", "options", "problem"),
    [
        (None, {"profile": "work"}, "there is no file"),
        (GOOD, {"profile": "home"}, "No profile 'home'.*it has 'default', 'work'"),
        ("", {"profile": "home"}, "it has none"),
        ("default = 'secret-key'", {}, "is not a table"),
        ("[default]\napi_key = 5", {}, "api_key.*each a string"),
        ("[default]\napikey = 'secret-key'", {}, "apikey.*it may have api_key, user_id, base_url, plan"),
        ("[default]\napi_key = 'secret-key\n", {}, r"is not TOML \(at end of document\)"),
        ("[default]\napi_key = secret-key\n", {}, r"is not TOML \(at line 2, column 11\)"),
        ("[default]\n['secret-key']\n['secret-key']\n", {}, r"is not TOML \(at line 3, column 14\)"),
        (b"[default]\napi_key = 'secret-key\xff'", {}, r"is not in UTF-8\. Save it as UTF-8"),
    ],
)
def test_the_error_of_a_file_that_cannot_be_used_does_not_show_its_content(
    write: Callable[[str | bytes], Path], content: str | bytes | None, options: dict[str, str], problem: str
) -> None:
    if content is not None:
        write(content)
    with pytest.raises(ConfigurationError, match=problem) as caught:
        asked_with(**options)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert shown.__cause__ is None
    assert shown.__context__ is None
    assert "secret-key" not in "".join(
        f"{caught.value}{frame.locals}" for frame in shown.stack if "enphase_enlighten" in frame.filename
    )


def test_a_folder_in_the_place_of_the_file_is_an_error() -> None:
    configuration_file().mkdir(parents=True)
    with pytest.raises(ConfigurationError, match="cannot be read: Is a directory"):
        asked_with()


def test_a_client_that_has_both_credentials_does_not_need_the_file(write: Callable[[str], Path]) -> None:
    write("this is no TOML")
    assert asked_with(api_key="key", user_id="user") == (LIVE, "key")
    with pytest.raises(ConfigurationError, match="is not TOML"):
        asked_with(api_key="key", user_id="user", profile="default")


def test_each_setting_says_where_it_was_found(write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = (Setting("key", "THE_KEY", secret=True), Setting("plan"))
    file = write("[default]\nkey = 'k'\nplan = 'watt'")
    in_file = f"profile 'default' of {file}"
    sources = Sources.read(settings, None)
    assert [sources.find(name).place for name in ("key", "plan")] == [in_file, in_file]
    assert sources.find("plan", "kilowatt", "--plan").place == "--plan"
    monkeypatch.setenv("THE_KEY", "other")
    found = Sources.read(settings, None).find("key")
    assert (found.value, found.place) == ("other", "THE_KEY")
    assert "other" not in repr(found)
    assert Sources.read(settings, "default").find("key").place == in_file
    assert Sources.read(settings, None).find("plan").value is None, "the file is not read where nothing is missing"


def test_a_profile_is_written_for_the_user_alone_and_read_again() -> None:
    path = write_profile("roof", {"api_key": "k", "user_id": "u", "plan": "10/5000"})
    assert path == configuration_file().resolve()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Enlighten(profile="roof") as client:
        assert client.usage.per_month == 5000


@pytest.mark.parametrize("content", ["precious = ", b"\xff"])
def test_a_file_that_cannot_be_kept_stays_as_it_is(write: Callable[[str | bytes], Path], content: str | bytes) -> None:
    file = write(content)
    before = file.read_bytes()
    with pytest.raises(ConfigurationError, match=r"othing is changed|not in UTF-8"):
        write_profile("roof", {"api_key": "k"})
    assert file.read_bytes() == before
    assert [there.name for there in file.parent.iterdir()] == ["config.toml"]


def test_a_write_that_fails_leaves_nothing_behind(
    write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(GOOD)

    def full(_descriptor: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigurationError, match="cannot be written: No space left"):
        write_profile("roof", {"api_key": "k"})
    assert file.read_text() == GOOD
    assert [there.name for there in file.parent.iterdir()] == ["config.toml"]


def test_what_is_no_profile_is_kept_too() -> None:
    written = with_profile('"default"={api_key="1"}\nbarn = [1] # a slip\n', "default", {"api_key": "2"})
    assert tomllib.loads(written) == {"default": {"api_key": "2"}, "barn": [1]}
    assert "# a slip" in written


texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
profiles = st.dictionaries(st.sampled_from(["api_key", "user_id", "base_url", "plan"]), texts)


@given(st.dictionaries(texts, profiles, max_size=4), texts, profiles)
def test_a_profile_is_written_so_that_toml_reads_all_of_them(present: Any, name: str, profile: dict[str, str]) -> None:
    text = ""
    for other, values in present.items():
        text = with_profile(text, other, values)
    assert tomllib.loads(with_profile(text, name, profile)) == {**present, name: profile}


def test_tables_written_in_other_ways_are_kept() -> None:
    text = 'barn = { api_key = "1" }\n[default]\napi_key = """\n[shed]\n"""\n'
    written = with_profile(text, "default", {"api_key": "2"})
    assert tomllib.loads(written) == {"barn": {"api_key": "1"}, "default": {"api_key": "2"}}


def test_a_comment_above_the_next_profile_stays_there() -> None:
    text = '# mine\n[default]\napi_key = "1" # old\n\n# the barn\n[barn]\napi_key = "b"\n'
    written = with_profile(text, "default", {"api_key": "2", "plan": "watt"})
    assert written == '# mine\n[default]\napi_key = "2" # old\nplan = "watt"\n\n# the barn\n[barn]\napi_key = "b"\n'
