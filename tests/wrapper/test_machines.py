"""What a machine may be without: a home folder, UTF-8 alone, versions that are new enough."""

from __future__ import annotations

import logging
import pwd
import sqlite3
import threading
import time
from contextlib import closing
from importlib import metadata
from pathlib import Path
from typing import NoReturn

import pytest

from enphase_enlighten import ConfigurationError, Enlighten
from enphase_enlighten.config.profiles import load_profile, write_profile
from enphase_enlighten.extras import load
from enphase_enlighten.quota.sqlite_store import SQLiteStore
from tests.support.service import StubService

PROFILE = '[default]\r\napi_key = "a-key-of-mine"\r\nuser_id = "a-user-of-mine"\r\n'
KEYS = ("api_key", "user_id")


@pytest.fixture
def configuration(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "enphase-enlighten" / "config.toml"
    file.parent.mkdir()
    file.touch(mode=0o600)
    return file


def test_a_byte_order_mark_is_no_part_of_the_profile(configuration: Path) -> None:
    configuration.write_bytes(b"\xef\xbb\xbf" + PROFILE.encode())
    assert load_profile(None, KEYS) == {"api_key": "a-key-of-mine", "user_id": "a-user-of-mine"}
    write_profile("work", {"api_key": "another", "user_id": "user"})
    assert load_profile(None, KEYS)["api_key"] == "a-key-of-mine"
    assert load_profile("work", KEYS)["api_key"] == "another"


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding_is_an_error_that_says_how_to_save_the_file(configuration: Path, encoding: str) -> None:
    content = PROFILE.replace("a-user", "ä-user").encode(encoding)
    configuration.write_bytes(content)
    for use in (lambda: load_profile(None, KEYS), lambda: write_profile("work", {"api_key": "another"})):
        with pytest.raises(ConfigurationError, match=r"config\.toml is not in UTF-8\. Save it as UTF-8") as caught:
            use()
        assert "a-key-of-mine" not in str(caught.value)
    assert configuration.read_bytes() == content


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user id without an entry among the users of the machine, as containers have them."""

    def nobody(_uid: int) -> NoReturn:
        raise KeyError("no such user")

    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_the_error_says_what_to_set(tmp_path: Path) -> None:
    for use in (Enlighten, lambda: Enlighten("key-alone"), lambda: write_profile("default", {"api_key": "key"})):
        with pytest.raises(ConfigurationError, match=r"no home folder.*set HOME, or XDG_CONFIG_HOME"):
            use()
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_given_credentials_are_enough() -> None:
    service = StubService()
    with Enlighten("key-of-mine", "user-of-mine", transport=service.transport()) as client:
        client.search_system_id("1")
    assert len(service.requests) == 1


@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotes_around_a_credential_are_an_error_that_names_its_place(
    monkeypatch: pytest.MonkeyPatch, quote: str
) -> None:
    monkeypatch.setenv("ENLIGHTEN_API_KEY", f"{quote}a-key-of-mine{quote}")
    monkeypatch.setenv("ENLIGHTEN_USER_ID", "a-user-of-mine")
    with pytest.raises(ConfigurationError, match=r"^ENLIGHTEN_API_KEY has quotes around it") as caught:
        Enlighten()
    assert "a-key-of-mine" not in str(caught.value)


@pytest.mark.parametrize(
    ("installed", "accepted"),
    [
        ("0.9", False),
        ("1.99.3", False),
        ("2.0.0", False),
        ("2.1", True),
        ("2.1.0", True),
        ("2.10.0", True),
        ("3", True),
    ],
)
def test_an_older_version_than_the_extra_asks_for_is_an_error(
    monkeypatch: pytest.MonkeyPatch, installed: str, accepted: bool
) -> None:
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: installed if name == "narwhals" else real(name))
    if accepted:
        assert load("narwhals", "pandas", "to_pandas()").__name__ == "narwhals"
        return
    with pytest.raises(ConfigurationError, match=rf"needs narwhals 2\.1 or later, and {installed} is installed: pip"):
        load("narwhals", "pandas", "to_pandas()")


def test_a_locked_quota_file_is_told_while_it_is_waited_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "quota.db"
    store = SQLiteStore(path, "v2")
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        with caplog.at_level(logging.WARNING, "enphase_enlighten"):
            waiting = threading.Thread(target=store.change, args=(lambda ledger: ledger,))
            waiting.start()
            until = time.monotonic() + 60
            while not caplog.messages and time.monotonic() < until:
                time.sleep(0.01)
            other.execute("ROLLBACK")
            waiting.join()
    assert caplog.messages == [
        f"Waiting up to 19 s for the quota's file {str(path)!r}, which another process has locked"
    ]


def test_pyinstaller_finds_the_hook_of_the_package() -> None:
    [entry] = [
        entry for entry in metadata.entry_points(group="pyinstaller40") if entry.value.startswith("enphase_enlighten")
    ]
    [folder] = entry.load()()
    assert Path(folder, "hook-enphase_enlighten.py").is_file()
