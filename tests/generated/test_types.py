from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from enlighten_v2 import models, types
from enlighten_v2.models import Status, System
from enlighten_v2.types import UNSET, OpenEnum, Unset

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_unset_keeps_its_identity_through_pickle(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(UNSET, protocol)) is UNSET  # noqa: S301
    assert pickle.loads(pickle.dumps([{"a": UNSET}], protocol))[0]["a"] is UNSET  # noqa: S301


def test_unset_keeps_its_identity_through_copies() -> None:
    assert copy.copy(UNSET) is UNSET
    assert copy.deepcopy({"a": [UNSET]})["a"][0] is UNSET


def test_there_is_one_unset_that_is_false_and_prints_its_name() -> None:
    assert Unset() is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"


def test_an_unknown_value_is_of_the_enum_type_and_its_string() -> None:
    status = Status("encharge")
    assert type(status) is Status
    assert isinstance(status, str)
    assert status == "encharge"
    assert status == Status("encharge")
    assert status != Status.NORMAL
    assert status.value == status.name == "encharge"
    assert hash(status) == hash("encharge")
    assert {"encharge": 1}[status] == 1


def test_an_unknown_value_prints_as_its_string() -> None:
    status = Status("encharge")
    assert str(status) == f"{status}" == format(status) == "%s" % status == "encharge"  # noqa: UP031
    assert f"{status:>10}" == "  encharge"
    assert "encharge" in repr(status)


def test_a_known_value_prints_as_its_string() -> None:
    assert str(Status.COMM) == f"{Status.COMM}" == "comm"


def test_only_unknown_values_tell_that_they_are() -> None:
    assert Status("encharge").is_unknown
    assert Status("COMM").is_unknown
    assert Status("").is_unknown
    assert not any(status.is_unknown for status in Status)
    assert Status("comm") is Status.COMM


@pytest.mark.parametrize("value", [None, 1, 1.0, True, b"comm", ["comm"], {}])
def test_a_value_that_is_no_string_is_an_error(value: object) -> None:
    with pytest.raises(ValueError, match="is not a valid Status"):
        Status(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [Status("encharge"), Status.COMM])
def test_enum_values_survive_pickle_and_copies(status: Status) -> None:
    twins = [copy.copy(status), copy.deepcopy(status), copy.deepcopy([status])[0]]
    twins += [pickle.loads(pickle.dumps(status, protocol)) for protocol in PROTOCOLS]  # noqa: S301
    for twin in twins:
        assert twin == status
        assert type(twin) is Status
        assert twin.is_unknown == status.is_unknown


def test_unknown_values_do_not_become_members() -> None:
    before = list(Status)
    Status("encharge")
    assert list(Status) == before
    assert len(Status) == len(before)
    assert "encharge" not in Status.__members__


def test_unknown_values_do_not_pile_up() -> None:
    tracemalloc.start()
    try:
        for number in range(100):
            Status(f"warm up {number}")
        before = tracemalloc.get_traced_memory()[0]
        for number in range(10_000):
            Status(f"unheard of {number}")
        growth = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert growth < 100_000


def test_every_generated_enum_is_open() -> None:
    enums = [model for model in map(models.__getattr__, models.__all__) if not hasattr(model, "from_dict")]
    assert Status in enums
    assert all(issubclass(enum, OpenEnum) for enum in enums)


def test_importing_the_models_imports_none_of_them() -> None:
    code = (
        "import sys, enlighten_v2.models\n"
        "def loaded():\n"
        "    return [name for name in sys.modules if name.startswith('enlighten_v2.models.')]\n"
        "assert not loaded(), loaded()\n"
        "from enlighten_v2.models import StatsInterval\n"
        "assert loaded() == ['enlighten_v2.models.stats_interval'], loaded()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


def test_each_model_can_be_the_first_that_is_imported() -> None:
    # Models import the models nested in them: two that contain each other could not be imported.
    code = (
        "import importlib, sys, enlighten_v2.models as models\n"
        "for name in models.__all__:\n"
        "    for module in [name for name in sys.modules if name.startswith('enlighten_v2.models.')]:\n"
        "        del sys.modules[module]\n"
        "    vars(models).pop(name, None)\n"
        "    assert getattr(models, name).__name__ == name\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


def test_what_the_types_module_offers_is_used_by_what_is_generated() -> None:
    package = Path(types.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py") if path.name != "types.py")
    assert [name for name in types.__all__ if not re.search(rf"\b{name}\b", code)] == []


def test_the_models_package_lists_what_it_has() -> None:
    assert set(models.__all__) <= set(dir(models))
    assert models.System is System
    assert not hasattr(models, "Sistem")
    with pytest.raises(ImportError, match="Sistem"):
        exec("from enlighten_v2.models import Sistem")  # noqa: S102


def test_the_generated_package_is_typed_for_those_who_use_it(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    pytest.importorskip("mypy", reason="a Python without the linters")
    program = tmp_path / "program.py"
    program.write_text(
        "import datetime\n"
        "from enlighten_v2.models import EnergyLifetimeResponse, Meta, Status, System\n"
        "from enlighten_v2.types import Deviation\n"
        "deviations: list[Deviation] = []\n"
        "system = System.from_dict({}, deviations)\n"
        "name: str = system.system_name\n"
        "status: Status = Meta.from_dict({}).status\n"
        "known: bool = not status.is_unknown\n"
        "start: datetime.date | None = EnergyLifetimeResponse.from_dict({}).start_date\n"
        "wrong: int = system.system_name\n"
    )
    config = tmp_path / "mypy.ini"
    # Kept from run to run: most of the time is for the types of the standard library.
    cache = pytestconfig.cache.mkdir("mypy")
    config.write_text(f"[mypy]\nstrict = true\nmypy_path = {Path(models.__file__).parents[2]}\n")
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "mypy", f"--config-file={config}", f"--cache-dir={cache}", str(program)],
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in run.stdout.splitlines() if ": error: " in line]
    assert len(errors) == 1, run.stdout
    assert "program.py:10: error: Incompatible types" in errors[0]
