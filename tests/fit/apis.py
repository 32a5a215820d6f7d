"""The APIs whose specification and wrapper are held together, and where their documents are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from overlay import SpecificationError, effective_specification
from tests.fit import v2
from tests.fit.checks import findings
from tests.support.specification import OVERLAY_FILE, SPECIFICATION_FILES, load_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        subject: Returns what is held together, for these four documents.
    """

    published: Path
    overlay: Path
    effective: Path
    recorded: Path
    subject: Callable[[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any], Mapping[str, str]], Subject]

    def found(self) -> dict[str, list[str]]:
        """Return what of the wrapper does not fit the specification, by check."""
        try:
            effective = effective_specification(self.published, self.overlay)
        except SpecificationError as error:
            return {GENERATED: [str(error)]}
        if effective != load_document(self.effective):
            names = f"{self.published.name} or {self.overlay.name}"
            return {GENERATED: [f"The client was generated from another {names}: run `make generate`."]}
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
        subject=v2.subject,
    )
}
