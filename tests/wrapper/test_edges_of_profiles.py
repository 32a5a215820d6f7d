"""Profiles as they are written into a file that has others, in whatever way those are written."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from enphase_enlighten import ConfigurationError
from enphase_enlighten.config.profiles import (
    configuration_file,
    load_profile,
    profile_name,
    with_profile,
    write_profile,
)
from enphase_enlighten.config.sources import Setting, Sources

if TYPE_CHECKING:
    from pathlib import Path

NEW = {"api_key": "k", "user_id": "u"}
TABLE = '[roof]\napi_key = "k"\nuser_id = "u"\n'
KEYS = ("api_key", "user_id", "plan")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("API_KEY", "USER_ID", "BASE_URL", "PROFILE"):
        monkeypatch.delenv(f"ENLIGHTEN_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "new" / "config"))
    return tmp_path


def written(text: str, mode: int = 0o600) -> Path:
    file = configuration_file()
    file.parent.mkdir(parents=True)
    file.write_text(text)
    file.chmod(mode)
    return file


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ("", []),
        ("# mine\n", ["# mine\n"]),
        ("# mine", ["# mine\n"]),
        ("[a]\n", ["[a]\n"]),
        ('[roof]\napi_key = "old"\n', []),
        ('[roof]\napi_key = "old"\nplan = "watt"\n[b]\nplan = "watt"\n', ['[b]\nplan = "watt"\n']),
        # A comment right above the next table is about that one.
        ('[roof]\nplan = "watt"\n\n# of b\n\n[b]\n', ["# of b\n\n[b]\n"]),
        ('[roof]\napi_key = "k" # mine\n\n# of b\n[b]\n', ["# of b\n[b]\n"]),
        ('[a]\nplan = "watt"\n\n  [ roof ] # mine\nplan = "watt"\n', ['[a]\nplan = "watt"\n', "# mine\n"]),
        ('["roof"]\nplan = "watt"\n', []),
        ("[roof]\n[b]\n", ["[b]\n"]),
        ("[roof]\n# of nothing\n", ["# of nothing\n"]),
        ("[roofs]\n[a.roof]\n", ["[roofs]\n[a.roof]\n"]),
        ('roof = { plan = "watt" }\n[b]\nplan = "watt"\n', ['[b]\nplan = "watt"\n']),
    ],
)
def test_a_profile_takes_the_place_of_the_one_of_its_name_and_all_else_stays(before: str, kept: list[str]) -> None:
    after = with_profile(before, "roof", NEW)

    assert tomllib.loads(after) == {**tomllib.loads(before), "roof": NEW}
    assert [text for text in kept if text not in after] == []
    assert with_profile(after, "roof", NEW) == after


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("my barn", '["my barn"]'),
        ("", '[""]'),
        ("a_b-1", "[a_b-1]"),
        ("ü", '["ü"]'),
        ('"', '["\\""]'),
        ("a.b", '["a.b"]'),
    ],
)
def test_a_name_is_quoted_where_toml_needs_that(name: str, key: str) -> None:
    assert with_profile("", name, {}) == f"{key}\n"


def test_what_cannot_stand_in_toml_is_escaped() -> None:
    assert with_profile("", "a", {"plan": 'ü"\\\x7f\n'}) == '[a]\nplan = "ü\\"\\\\\\u007f\\n"\n'


def test_a_file_and_its_folder_are_made_for_the_user_alone(home: Path) -> None:
    assert write_profile("roof", NEW) == configuration_file()
    assert configuration_file().read_text() == TABLE
    assert stat.S_IMODE(configuration_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(configuration_file().parent.stat().st_mode) == 0o700
    assert [file.name for file in configuration_file().parent.iterdir()] == ["config.toml"]
    assert write_profile("roof", NEW).read_text() == TABLE
    assert home == configuration_file().parent.parent.parent.parent


@pytest.mark.parametrize("text", ["a = ", "[a]\n[a]\n"])
def test_a_file_that_is_no_toml_is_told_and_not_changed(text: str) -> None:
    file = written(text)
    with pytest.raises(ConfigurationError) as caught:
        write_profile("roof", NEW)

    assert str(caught.value).startswith(f"{file} is not TOML: ")
    assert str(caught.value).endswith(". Fix it or move it away; nothing is changed.")
    assert file.read_text() == text


def test_the_name_of_a_profile_is_the_argument_before_the_environment_before_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (profile_name(None), profile_name(""), profile_name("a")) == ("default", "default", "a")
    monkeypatch.setenv("ENLIGHTEN_PROFILE", "b")
    assert (profile_name(None), profile_name(""), profile_name("a")) == ("b", "b", "a")


@pytest.mark.parametrize(
    ("text", "name", "problem"),
    [
        ("[a]\n[b]\n", "c", "No profile 'c' in {file}; it has 'a', 'b'."),
        ("", "c", "No profile 'c' in {file}; it has none."),
        ("c = 5", "c", "{file}: 'c' is not a table. Write [c] and below it api_key, user_id, plan."),
        ("[c]\nkey = 'x'", "c", "{file}: [c] has 'key'; it may have api_key, user_id, plan, each a string."),
        ("[c]\nplan = 5", "c", "{file}: [c] has 'plan'; it may have api_key, user_id, plan, each a string."),
        (None, "c", "No profile 'c': there is no file {file}. Create it, or give no profile."),
        ("[c]\nplan = ", "c", "{file} is not TOML (at line 2, column 8). Fix it, or move it away."),
    ],
)
def test_a_profile_that_cannot_be_had_is_told_with_what_there_is(text: str | None, name: str, problem: str) -> None:
    if text is not None:
        written(text)
    with pytest.raises(ConfigurationError) as caught:
        load_profile(name, KEYS)

    told = problem.format(file=configuration_file())
    assert str(caught.value).replace("at end of document", "at line 2, column 8") == told


def test_the_default_profile_need_not_exist_unless_the_environment_asks_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_profile(None, KEYS) == {}
    written('[a]\nplan = "watt"\n')
    assert load_profile(None, KEYS) == {}
    monkeypatch.setenv("ENLIGHTEN_PROFILE", "a")
    assert load_profile(None, KEYS) == {"plan": "watt"}
    monkeypatch.setenv("ENLIGHTEN_PROFILE", "default")
    with pytest.raises(ConfigurationError, match=r"No profile 'default' in .*; it has 'a'\."):
        load_profile(None, KEYS)


SETTINGS = (Setting("key", "THE_KEY", secret=True), Setting("user", "THE_USER", secret=True), Setting("plan"))


@pytest.mark.parametrize(
    ("environment", "given", "profile", "is_read"),
    [
        ({}, (), None, True),
        ({"THE_KEY": "k"}, (), None, True),
        ({"THE_KEY": "k", "THE_USER": ""}, (), None, True),
        ({"THE_KEY": "k", "THE_USER": "u"}, (), None, False),
        ({"THE_KEY": "k"}, ("user",), None, False),
        ({}, ("key", "user"), None, False),
        ({}, ("plan",), None, True),
        ({"THE_KEY": "k", "THE_USER": "u"}, (), "default", True),
        ({"THE_KEY": "k", "THE_USER": "u", "ENLIGHTEN_PROFILE": "default"}, (), None, True),
        ({"THE_KEY": "k", "THE_USER": "u", "ENLIGHTEN_PROFILE": ""}, (), None, False),
    ],
)
def test_the_file_is_read_where_a_credential_is_missing_or_a_profile_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    given: tuple[str, ...],
    profile: str | None,
    *,
    is_read: bool,
) -> None:
    file = written('[default]\nplan = "watt"\n')
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    sources = Sources.read(SETTINGS, profile, given)

    found = sources.find("plan")
    assert (found.value, found.source) == ("watt" if is_read else None, "plan of the profile")
    assert found.place == (f"profile 'default' of {file}" if is_read else "")
    assert sources.named is (profile is not None)


def test_a_setting_is_an_argument_before_a_named_profile_before_the_environment_before_another_profile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("THE_KEY", "of-environment")
    in_profile = {"key": "of-profile"}
    named, other = Sources(SETTINGS, in_profile, named=True), Sources(SETTINGS, in_profile)

    assert named.find("key", "given", "--key").value == "given"
    assert (named.find("key", "given").source, named.find("key", "given", "--key").source) == ("key", "--key")
    assert (named.find("key").value, named.find("key").source) == ("of-profile", "key of the profile")
    assert (other.find("key").value, other.find("key").source) == ("of-environment", "THE_KEY")
    monkeypatch.setenv("THE_KEY", "")
    assert other.find("key").value == "of-profile"
    assert named.find("user").value is None
    assert "of-profile" not in repr(named)


def test_a_file_in_another_encoding_is_told_by_its_name_whether_it_is_read_or_written() -> None:
    file = written("")
    file.write_bytes('[a]\nplan = "ü"\n'.encode("utf-16"))
    for use in (lambda: load_profile("a", KEYS), lambda: write_profile("a", NEW)):
        with pytest.raises(ConfigurationError) as caught:
            use()
        assert str(caught.value).startswith(f"{file} is not in UTF-8. Save it as UTF-8")


def test_without_what_writes_profiles_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    with pytest.raises(ConfigurationError, match=r"^Writing a profile needs .*enphase-enlighten\[cli\]"):
        with_profile("", "a", NEW)


def test_a_write_that_fails_is_told_also_where_somebody_has_cleaned_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        for beside in configuration_file().parent.iterdir():
            beside.unlink()
        raise OSError("the disk is gone")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ConfigurationError, match=r"cannot be written: the disk is gone\. Nothing is changed\.$"):
        write_profile("roof", NEW)
