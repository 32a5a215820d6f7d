"""Writes into the site what comes from elsewhere: specification, decisions, help of the command line.

A hook of MkDocs; nothing that it writes is committed. What it reads of the specification it shows, and a construct
that it does not know stops the build, so that nothing is left out unnoticed.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "reference/specification"
Schema = dict[str, Any]

_SHOWN = {
    "$ref",
    "allOf",
    "default",
    "deprecated",
    "description",
    "enum",
    "example",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
    "additionalProperties",
}
_LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "minLength": "length at least",
    "maxLength": "length at most",
    "minItems": "items at least",
    "maxItems": "items at most",
    "default": "default",
    "pattern": "matches",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    specification = json.loads((ROOT / "generated/enlighten_v2/openapi.json").read_text(encoding="utf-8"))
    overlay = yaml.safe_load((ROOT / "enlighten.overlay.yaml").read_text(encoding="utf-8"))
    generated = {
        "operations": operations_page(specification),
        "schemas": schemas_page(specification),
        "corrections": corrections_page(overlay),
    }
    for name, content in generated.items():
        files.append(File.generated(config, f"{FOLDER}/{name}.md", content=content))
    files.append(File.generated(config, "maintain/decisions.md", content=decisions_page(ROOT / "docs/decisions")))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Fill in what the command itself says."""
    if page.file.src_uri != "command-line.md":
        return markdown
    return markdown.replace("<!-- exit codes -->", exit_codes()).replace("<!-- subcommands -->", subcommands())


def exit_codes() -> str:
    """Return the exit codes as a table."""
    from enphase_enlighten.cli.exits import MEANINGS

    return "\n".join(
        ["| code | meaning |", "|---|---|", *(f"| {code:d} | {text} |" for code, text in MEANINGS.items())]
    )


def subcommands() -> str:
    """Return the help of each subcommand."""
    listed = re.findall(r"^  ([a-z]+)  ", _help(), re.MULTILINE)
    parts = [f"### {name}\n\n```text\n{_help(name)}```\n" for name in listed]
    return "\n".join(parts)


def _help(*subcommand: str) -> str:
    command = [sys.executable, "-m", "enphase_enlighten.cli", *subcommand, "--help"]
    variables = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout  # noqa: S603


def operations_page(specification: Schema) -> str:
    """Return the page of the operations: parameters, windows and responses."""
    lines = [
        "# Operations of the specification",
        "",
        (
            "Generated from the effective specification: the published document with the project's "
            "[corrections](corrections.md). Every request needs the two credentials `key` and `user_id`, as query "
            "parameters. The method of the wrapper is linked below each operation's name."
        ),
        "",
        "| operation | path | |",
        "|---|---|---|",
    ]
    operations = list(_operations(specification))
    lines += [
        f"| [{operation['operationId']}](#{operation['operationId'].lower()}) | `{path}` | {operation['summary']} |"
        for path, operation in operations
    ]
    for path, operation in operations:
        lines += ["", *_operation(path, operation, specification)]
    return "\n".join(lines)


def schemas_page(specification: Schema) -> str:
    """Return the page of the schemas: every property with its type and meaning."""
    lines = [
        "# Schemas of the specification",
        "",
        (
            "Generated from the effective specification. A property in **bold** is required. `[]` stands for each item "
            "of an array. All times are seconds since the Unix epoch; the wrapper's series have aware datetimes."
        ),
    ]
    for name, schema in sorted(specification["components"]["schemas"].items()):
        lines += ["", f"## {name}", "", _prose(schema)]
        rows = list(_properties(schema, "", specification))
        if rows:
            lines += ["", "| property | type | |", "|---|---|---|", *rows]
        elif "enum" in schema:
            lines += ["", f"One of {_enumeration(schema)}."]
    return "\n".join(lines)


def corrections_page(overlay: Schema) -> str:
    """Return the page of the overlay's actions, each with its reason and evidence."""
    lines = [
        "# Corrections to the specification",
        "",
        (
            "Generated from `enlighten.overlay.yaml`, in the order in which the actions are applied. 'Recorded' is a "
            "body that somebody got from the live service and published; 'inferred' is a conclusion from other facts."
        ),
        "",
        "| target | what and why | evidence |",
        "|---|---|---|",
    ]
    for action in overlay["actions"]:
        reason, _, evidence = action["description"].partition("Evidence:")
        lines.append(f"| `{_cell(action['target'])}`{{ .schema-path }} | {_cell(reason)} | {_cell(evidence)} |")
    return "\n".join(lines)


