from __future__ import annotations

import dataclasses
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generate
from generate import drift, main, render
from generation import PACKAGES, ROOT, GenerationError, Package, Sources
from overlay import SpecificationError


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


SMALL = """
openapi: 3.0.3
info: {title: Small, version: "1"}
servers: [{url: https://small.example}]
paths:
  /systems:
    get:
      operationId: Systems
      parameters: [{name: "system_id[]", in: query, schema: {type: array, items: {type: integer}}}]
      responses:
        "200":
          description: Envoys
          content: {application/json: {schema: {$ref: "#/components/schemas/EnvoysResponse"}}}
components:
  schemas:
    Status: {type: string, enum: [normal, comm]}
    Meta: {type: object, required: [status], properties: {status: {$ref: "#/components/schemas/Status"}}}
    EnvoysResponse:
      type: object
      required: [envoys]
      properties:
        meta: {$ref: "#/components/schemas/Meta"}
        envoys:
          type: array
          items: {type: object, required: [name], properties: {name: {type: string}}}
"""
NO_CHANGE = "  - target: $.info\n    update: {title: Changed}\n"


def small(tmp_path: Path, actions: str = NO_CHANGE, **others: Path) -> Sources:
    """Sources of a specification that takes little time to generate from, with an overlay of these actions."""
    specification, overlay = tmp_path / "small.yaml", tmp_path / "small.overlay.yaml"
    specification.write_text(SMALL, encoding="utf-8")
    heading = "overlay: 1.0.0\ninfo: {title: Changes, version: '1'}\nactions:\n"
    overlay.write_text(f"{heading}{actions}", encoding="utf-8")
    return Sources(specification=specification, overlay=overlay, **others)


def arguments(sources: Sources, package: Path) -> list[str]:
    """The arguments for other sources and another package than the project's."""
    given = [f"--{field.name}={getattr(sources, field.name)}" for field in dataclasses.fields(sources)]
    return [*given, "--output", str(package)]


