"""Generates the packages below `generated/`: specification + overlay + generator's configuration + templates.

Everything happens in a scratch folder; only a result that is complete takes the place of the present one.
The same sources give the same bytes, wherever this is run.

The effective specification is written to `build/openapi.json` too, to be read and to be handed to other tools. Nothing
here reads it.
"""

from __future__ import annotations

import argparse
import difflib
import json
import shutil
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation import PACKAGES, ROOT, GenerationError, Package, Sources, check_versions
from overlay import SpecificationError, effective_specification

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A changed template changes every model: the rest of such a diff says nothing new.
_DIFF_LINES_PER_FILE = 40
_DIFF_LINES = 200
_PLACES_SHOWN = 5

# The lists whose order is that of arguments and members.
_ORDERED = ("parameters", "enum")


def generate(sources: Sources, output: Path) -> str:
    """Puts what the sources give in the place of `output`, as a whole or not at all.

    Args:
        sources: What to generate from.
        output: The package's folder. What is in it and not generated any more goes.

    Returns:
        What should be said of it: that keys have only changed their order. Empty where there is nothing to say.

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
        remark = _reordered(output, complete)
        if output.exists():
            output.rename(former)
        try:
            complete.rename(output)
        except OSError:
            if former.exists():
                former.rename(output)
            raise
    return remark


def render(sources: Sources, target: Path) -> None:
    """Writes what the sources give into a new folder.

    Args:
        sources: What to generate from.
        target: The folder, which is not there yet.

    Raises:
        GenerationError: The sources are faulty.
        SpecificationError: The same, and the fault is in the specification or its overlay.
    """
    if not sources.templates.is_dir():
        raise GenerationError(f"{sources.templates}: no such folder; it must have the template overrides.")
    check_versions(sources.templates)
    import generator  # of another version, it may lack what is imported from it

    specification = effective_specification(sources.specification, sources.overlay)
    # Outside the project, because pyproject.toml makes exceptions for folders by their name.
    with tempfile.TemporaryDirectory(prefix="enlighten-generate-") as scratch:
        document = Path(scratch, "openapi.json")
        document.write_text(_canonical(generator.prepared(specification)), encoding="utf-8")
        package = Path(scratch, "package")
        generator.run(sources, document, package)
        (package / "py.typed").touch()
        (package / "openapi.json").write_text(_canonical(specification), encoding="utf-8")
        shutil.copytree(package, target)


def drift(sources: Sources, output: Path) -> str:
    """Compares `output` with what the sources give.

    Args:
        sources: What to generate from.
        output: The package's folder.

    Returns:
        A report with a diff of bounded length; empty when the two are the same.

    Raises:
        GenerationError: The sources are faulty.
        SpecificationError: The same, and the fault is in the specification or its overlay.
    """
    with tempfile.TemporaryDirectory(prefix="enlighten-check-") as scratch:
        expected = Path(scratch, "package")
        render(sources, expected)
        wanted, present = _files(expected), _files(output)
        remark = _reordered(output, expected)
    differing = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
    if not differing:
        return ""
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
    remarks = [remark, ""] if remark else []
    return "\n".join([*summary, "", *remarks, *diff, "", "Run `make generate`, and commit what it changes."])


def strays(packages: Sequence[Package]) -> list[str]:
    """What lies beside packages though nothing generates it, such as the leftovers of a run that was killed."""
    generated = {package.output for package in packages}
    beside = (path for folder in {output.parent for output in generated} for path in folder.iterdir())
    found = sorted(path for path in beside if path not in generated and not _is_cache(path))
    return [f"{_shown(path)} is not generated. Delete it, or move it elsewhere." for path in found]


def _is_cache(path: Path) -> bool:
    """Whether it is what Python, mypy, ruff or pytest leave where they run."""
    return path.name == "__pycache__" or (path.name.startswith(".") and path.name.endswith("_cache"))


def _reordered(former: Path, new: Path) -> str:
    """What to say where keys of the specification have only changed their order, which moves what is generated."""
    documents = []
    for package in (former, new):
        try:
            documents.append(json.loads((package / "openapi.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return ""
    places = sorted({"/".join(path[:3]) for path in _moved(*documents)})
    if not places:
        return ""
    shown = ", ".join(places[:_PLACES_SHOWN]) + (
        f" and {more} more" if (more := len(places) - _PLACES_SHOWN) > 0 else ""
    )
    only = (
        "Nothing but the order of keys has changed" if documents[0] == documents[1] else "The order of keys has changed"
    )
    return (
        f"{only} in {shown}: fields and arguments move in what is generated, and it says nothing that is new. "
        "To keep them where they are, write the keys in the order of the former document."
    )


def _moved(former: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Finds what has the same keys, or parameters or values, in another order in both documents."""
    if isinstance(former, dict) and isinstance(new, dict):
        common = [name for name in new if name in former]
        if common != [name for name in former if name in new]:
            yield path
        for name in common:
            yield from _moved(former[name], new[name], (*path, name))
    elif isinstance(former, list) and isinstance(new, list) and len(former) == len(new):
        if former != new and path[-1] in _ORDERED and sorted(map(json.dumps, former)) == sorted(map(json.dumps, new)):
            yield path
        for number, pair in enumerate(zip(former, new, strict=True)):
            yield from _moved(*pair, (*path, str(number)))


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


def main(arguments: Sequence[str] | None = None, packages: Sequence[Package] = PACKAGES) -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(
        description="Generates the low-level clients from their specifications; with sources or an output, one of them."
    )
    for source in fields(Sources):
        parser.add_argument(
            f"--{source.name}", type=Path, help=f"default: {_shown(getattr(PACKAGES[0].sources, source.name))}"
        )
    parser.add_argument("--output", type=Path, help=f"default: {_shown(PACKAGES[0].output)}")
    parser.add_argument(
        "--check",
        action="store_true",
        help="only compare the output with what would be generated; 1 if it differs",
    )
    options = parser.parse_args(arguments)
    given = {source.name: path for source in fields(Sources) if (path := getattr(options, source.name)) is not None}
    try:
        if given or options.output:
            output = options.output or PACKAGES[0].output
            return _one(Sources(**given), output, check=options.check)
        if not options.check:
            _check_methods(packages)
        status = max(_one(package.sources, package.output, check=options.check) for package in packages)
        for stray in strays(packages) if options.check else ():
            status = 1
            print(stray, file=sys.stderr)
        for package in () if options.check else packages:
            package.effective.parent.mkdir(exist_ok=True)
            shutil.copy(package.output / "openapi.json", package.effective)
    except (GenerationError, SpecificationError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return status


def _check_methods(packages: Sequence[Package]) -> None:
    """Stops before anything is written where the next step of `make generate` would stop."""
    for package in packages:
        check_versions(package.sources.templates)
    # It imports the generator, whose version is known now.
    from generate_methods import texts_of

    for package in packages:
        texts_of(package)


def _one(sources: Sources, output: Path, *, check: bool) -> int:
    report = drift(sources, output) if check else generate(sources, output)
    if report:
        print(report if check else f"note: {report}", file=sys.stderr)
    return 1 if report and check else 0


if __name__ == "__main__":
    sys.exit(main())
