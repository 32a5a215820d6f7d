"""Writes down the shapes of the specification, once wrapper, simulated API and docs have been held against them."""

from __future__ import annotations

import json

from tests.fit.shapes import shapes
from tests.fit.v2 import SHAPES_FILE
from tests.support.specification import document

if __name__ == "__main__":
    SHAPES_FILE.parent.mkdir(exist_ok=True)
    text = json.dumps(shapes(document("effective")), indent=1, ensure_ascii=False)
    SHAPES_FILE.write_text(text + "\n", encoding="utf-8")
