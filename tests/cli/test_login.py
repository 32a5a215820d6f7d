"""Logging in: what is asked, checked, kept, and never seen."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest


def file_of(cli: Any) -> Path:
    return Path(cli.environment["XDG_CONFIG_HOME"]) / "enphase-enlighten" / "config.toml"


def log_in(cli: Any, simulated: Any) -> Any:
    typed = f"{simulated.api_key}\n{simulated.user_id}\n"
    return cli.run("login", "--base-url", simulated.base_url, typed=typed)


def test_key_and_user_id_are_asked_for_without_showing_them(bare: Any, simulated: Any) -> None:
    result = bare.at_terminal(
        "login",
        "--base-url",
        simulated.base_url,
        typed={"API key:": f"{simulated.api_key}\n", "User id:": f"{simulated.user_id}\n"},
    )
    assert result.code == 0
    assert "developer.enphase.com" in result.out
    assert "the credentials work" in result.out
    assert simulated.api_key not in result.out
    assert simulated.user_id not in result.out
    assert stat.S_IMODE(file_of(bare).stat().st_mode) == 0o600
    assert bare.run("summary", "-s", "66").code == 0


def test_credentials_from_a_pipe_make_a_named_profile(bare: Any, simulated: Any) -> None:
    typed = f"{simulated.api_key}\n{simulated.user_id}\n"
    for name in ("roof", "my barn"):
        arguments = ("login", "--profile", name, "--plan", "watt", "--base-url", simulated.base_url)
        assert bare.run(*arguments, typed=typed).code == 0
    assert set(tomllib.loads(file_of(bare).read_text())) == {"roof", "my barn"}
    result = bare.run("doctor", "--profile", "my barn", "-o", "jsonl")
    assert result.code == 0, result.err
    found = {row["check"]: row["finding"] for row in result.rows()}
    assert found["plan"].startswith("10 a minute and 10,000 a month, from profile 'my barn'")


def test_rejected_credentials_are_not_kept(bare: Any, simulated: Any) -> None:
    result = bare.run("login", "--base-url", simulated.base_url, typed="not-the-key\nnobody-known\n")
    assert result.code == 3
    assert "nothing is written" in result.err
    assert "not-the-key" not in result.err
    assert not file_of(bare).exists()


@pytest.mark.parametrize("typed", ["", "\n\n", "key-key-key\n", "key\x1bkey\nuser-user\n"])
def test_missing_or_strange_credentials_are_an_error(bare: Any, typed: str) -> None:
    result = bare.run("login", typed=typed)
    assert result.code == 3
    assert "on two lines of standard input" in result.err


def test_other_profiles_and_comments_stay(bare: Any, simulated: Any) -> None:
    file = file_of(bare)
    file.parent.mkdir(parents=True)
    file.write_text(
        '# mine\n[barn]\napi_key = "1"\n\n[default]\napi_key = "old"\n\n# of the shed\n[shed]\nplan = "watt"\n'
    )
    file.chmod(0o644)
    assert log_in(bare, simulated).code == 0
    text = file.read_text()
    assert "# mine" in text
    assert "# of the shed\n[shed]" in text
    profiles = tomllib.loads(text)
    assert profiles["default"]["api_key"] == simulated.api_key
    assert (profiles["barn"], profiles["shed"]) == ({"api_key": "1"}, {"plan": "watt"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_no_toml_stays_as_it_is(bare: Any, simulated: Any) -> None:
    file = file_of(bare)
    file.parent.mkdir(parents=True)
    file.write_text("precious = ")
    result = log_in(bare, simulated)
    assert (result.code, file.read_text()) == (3, "precious = ")
    assert [there.name for there in file.parent.iterdir()] == ["config.toml"]


def test_a_file_behind_a_link_is_written_where_it_is(bare: Any, simulated: Any, tmp_path: Path) -> None:
    file = file_of(bare)
    file.parent.mkdir(parents=True)
    (tmp_path / "dotfiles.toml").write_text("")
    file.symlink_to(tmp_path / "dotfiles.toml")
    assert log_in(bare, simulated).code == 0
    assert file.is_symlink()
    assert simulated.api_key in (tmp_path / "dotfiles.toml").read_text()


def test_a_profile_that_others_can_read_is_an_error(bare: Any) -> None:
    file = file_of(bare)
    file.parent.mkdir(parents=True)
    file.write_text('[default]\napi_key = "k"\nuser_id = "u"\n')
    file.chmod(0o640)
    result = bare.run("systems")
    assert result.code == 3
    assert "chmod 600" in result.err