@pytest.fixture(scope="session")
def small_sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def rendered_small(small_sources: Sources, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that the small sources give; only to be read."""
    target = tmp_path_factory.mktemp("rendered_small") / "enlighten_v2"
    render(small_sources, target)
    return target


@pytest.fixture
def package(rendered_small: Path, tmp_path: Path) -> Path:
    """A package as generated from the small sources, which a test may change."""
    return shutil.copytree(rendered_small, tmp_path / "enlighten_v2")


def test_the_committed_client_is_what_the_sources_give() -> None:
    for package in PACKAGES:
        report = drift(package.sources, package.output)
        assert not report, report


def test_the_same_sources_give_the_same_bytes_wherever_it_runs(
    rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "ruff.toml").write_text("line-length = 60\nindent-width = 2\n")
    monkeypatch.chdir(elsewhere)
    render(Sources(), elsewhere / "enlighten_v2")
    assert contents(elsewhere / "enlighten_v2") == contents(rendered)


def test_the_result_is_formatted_as_the_project_formats(rendered: Path) -> None:
    options = ["--no-cache", "--config", str(ROOT / "pyproject.toml")]
    run = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "ruff", "format", "--check", *options, str(rendered)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_the_result_is_marked_as_typed(rendered: Path) -> None:
    assert (rendered / "py.typed").is_file()


def test_generating_removes_what_is_no_longer_generated(small_sources: Sources, package: Path) -> None:
    expected = contents(package)
    (package / "models" / "gone.py").write_text("stale = True\n")
    (package / "py.typed").unlink()
    generate.generate(small_sources, package)
    assert contents(package) == expected
    assert [path.name for path in package.parent.iterdir()] == ["enlighten_v2"]


def test_a_check_passes_when_nothing_differs(
    small_sources: Sources, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--check", *arguments(small_sources, package)]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_check_names_each_file_that_differs_and_shows_how(
    small_sources: Sources, package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = package / "models" / "meta.py"
    model.write_text(model.read_text().replace("class Meta(", "class Mega("))
    (package / "types.py").unlink()
    (package / "models" / "by_hand.py").write_text("x = 1\n")
    before = contents(package)
    assert main(["--check", *arguments(small_sources, package)]) == 1
    report = capsys.readouterr().err
    assert "  differs  models/meta.py\n" in report
    assert "  missing  types.py\n" in report
    assert "  extra    models/by_hand.py\n" in report
    assert "-class Mega(" in report
    assert "+class Meta(" in report
    assert "-x = 1" in report
    assert "make generate" in report.splitlines()[-1]
    assert contents(package) == before


def test_a_check_of_all_packages_names_stray_files_beside_them(
    small_sources: Sources, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = shutil.copytree(package, package.parent / "small_v4")
    packages = [Package(output, small_sources, tmp_path / "build" / "a.json") for output in (package, other)]
    (package.parent / ".mypy_cache").mkdir()
    (package.parent / "__pycache__").mkdir()
    assert main(["--check"], packages) == 0
    for stray in (".generating-x/new/client.py", "enlighten_v1/py.typed", "stray.py"):
        path = package.parent / stray
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert main(["--check"], packages) == 1
    report = capsys.readouterr().err
    assert report.splitlines() == [
        f"{package.parent / name} is not generated. Delete it, or move it elsewhere."
        for name in (".generating-x", "enlighten_v1", "stray.py")
    ]


def test_all_packages_are_generated_each_with_its_effective_specification(
    small_sources: Sources, package: Path, tmp_path: Path
) -> None:
    expected = contents(package)
    packages = [
        Package(tmp_path / "packages" / name, small_sources, tmp_path / "build" / f"{name}.json") for name in ("a", "b")
    ]
    assert main([], packages) == 0
    for output, _, effective, _ in packages:
        assert contents(output) == expected
        assert effective.read_bytes() == expected["openapi.json"]


def test_an_operation_without_an_id_stops_it(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = small(tmp_path, "  - target: $.paths['/systems'].get.operationId\n    remove: true\n")
    assert_stops(sources, package, capsys, "GET /systems has no operationId", "overlay")


def test_a_tag_moves_nothing(package: Path, tmp_path: Path) -> None:
    tags = "  - target: $.paths['/systems'].get\n    update: {tags: [Some Systems, other]}\n"
    tagged = small(tmp_path, NO_CHANGE + tags)
    before = contents(package)
    generate.generate(tagged, package)
    after = contents(package)
    assert [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)] == ["openapi.json"]


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_keys_in_another_order_are_said_to_move_what_is_generated(
    tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str], order: tuple[str, str]
) -> None:
    both = "    update: {{{}: {{type: string}}, {}: {{type: string}}}}\n".format(*order)
    target = "  - target: $.components.schemas.Meta.properties\n"
    former = small(tmp_path, target + "    update: {first: {type: string}, second: {type: string}}\n")
    generate.generate(former, package)
    sources = small(tmp_path, target + both)
    assert main(["--check", *arguments(sources, package)]) == (0 if order == ("first", "second") else 1)
    said = capsys.readouterr().err
    assert main(arguments(sources, package)) == 0
    said_again = capsys.readouterr().err
    if order == ("first", "second"):
        assert not said + said_again
    else:
        sentence = "Nothing but the order of keys has changed in components/schemas/Meta: "
        assert sentence in said
        assert said_again.startswith(f"note: {sentence}")


def test_values_in_another_order_are_said_to_move_what_is_generated(package: Path, tmp_path: Path) -> None:
    sources = small(tmp_path)
    text = sources.specification.read_text(encoding="utf-8")
    sources.specification.write_text(text.replace("[normal, comm]", "[comm, normal]"), encoding="utf-8")
    assert "order of keys has changed in components/schemas/Status: " in generate.generate(sources, package)
    assert generate.generate(sources, package) == ""


def fill(path: Path) -> None:
    path.write_text("".join(f"line = {number}\n" for number in range(500)))


def test_a_long_diff_leaves_room_for_that_of_the_next_file(small_sources: Sources, package: Path) -> None:
    fill(package / "models" / "meta.py")
    fill(package / "types.py")
    report = drift(small_sources, package)
    assert "+++ expected/models/meta.py" in report
    assert "+++ expected/types.py" in report
    assert "more lines of types.py" in report


def test_the_diff_of_a_check_has_a_bounded_length(small_sources: Sources, package: Path) -> None:
    for path in package.rglob("*.py"):
        fill(path)
    assert len(drift(small_sources, package).splitlines()) < 350


def assert_stops(sources: Sources, package: Path, capsys: pytest.CaptureFixture[str], *words: str) -> None:
    before = contents(package)
    assert main(arguments(sources, package)) == 1
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert "Traceback" not in message
    for word in words:
        assert word in message
    assert contents(package) == before
    assert not list(package.parent.glob(".generating-*"))


def test_a_specification_that_is_not_valid_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.yaml"
    text = Sources().specification.read_text(encoding="utf-8")
    broken.write_text(re.sub("(?m)^info:$", "information:", text), encoding="utf-8")
    assert_stops(Sources(specification=broken), package, capsys, str(broken), "info")


def test_an_overlay_action_without_effect_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = small(tmp_path, "  - target: $.paths['/nowhere']\n    remove: true\n")
    assert_stops(sources, package, capsys, str(sources.overlay), "/nowhere")


def test_a_warning_of_the_generator_stops_it(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = small(
        tmp_path,
        "  - target: $.paths['/systems'].get.parameters\n"
        "    update: {name: system_id, in: query, schema: {type: integer}}\n",
    )
    assert_stops(sources, package, capsys, "GET /systems", "system_id", str(sources.overlay))


def test_a_warning_of_the_generator_shows_the_text_of_the_specification(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = small(
        tmp_path,
        "  - target: $.components.schemas.Meta.properties\n    update: {ä-b: {type: string}, ä b: {type: string}}\n",
    )
    assert_stops(sources, package, capsys, "Properties ä b and ä-b have the same python_name")


def test_a_configuration_that_is_not_valid_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("post_hooks: 3\n")
    assert_stops(small(tmp_path, config=config), package, capsys, str(config), "post_hooks")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("docstring_on_attributes: true", "no key 'docstring_on_attributes'. It has class_overrides, "),
        (
            "class_overrides: {StatsResponse: {name: Stats}}",
            "no key 'name' in the class override of StatsResponse. It has class_name, module_name.",
        ),
    ],
)
def test_a_key_that_the_generator_would_ignore_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, fault: str
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(f"post_hooks: []\n{text}\n")
    assert_stops(small(tmp_path, config=config), package, capsys, str(config), fault)


@pytest.mark.parametrize("text", ["a: [", "- a list", "class_overrides: 3", "class_overrides: {A: 3}", ""])
def test_a_configuration_of_another_form_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(text)
    assert_stops(small(tmp_path, config=config), package, capsys, str(config))


def test_templates_that_do_not_exist_stop_it(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert_stops(small(tmp_path, templates=Path("/nowhere")), package, capsys, "/nowhere")


def test_a_template_that_is_broken_stops_it(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    templates = shutil.copytree(Sources().templates, tmp_path / "templates")
    (templates / "types.py.jinja").write_text("{% if %}")
    assert_stops(small(tmp_path, templates=templates), package, capsys, str(templates), "TemplateSyntaxError")


def test_code_that_ruff_cannot_read_stops_it(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    templates = shutil.copytree(Sources().templates, tmp_path / "templates")
    (templates / "types.py.jinja").write_text("def :\n")
    assert_stops(small(tmp_path, templates=templates), package, capsys, "ruff", "types.py")


def test_a_property_that_the_model_template_cannot_read_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = small(
        tmp_path,
        "  - target: $.components.schemas.Meta.properties\n    update: {token: {type: string, format: uuid}}\n",
    )
    assert_stops(sources, package, capsys, "`token` of Meta, a UuidProperty", "model.py.jinja cannot read", "overlay")


OBJECTS = "[{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]"


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        (f"{{oneOf: {OBJECTS}}}", "2 of them are objects"),
        (f"{{type: array, items: {{oneOf: {OBJECTS}}}}}", "2 of them are objects"),
        (
            "{oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: integer}}]}",
            "2 of them are arrays",
        ),
        ("{oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}", "2 of them are enumerations"),
        (
            "{oneOf: [{type: string, enum: [a]}, {type: string, format: date}]}",
            "2 of them are enumerations or dates",
        ),
    ],
)
def test_alternatives_that_the_model_template_cannot_tell_apart_stop_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], schema: str, fault: str
) -> None:
    sources = small(tmp_path, f"  - target: $.components.schemas.Meta.properties\n    update: {{token: {schema}}}\n")
    assert_stops(sources, package, capsys, " of Meta apart", "`token", fault)


def test_alternatives_that_read_the_same_are_no_fault(tmp_path: Path) -> None:
    sources = small(
        tmp_path,
        "  - target: $.components.schemas.Meta.properties\n"
        "    update: {token: {oneOf: [{type: string}, {type: string, maxLength: 3}, {type: integer}]}}\n",
    )
    render(sources, tmp_path / "enlighten_v2")


@pytest.mark.parametrize(
    "name",
    ["deviations", "src_dict", "cls", "toDict", "from_dict", "additional_properties", "additional_keys"],
)
def test_a_property_by_a_name_that_models_use_themselves_stops_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    sources = small(
        tmp_path,
        f"  - target: $.components.schemas.Meta.properties\n    update: {{{name}: {{type: string}}}}\n",
    )
    assert_stops(sources, package, capsys, f"cannot have the property `{name}` of Meta", "Remove the property")


def test_a_property_may_have_any_other_name(tmp_path: Path) -> None:
    names = [
        *["self", "_additional", "_types", "_PROPERTIES", "_item0", "_all_known", "UNSET", "Any", "type", "to_json"],
        *["src_dicts", "_models", "_from_dicts", "_members_of_Status", "zip", "len"],
    ]
    properties = f"{{{', '.join(f'{name}: {{type: integer}}' for name in names)}}}"
    # One that is an item of lists, and one that is not.
    targets = ["EnvoysResponse.properties.envoys.items", "Meta"]
    sources = small(
        tmp_path,
        "".join(
            f"  - target: $.components.schemas.{target}.properties\n    update: {properties}\n" for target in targets
        ),
    )
    render(sources, tmp_path / "enlighten_v2")
    code = (
        "from enlighten_v2.models import Envoy, Meta\n"
        f"body = dict.fromkeys({names!r}, 1)\n"
        "for model in (Envoy, Meta):\n"
        "    deviations = []\n"
        "    assert model.from_dict(body, deviations).to_dict() == body\n"
        "    assert not model.from_dict(body).additional_properties\n"
        "    assert {deviation.kind for deviation in deviations} == {'missing'}, deviations\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)  # noqa: S603


def test_models_that_contain_each_other_stop_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = small(
        tmp_path,
        "  - target: $.components.schemas.Meta.properties\n"
        "    update: {owner: {$ref: '#/components/schemas/Owner'}}\n"
        "  - target: $.components.schemas\n"
        "    update: {Owner: {type: object, properties: {meta: {$ref: '#/components/schemas/Meta'}}}}\n",
    )
    assert_stops(sources, package, capsys, "Meta in Owner in Meta", "Break the circle")


def test_an_operation_with_a_file_stops_it(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = "{content: {application/octet-stream: {schema: {type: string, format: binary}}}}"
    sources = small(
        tmp_path,
        "  - target: $.paths['/systems'].get.responses['200'].content\n    remove: true\n"
        f"  - target: $.paths['/systems'].get.responses['200']\n    update: {content}\n",
    )
    assert_stops(sources, package, capsys, "api/default/systems.py", "files", "types.py.jinja")


def test_a_model_may_contain_itself(tmp_path: Path) -> None:
    sources = small(
        tmp_path,
        "  - target: $.components.schemas.Meta.properties\n    update: {former: {$ref: '#/components/schemas/Meta'}}\n",
    )
    render(sources, tmp_path / "enlighten_v2")
    code = "from enlighten_v2.models import Meta; assert type(Meta.from_dict({'former': {}}).former) is Meta"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)  # noqa: S603


def test_models_may_be_in_lists_of_lists(tmp_path: Path) -> None:
    sources = small(
        tmp_path,
        "  - target: $.components.schemas.Meta.properties\n"
        "    update: {past: {type: array, items: {type: array, items: {$ref: '#/components/schemas/Meta'}}}}\n",
    )
    render(sources, tmp_path / "enlighten_v2")
    code = (
        "from enlighten_v2.models import Meta\n"
        "body, deviations = {'past': [[], [{'status': 'comm'}, 5], '']}, []\n"
        "[empty, [meta, number], text] = Meta.from_dict(body, deviations).past\n"
        "assert (empty, type(meta), meta.status, number, text) == ([], Meta, 'comm', 5, '')\n"
        "assert [deviation.key for deviation in deviations if deviation.kind == 'container'] == [1, 2]\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)  # noqa: S603


def test_the_faults_are_exceptions_for_those_who_import_it(tmp_path: Path) -> None:
    with pytest.raises(SpecificationError):
        render(Sources(specification=tmp_path / "nothing.yaml"), tmp_path / "a")
    with pytest.raises(GenerationError):
        render(small(tmp_path, config=tmp_path / "nothing.yaml"), tmp_path / "b")


def test_each_short_name_of_the_configuration_is_used(rendered: Path) -> None:
    config = Sources().config.read_text(encoding="utf-8")
    names = re.findall(r"module_name: (\w+)", config)
    unused = [name for name in names if not (rendered / "models" / f"{name}.py").is_file()]
    assert names
    assert not unused, f"{Sources().config.name}: nothing is named {unused} any more; correct class_overrides"
