"""Writes down the shapes of the specifications, once wrapper, simulated API and docs have been held against them."""

from __future__ import annotations

import json

from tests.fit.apis import APIS
from tests.fit.shapes import shapes
from tests.support.specification import load_document

if __name__ == "__main__":
    for api in APIS.values():
        text = json.dumps(shapes(load_document(api.effective)), indent=1, ensure_ascii=False)
        api.recorded.write_text(text + "\n", encoding="utf-8")
