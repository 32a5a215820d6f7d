"""Runs openapi-python-client, and stops at what it would leave out or cannot give.

It is imported once the versions are known to fit each other: it has no stable interface to import.
"""

from __future__ import annotations

import contextlib
import copy
import io
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any
from unittest import mock

import openapi_python_client
import yaml
from openapi_python_client.config import ClassOverride, Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import ParseError
from openapi_python_client.schema.untrusted_string import UntrustedString

from generation import ROOT, GenerationError, Sources

if TYPE_CHECKING:
    from pathlib import Path


_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def run(sources: Sources, document: Path, package: Path) -> None:
    """Generates a package, formatted.

    Args:
        sources: What to generate from, for messages; the configuration and the templates are read.
        document: The effective specification as it was `prepared`.
        package: The folder, which is not there yet.

    Raises:
        GenerationError: The sources are faulty.
    """
    _run(sources, document, package)
    _refuse_cycles(sources, package)
    _refuse_files(sources, package)
    _format(package)


def prepared(specification: dict[str, Any]) -> dict[str, Any]:
    """Returns the generator's copy of the specification: with what it needs, and without what would only move code.

    openapi-python-client 0.29.1 takes the text of an argument in a docstring from the schema alone, so each
    parameter's description is on its schema too. It puts the operations of a tag into a folder of its own, so that
    a tag would move a module; operations are found by their ids, and there are no tags.

    Raises:
        GenerationError: An operation has no id.
    """
    copied = copy.deepcopy(specification)
    parameters = [*copied.get("components", {}).get("parameters", {}).values()]
    for path, item in copied["paths"].items():
        parameters += item.get("parameters", [])
        for method, operation in item.items():
            if method in _METHODS:
                if "operationId" not in operation:
                    raise GenerationError(
                        f"{method.upper()} {path} has no operationId, which names its module and its method: give it "
                        "one, with an action of the overlay if the published document has none."
                    )
                parameters += operation.get("parameters", [])
                operation.pop("tags", None)
    for parameter in parameters:
        schema = parameter.get("schema", {})
        if "description" in parameter and "$ref" not in schema:
            schema.setdefault("description", parameter["description"])
    return copied


def _run(sources: Sources, document: Path, package: Path) -> None:
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
