"""The documentation site, built strictly: no broken link, nothing loaded from elsewhere, a search that finds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.support.described import described

from .pages import DOCS, ROOT

pytestmark = pytest.mark.long

# What the theme's script would load if a page had what it is for, and the mark by which a page has it.
ON_DEMAND = {
    "https://unpkg.com/mermaid": "mermaid",
    "https://unpkg.com/resize-observer-polyfill": None,  # for browsers older than 2020
    "https://api.github.com/": "md-source",
}
LOADING = {"img": "src", "script": "src", "iframe": "src", "source": "src", "link": "href", "object": "data"}


class Page(HTMLParser):
    """What a page of the site loads, links to, and can be linked to by."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.loads: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.classes: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.classes.update((attributes.get("class") or "").split())
        if attributes.get("id"):
            self.anchors.add(str(attributes["id"]))
        wanted = attributes.get("rel") not in ("canonical", "next", "prev")
        if tag in LOADING and attributes.get(LOADING[tag]) and wanted:
            self.loads.append(str(attributes[LOADING[tag]]))
        if tag == "a" and attributes.get("href"):
            self.links.append(str(attributes["href"]))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("mkdocs", reason="`make docs` installs what builds the site")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    variables = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    build = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False)  # noqa: S603
    assert build.returncode == 0, build.stdout + build.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def test_every_page_of_the_sources_is_there(site: Path) -> None:
    missing = [page for page in DOCS.rglob("*.md") if not (site / page.relative_to(DOCS).with_suffix(".html")).exists()]
    assert not missing


def test_every_link_inside_the_site_leads_somewhere(pages: dict[Path, Page]) -> None:
    broken = []
    for path, page in pages.items():
        if path.name == "404.html":  # its links are those of a server's root
            continue
        for link in page.links + page.loads:
            parts = urlsplit(urljoin(path.as_uri(), link))
            if parts.scheme != "file":
                continue
            target = Path(unquote(parts.path))
            if not target.exists():
                broken.append(f"{path}: {link}")
            elif parts.fragment and target in pages and not leads_to(parts.fragment, pages[target]):
                broken.append(f"{path}: {link}: no such place")
    assert not broken


def leads_to(fragment: str, page: Page) -> bool:
    # The theme's own way to the top and to the settings.
    return unquote(fragment) in page.anchors or fragment.startswith("__")


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    for page in pages.values():
        assert not [load for load in page.loads if urlsplit(load).scheme in ("http", "https")], page.path
    for style in site.rglob("*.css"):
        assert not re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)]*", style.read_text()), style
    for picture in site.rglob("*.svg"):
        assert not re.findall(r"(?:href|src)=[\"']https?:|url\(\W?https?:|@import", picture.read_text()), picture


def test_what_the_theme_would_load_on_demand_is_not_asked_for(site: Path, pages: dict[Path, Page]) -> None:
    named = {
        address
        for script in site.rglob("*.js")
        if script.name != "search_index.js"
        for address in re.findall(r"https?://(?:unpkg|cdn|api|fonts)[\w./-]*", script.read_text(encoding="utf-8"))
    }
    unknown = [address for address in named if not address.startswith(tuple(ON_DEMAND))]
    assert not unknown, "a new version of the theme loads something else on demand"
    for page in pages.values():
        assert not page.classes & set(filter(None, ON_DEMAND.values())), page.path


@pytest.mark.parametrize("word", ["backfill", "UsageLimitExceededError", "meter_start_date", "timezone"])
def test_the_search_knows(word: str, site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert [entry for entry in index["docs"] if word.lower() in (entry["title"] + entry["text"]).lower()]


def test_the_search_has_its_index_where_the_site_is_opened_as_files(site: Path) -> None:
    assert (site / "search/search_index.js").read_text(encoding="utf-8").startswith("var __index = ")
    assert "iframe-worker.js" in (site / "index.html").read_text(encoding="utf-8")


def test_the_whole_specification_is_in_the_reference(site: Path) -> None:
    specification = json.loads((ROOT / "generated/enlighten_v2/openapi.json").read_text(encoding="utf-8"))
    operations = (site / "reference/specification/operations.html").read_text(encoding="utf-8")
    for name, operation in described(specification).items():
        assert f"{operation.method} {operation.path}" in operations
        assert f'id="{name.lower()}"' in operations
    schemas = (site / "reference/specification/schemas.html").read_text(encoding="utf-8")
    for name in specification["components"]["schemas"]:
        assert f'id="{name.lower()}"' in schemas


def test_all_public_names_are_in_the_reference(pages: dict[Path, Page]) -> None:
    import enphase_enlighten

    anchors = set().union(*(page.anchors for page in pages.values()))
    names = set(enphase_enlighten.__all__) - {"__version__"}
    assert not {name for name in names if f"enphase_enlighten.{name}" not in anchors}


def test_signatures_show_the_numbers_of_defaults(site: Path) -> None:
    clients = (site / "reference/clients.html").read_text(encoding="utf-8")
    assert "DEFAULT_" not in clients
    assert re.search(r"max_wait</span>.{0,150}<span class=\"mf\">120\.0<", clients)
