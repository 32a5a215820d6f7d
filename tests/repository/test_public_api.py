"""The check of the public API finds what breaks programs, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import public_api

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = {
    "__init__": """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .clients import Client, Usage
    from .errors import Gone

__all__ = ["Client", "Gone", "Usage", "__version__"]
__version__ = "1"

def __getattr__(name: str) -> object: ...
""",
    "clients": """
from typing import NamedTuple, overload

from ._methods import WAIT, Methods

class Client(Methods):
    def __init__(self, key: str, *, wait: float = WAIT) -> None:
        self.key: str = key

    @property
    def usage(self) -> int | None: ...

    async def fetch(self, day: str) -> list[int]: ...

    @overload
    def find(self, name: str) -> int: ...
    @overload
    def find(self, name: int) -> str: ...
    def find(self, name: str | int) -> int | str: ...

    def _private(self) -> None: ...

class Usage(NamedTuple):
    minute: int
    month: int | None = None
""",
    "_methods": """
WAIT = 1.0

class Methods:
    def systems(self, size: int = 100, page: int = 1) -> list[str]: ...
""",
    "errors": """
class Gone(LookupError):
    status = 410
""",
}


Change = tuple[str, str, str]


def described(folder: Path, modules: dict[str, str], *changes: Change) -> dict[str, str]:
    """The public API of a package of these modules, with texts of them replaced."""
    package = folder / "package"
    package.mkdir(parents=True)
    written = dict(modules)
    for module, old, new in changes:
        assert old in written[module]
        written[module] = written[module].replace(old, new)
    for module, text in written.items():
        (package / f"{module}.py").write_text(text, encoding="utf-8")
    return public_api.public_api("package", [folder])


def found(folder: Path, *changes: Change) -> list[str]:
    released, present = described(folder / "released", PACKAGE), described(folder / "present", PACKAGE, *changes)
    return list(public_api.differences(released, present))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("__init__", '"Gone", ', ""), ["Gone is gone"]),
        (("clients", "fetch", "fetched"), ["Client.fetch is gone"]),
        (("clients", "self, day:", "self, date:"), ["Client.fetch(day) is gone", "Client.fetch(date) is new"]),
        (("clients", "async def", "def"), ["Client.fetch was `async returns list[int]`, is `returns list[int]`"]),
        (("clients", "-> int | None", "-> int"), ["Client.usage was `property: int | None`, is `property: int`"]),
        (("clients", "wait: float = WAIT", "wait: float"), ["Client.__init__(wait) was `keyword-only: float = 1.0`"]),
        (("clients", "*, wait", "*, user: str, wait"), ["Client.__init__(user) is new and has no default"]),
        (("clients", "(self, name: int) -> str", "(self, name: int) -> bool"), ["Client.find overload 1 was"]),
        (("clients", "self.key: str", "self.key: bytes"), ["Client.key was `str`, is `bytes`"]),
        (("clients", "month: int", "hour: int\n    month: int"), ["Usage.__init__(month) was `1:", "(hour) is new"]),
        (("_methods", "page: int = 1", "page: int = 0"), ["Client.systems(page) was `2: int = 1`, is `2: int = 0`"]),
        (("_methods", "WAIT = 1.0", "WAIT = 9.0"), ["Client.__init__(wait) was `keyword-only: float = 1.0`, is"]),
        (("_methods", "systems", "all_systems"), ["Client.systems is gone"]),
        (
            ("_methods", "size: int = 100, page: int = 1", "page: int = 1, size: int = 100"),
            ["(size) was", "(page) was"],
        ),
        (("errors", "LookupError", "Exception"), ["Gone is a LookupError is gone"]),
    ],
)
def test_what_breaks_programs_is_found(tmp_path: Path, change: Change, expected: list[str]) -> None:
    lines = "\n".join(found(tmp_path, change))
    assert all(text in lines for text in expected), lines


@pytest.mark.parametrize(
    "change",
    [
        ("__init__", '"Gone", ', '"Gone", "PACKAGES", '),
        ("clients", "wait: float = WAIT", "wait: float = WAIT, strict: bool = False"),
        ("clients", "def _private", "def _other"),
        ("clients", "    @property", "    def close(self, now: bool) -> None: ...\n\n    @property"),
        ("errors", "status = 410", "status: int = 410"),
        ("errors", "(LookupError)", "(LookupError, RuntimeError)"),
    ],
)
def test_what_breaks_no_program_is_not_found(tmp_path: Path, change: Change) -> None:
    changes = [change, ("__init__", "__version__ =", "PACKAGES = 1\n__version__ =")]
    assert found(tmp_path, *changes) == []


def test_modules_and_private_bases_may_move(tmp_path: Path) -> None:
    moved = {
        "__init__": PACKAGE["__init__"].replace(".clients import Client, Usage", "._usage import Client, Usage"),
        "_usage": "from .client import Client, Usage",
        "client": PACKAGE["clients"]
        .replace("WAIT, Methods", "WAIT as W, Paged")
        .replace("= WAIT", "= W")
        .replace("(Methods)", "(Paged)"),
        "_methods": "from ._paging import WAIT, Methods\n\nclass Paged(Methods): ...",
        "_paging": PACKAGE["_methods"],
        "errors": PACKAGE["errors"],
    }
    present = described(tmp_path / "present", moved)
    assert present == described(tmp_path / "released", PACKAGE)
    assert "package.Client.systems(page)" in present


def test_a_public_name_without_a_definition_is_named(tmp_path: Path) -> None:
    with pytest.raises(public_api.PublicAPIError, match=r"package\.Gone is public, but its definition is not found"):
        described(tmp_path, PACKAGE, ("__init__", "    from .errors import Gone", "    pass"))


def test_the_list_of_accepted_differences_is_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    released, accepted = tmp_path / "released.json", tmp_path / "accepted.txt"
    described(tmp_path / "sources", PACKAGE)
    for name, value in {
        "PACKAGES": ["package"],
        "SOURCES": [tmp_path / "sources"],
        "RELEASED": released,
        "ACCEPTED": accepted,
    }.items():
        monkeypatch.setattr(public_api, name, value)

    assert public_api.main(["--renew"]) == 0
    assert public_api.main([]) == 0

    api = json.loads(released.read_text(encoding="utf-8"))
    released.write_text(json.dumps({**api, "package.old": "returns int"}), encoding="utf-8")
    assert public_api.main([]) == 1
    assert "package.old is gone" in capsys.readouterr().out.splitlines()

    accepted.write_text("# Nobody called it.\npackage.old is gone\n", encoding="utf-8")
    assert public_api.main([]) == 0

    released.write_text(json.dumps(api), encoding="utf-8")
    assert public_api.main([]) == 1
    assert "accepted.txt: no longer a difference: package.old is gone" in capsys.readouterr().out