def decisions_page(folder: Path) -> str:
    """Return the list of the decisions that are written down."""
    lines = [
        "# Decisions",
        "",
        "Choices that are not obvious: what was chosen, what else was tried or considered, and what was measured.",
        "",
    ]
    for path in sorted(folder.glob("*.md")):
        title = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
        lines.append(f"- [{title}](../decisions/{path.name})")
    return "\n".join(lines)


def _operations(specification: Schema) -> Iterator[tuple[str, Schema]]:
    """Give each operation, with its method and path before it."""
    for path, methods in specification["paths"].items():
        for method in ("get", "post", "put", "patch", "delete"):
            if method in methods:
                yield f"{method.upper()} {path}", methods[method]


def _operation(route: str, operation: Schema, specification: Schema) -> Iterator[str]:
    name = operation["operationId"]
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    yield f"## {name}"
    yield ""
    deprecated = " **Deprecated.**" if operation.get("deprecated") else ""
    yield f"`{route}`: {operation['summary']}.{deprecated}"
    yield ""
    yield f"In the wrapper: [`{method}()`][enphase_enlighten.Enlighten.{method}]"
    yield ""
    yield _prose(operation)
    if window := operation.get("x-window"):
        yield from ("", *_window(window))
    rows = [_parameter(_resolved(parameter, specification)) for parameter in operation.get("parameters", ())]
    if rows:
        yield from ("", "| parameter | in | type | |", "|---|---|---|---|", *rows)
    for media, content in _resolved(operation.get("requestBody", {}), specification).get("content", {}).items():
        yield from ("", f"Body: {_type(content['schema'])}, as `{media}`.")
    yield from ("", "| status | response | schema |", "|---|---|---|")
    for status, response in sorted(operation["responses"].items()):
        found = _resolved(response, specification)
        schema = found.get("content", {}).get("application/json", {}).get("schema")
        yield f"| {status} | {_cell(found['description'])} | {_type(schema) if schema else ''} |"


def _window(window: Schema) -> Iterator[str]:
    beyond = {"cut": "cut silently", "refused": "an error (422)"}[window["beyond"]]
    yield (
        f"**Window:** intervals of {window['interval'] // 60} minutes; one request covers {_period(window['longest'])} "
        f"at most, a longer one is {beyond}; a request may start {_period(window['history'])} back at most, an earlier "
        "one gets an empty list. The wrapper divides any range into such windows."
    )


def _period(keywords: dict[str, int]) -> str:
    return " ".join(f"{number} {unit if number != 1 else unit[:-1]}" for unit, number in keywords.items())


def _parameter(parameter: Schema) -> str:
    name = f"**`{parameter['name']}`**" if parameter.get("required") else f"`{parameter['name']}`"
    return f"| {name} | {parameter['in']} | {_type(parameter['schema'])} | {_cell(parameter.get('description', ''))} |"


def _properties(schema: Schema, prefix: str, specification: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    for name, found in schema.get("properties", {}).items():
        path = f"{prefix}{name}"
        shown = f"**`{path}`**" if name in required else f"`{path}`"
        yield f"| {shown} | {_type(found)} | {_cell(found.get('description', ''))} |"
        for inner, suffix in ((found, "."), (found.get("items", {}), "[].")):
            yield from _properties(inner, path + suffix, specification)
        for option in found.get("oneOf", ()):
            yield from _properties(option, f"{path}.", specification)
    if schema.get("type") == "array" and not prefix:
        yield from _properties(schema["items"], "[].", specification)


def _type(schema: Schema) -> str:
    unknown = {name for name in schema if name not in _SHOWN and not name.startswith("x-")}
    if unknown:
        raise NotImplementedError(f"docs/hooks/pages.py does not know {', '.join(sorted(unknown))}")
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](schemas.md#{name.lower()})"
    if "allOf" in schema:
        return " and ".join(_type(part) for part in schema["allOf"]) + (" or null" if schema.get("nullable") else "")
    if "oneOf" in schema:
        return " or ".join(_type(option) for option in schema["oneOf"])
    if schema.get("type") == "array":
        return f"array of {_type(schema['items'])}"
    shown = _enumeration(schema) if "enum" in schema else str(schema.get("type", "any"))
    shown += f" ({schema['format']})" if "format" in schema else ""
    shown += " or null" if schema.get("nullable") else ""
    limits = [f"{text} `{schema[name]}`" for name, text in _LIMITS.items() if name in schema]
    return ", ".join([shown, *limits])


def _enumeration(schema: Schema) -> str:
    return ", ".join(f"`{value}`" for value in schema["enum"])


def _resolved(node: Schema, specification: Schema) -> Schema:
    while "$ref" in node:
        found: Any = specification
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def _prose(node: Schema) -> str:
    # The paragraphs of the published text are Markdown.
    return str(node.get("description", "")).strip()


def _cell(text: str) -> str:
    return " ".join(text.split())
