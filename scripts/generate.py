"""Generates `generated/enlighten_v2`: specification + overlay + generator's configuration + templates.

Everything happens in a scratch folder; only a result that is complete takes the place of the present one.
The same sources give the same bytes, wherever this is run.

The effective specification is written to `build/openapi.json` too, to be read and to be handed to other tools. Nothing
here reads it.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import difflib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, fields
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import openapi_python_client
import yaml
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import ParseError
from openapi_python_client.schema.untrusted_string import UntrustedString

from overlay import SpecificationError, effective_specification

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = ROOT / "generated" / "enlighten_v2"
EFFECTIVE_SPECIFICATION = ROOT / "build" / "openapi.json"

# A changed template changes every model: the rest of such a diff says nothing new.
_DIFF_LINES_PER_FILE = 40
_DIFF_LINES = 200


class GenerationError(Exception):
    """The client cannot be generated; the message names file and place, and what to do."""


@dataclass(frozen=True)
class Sources:
    """All that decides what is generated."""

    specification: Path = ROOT / "enlighten.yaml"
    overlay: Path = ROOT / "enlighten.overlay.yaml"
    config: Path = ROOT / "generator-config.yaml"
    templates: Path = ROOT / "templates"


def generate(sources: Sources, output: Path = OUTPUT) -> None:
    """Puts what the sources give in the place of `output`, as a whole or not at all.

    Args:
        sources: What to generate from.
        output: The package's folder. What is in it and not generated any more goes.

    Raises:
        GenerationError: The sources are faulty; `output` is as it was.
        SpecificationError: The same, and the fault is in the specification or its overlay.
    """
    output = output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    # On the same file system as the output, because only there is renaming a folder one step.
    with tempfile.TemporaryDirectory(prefix=".generating-", dir=output.parent) as scratch:
        complete, former = Path(scratch, "new"), Path(scratch, "former")
        render(sources, complete)
        if output.exists():
            output.rename(former)
        try:
            complete.rename(output)
        except OSError:
            if former.exists():
                former.rename(output)
            raise


def render(sources: Sources, target: Path) -> None:
    """Writes what the sources give into a new folder.

    Args:
        sources: What to generate from.
        target: The folder, which is not there yet.

    Raises:
        GenerationError: The sources are faulty.
        SpecificationError: The same, and the fault is in the specification or its overlay.
    """
    specification = effective_specification(sources.specification, sources.overlay)
    if not sources.templates.is_dir():
        raise GenerationError(f"{sources.templates}: no such folder; it must have the template overrides.")
    # Outside the project, because pyproject.toml makes exceptions for folders by their name.
    with tempfile.TemporaryDirectory(prefix="enlighten-generate-") as scratch:
        document = Path(scratch, "openapi.json")
        document.write_text(_canonical(_with_described_parameters(specification)), encoding="utf-8")
        package = Path(scratch, "enlighten_v2")
        _run_generator(sources, document, package)
        _refuse_cycles(sources, package)
        _refuse_files(sources, package)
        _format(package)
        (package / "py.typed").touch()
        (package / "openapi.json").write_text(_canonical(specification), encoding="utf-8")
        shutil.copytree(package, target)


def drift(sources: Sources, output: Path = OUTPUT) -> str:
    """Compares `output` with what the sources give.

    Args:
        sources: What to generate from.
        output: The package's folder.

    Returns:
        A report with a diff of bounded length; empty when the two are the same. Around the project's own package,
        it names whatever else is there, too.

    Raises:
        GenerationError: The sources are faulty.
        SpecificationError: The same, and the fault is in the specification or its overlay.
    """
    with tempfile.TemporaryDirectory(prefix="enlighten-check-") as scratch:
        expected = Path(scratch, "enlighten_v2")
        render(sources, expected)
        wanted, present = _files(expected), _files(output)
    differing = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    strays = _strays(output) if output == OUTPUT else []
    if not differing:
        return "\n".join(strays)
    summary = [f"{_shown(output)} is not what the specification, overlay, configuration and templates give:"]
    for name in differing:
        state = "missing" if name not in present else "extra" if name not in wanted else "differs"
        summary.append(f"  {state:<8} {name}")
    diff: list[str] = []
    for name in differing:
        lines = list(_diff(name, present.get(name, b""), wanted.get(name, b"")))
        diff += lines[:_DIFF_LINES_PER_FILE]
        if len(lines) > _DIFF_LINES_PER_FILE:
            diff.append(f"... {len(lines) - _DIFF_LINES_PER_FILE} more lines of {name}")
    if len(diff) > _DIFF_LINES:
        diff[_DIFF_LINES:] = [f"... {len(diff) - _DIFF_LINES} more lines"]
    return "\n".join([*strays, *summary, "", *diff, "", "Run `make generate`, and commit what it changes."])


def _strays(package: Path) -> list[str]:
    """What lies beside the package though nothing generates it, such as the leftovers of a run that was killed."""
    beside = (path for path in package.parent.iterdir() if path != package and not _is_cache(path))
    return [f"{_shown(path)} is not generated. Delete it, or move it elsewhere." for path in sorted(beside)]


def _is_cache(path: Path) -> bool:
    """Whether it is what Python, mypy, ruff or pytest leave where they run."""
    return path.name == "__pycache__" or (path.name.startswith(".") and path.name.endswith("_cache"))


def _with_described_parameters(specification: dict[str, Any]) -> dict[str, Any]:
    """Returns the specification with each parameter's description on its schema too.

    openapi-python-client 0.29.1 takes the text of an argument in a docstring from the schema alone.
    """
    described = copy.deepcopy(specification)
    parameters = [*described.get("components", {}).get("parameters", {}).values()]
    for path in described["paths"].values():
        for operation in path.values():
            parameters += operation.get("parameters", []) if isinstance(operation, dict) else []
    for parameter in parameters:
        schema = parameter.get("schema", {})
        if "description" in parameter and "$ref" not in schema:
            schema.setdefault("description", parameter["description"])
    return described


def _run_generator(sources: Sources, document: Path, package: Path) -> None:
    # In this process rather than through its command line, because here the warnings arrive as objects. It
    # prints where it generates, which is a scratch folder and tells nobody anything.
    _refuse_unknown_keys(sources.config)
    try:
        config = Config.from_sources(
            ConfigFile.load_from_path(sources.config),
            meta_type=MetaType.NONE,
            document_source=document,
            file_encoding="utf-8",
            overwrite=False,
            output_path=package,
        )
    except Exception as error:  # whatever a YAML parser and pydantic may raise
        raise GenerationError(f"{sources.config}: is no configuration of the generator: {error}") from error
    try:
        # Its warnings show strings of the specification as objects at an address. In hexadecimal, they cannot become
        # code wherever else they would be shown so.
        legible = mock.patch.object(UntrustedString, "__repr__", _in_hexadecimal)
        with legible, contextlib.redirect_stdout(io.StringIO()):
            faults = openapi_python_client.generate(config=config, custom_template_path=sources.templates)
    except Exception as error:  # it lets its own errors and those of the templates through
        _, stop, message = str(error).partition("stop: ")
        if stop:
            place = f"{sources.specification} with {sources.overlay}"
            raise GenerationError(f"{place}: {sources.templates / 'model.py.jinja'} {message}") from error
        place = f"{sources.specification} with {sources.overlay}, {sources.config} or {sources.templates}"
        raise GenerationError(f"{place}: the generator stopped: {type(error).__name__}: {error}") from error
    if faults:
        # A warning means that something is left out of the client, such as a whole operation.
        lines = [f"{sources.specification} with {sources.overlay}: the generator warns, so nothing was generated."]
        for fault in faults:
            text = " ".join(filter(None, (fault.header, fault.detail)))
            lines.append("- " + re.sub("<hex ([0-9a-f]*)>", lambda match: bytes.fromhex(match[1]).decode(), text))
            if isinstance(fault, ParseError) and fault.data is not None:
                excerpt = fault.data.model_dump_json(exclude_unset=True, by_alias=True)
                lines.append(f"  in {excerpt[:200]}{'...' if len(excerpt) > 200 else ''}")
        lines.append("Correct the specification there, or its overlay.")
        raise GenerationError("\n".join(lines))


def _in_hexadecimal(string: UntrustedString) -> str:
    return f"<hex {string.get_untrusted_value().encode().hex()}>"


def _refuse_unknown_keys(path: Path) -> None:
    """Stops at a key that the generator would ignore."""
    try:
        config = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise GenerationError(f"{path}: cannot be read: {error}") from error
    places = [("", config, ConfigFile.model_fields)]
    overrides = config.get("class_overrides") if isinstance(config, dict) else None
    for name, override in (overrides if isinstance(overrides, dict) else {}).items():
        places.append((f" in the class override of {name}", override, ClassOverride.model_fields))
    for place, keys, known in places:
        for key in keys if isinstance(keys, dict) else ():
            if key not in known:
                raise GenerationError(f"{path}: the generator has no key {key!r}{place}. It has {', '.join(known)}.")


def _refuse_cycles(sources: Sources, package: Path) -> None:
    """Stops where models contain each other: each would import the other before it is defined."""
    nested: dict[str, list[str]] = {}
    for module in sorted((package / "models").glob("[!_]*.py")):
        code = module.read_text(encoding="utf-8")
        for name in re.findall(r"^class (\w+)\b", code, re.MULTILINE):
            nested[name] = re.findall(r"^from \.\.models\.\w+ import (\w+)$", code, re.MULTILINE)
    try:
        TopologicalSorter(nested).prepare()
    except CycleError as error:
        cycle = " in ".join(error.args[1])
        raise GenerationError(
            f"{sources.specification} with {sources.overlay}: models contain each other, and could not be imported: "
            f"{cycle}. Break the circle with the overlay: make one of these properties an object without properties."
        ) from error


def _refuse_files(sources: Sources, package: Path) -> None:
    """Stops where an operation uploads or downloads a file: its module would import what is not there."""
    for module in sorted((package / "api").rglob("*.py")):
        if re.search(r"^from \.\.\.types import .*\bFile\b", module.read_text(encoding="utf-8"), re.MULTILINE):
            name = module.relative_to(package).as_posix()
            raise GenerationError(
                f"{sources.specification} with {sources.overlay}: {name} has files, which {sources.templates} leaves "
                "out. Take the types for them into types.py.jinja from the generator's own, or change the operation "
                "with the overlay."
            )


def _format(package: Path) -> None:
    """Sorts imports, removes unused ones and formats, with the project's configuration."""
    options = ["--no-cache", "--no-respect-gitignore", "--config", str(ROOT / "pyproject.toml")]
    steps = (
        ["check", *options, "--config", "lint.per-file-ignores={}", "--select=I,F401", "--fix-only"],
        ["format", *options],
    )
    for step in steps:
        # From the project's folder, because ruff reads paths in the configuration relative to where it runs.
        run = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "ruff", *step, str(package)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise GenerationError(f"ruff {step[0]} failed on the generated code:\n{run.stderr.strip()}")


def _canonical(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _diff(name: str, present: bytes, wanted: bytes) -> Iterator[str]:
    return difflib.unified_diff(
        present.decode(errors="replace").splitlines(),
        wanted.decode(errors="replace").splitlines(),
        f"present/{name}",
        f"expected/{name}",
        lineterm="",
    )


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(description="Generates the low-level client from the specification.")
    for source in fields(Sources):
        parser.add_argument(f"--{source.name}", type=Path, default=source.default, help="default: %(default)s")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="default: %(default)s")
    parser.add_argument(
        "--check",
        action="store_true",
        help="only compare the output with what would be generated; 1 if it differs",
    )
    options = parser.parse_args(arguments)
    sources = Sources(options.specification, options.overlay, options.config, options.templates)
    try:
        if options.check:
            report = drift(sources, options.output)
            if report:
                print(report, file=sys.stderr)
            return 1 if report else 0
        generate(sources, options.output)
    except (GenerationError, SpecificationError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if options.output == OUTPUT:
        EFFECTIVE_SPECIFICATION.parent.mkdir(exist_ok=True)
        shutil.copy(OUTPUT / "openapi.json", EFFECTIVE_SPECIFICATION)
    return 0


if __name__ == "__main__":
    sys.exit(main())
