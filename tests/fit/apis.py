"""The APIs whose specification and wrapper are held together, and where their documents are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generate_methods import rendered
from generation import PACKAGES, GenerationError
from overlay import SpecificationError, effective_specification
from tests.fit import v2
from tests.fit.checks import findings
from tests.support.specification import OVERLAY_FILE, SPECIFICATION_FILES, load_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generation import Package
    from tests.fit.subject import Subject

GENERATED = "generated"
"""Comes before the other checks: whether the client was generated from the specification."""


class HeldAPI(NamedTuple):
    """An API.

    Attributes:
        published: The file of its specification as it is published.
        overlay: The file of its corrections.
        effective: The file of what both make, in the generated package.
        recorded: The file of the shapes that the wrapper was last held against.
        package: What is generated, and the wrapper's methods with it.
        subject: Returns what is held together, for these four documents.
    """

    published: Path
    overlay: Path
    effective: Path
    recorded: Path
    package: Package
    subject: Callable[[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any], Mapping[str, str]], Subject]

    def found(self) -> dict[str, list[str]]:
        """Return what of the wrapper does not fit the specification, by check."""
        try:
            effective = effective_specification(self.published, self.overlay)
            modules = rendered(self.package)
        except (GenerationError, SpecificationError) as error:
            return {GENERATED: [str(error)]}
        written = {path: path.read_text(encoding="utf-8") for path in modules if path.exists()}
        if effective != load_document(self.effective) or written != modules:
            said = [self.package.methods.said] if self.package.methods else []
            names = " or ".join(file.name for file in (self.published, self.overlay, *said))
            return {GENERATED: [f"Client or methods were generated from another {names}: run `make generate`."]}
        documents = (load_document(self.published), load_document(self.overlay), effective)
        recorded: dict[str, str] = json.loads(self.recorded.read_text(encoding="utf-8"))
        found = findings(self.subject(*documents, recorded))
        return {name: [str(finding) for finding in each] for name, each in found.items()}


APIS = {
    "v2": HeldAPI(
        published=SPECIFICATION_FILES["published"],
        overlay=OVERLAY_FILE,
        effective=SPECIFICATION_FILES["effective"],
        recorded=Path(__file__).with_name("recorded") / "v2.json",
        package=PACKAGES[0],
        subject=v2.subject,
    )
}
