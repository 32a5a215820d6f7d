"""The specifications as schemathesis reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import schemathesis
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from tests.support.specification import ROOT, SPECIFICATION_FILES

from ..settings import SEED

if TYPE_CHECKING:
    from schemathesis.schemas import BaseSchema

    from tests.support.specification import SpecificationName

CONFIG = ROOT / "schemathesis.toml"


def load(name: SpecificationName, *modes: GenerationMode) -> BaseSchema:
    """Return a specification as schemathesis reads it, with the project's configuration.

    Args:
        name: Which of the two.
        modes: Whether cases are valid, invalid, or any.
    """
    schema = schemathesis.openapi.from_path(SPECIFICATION_FILES[name], config=SchemathesisConfig.from_path(CONFIG))
    if SEED is not None:
        schema.config.seed = SEED
    schema.config.generation.update(
        modes=list(modes) or list(GenerationMode),
        # Credentials are no part of a case: it is signed when it is sent.
        with_security_parameters=False,
        allow_extra_parameters=GenerationMode.NEGATIVE in modes,
    )
    return schema
