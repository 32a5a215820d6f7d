"""What the environment of whoever runs the tests says has no part in them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEEN = """
import os

def test_it():
    assert sorted(set(os.environ) & {names!r}) == {seen!r}
"""
HOSTILE = {
    "http_proxy": "http://127.0.0.1:1",
    "HTTPS_PROXY": "http://127.0.0.1:1",
    "SSL_CERT_FILE": "/nowhere",
    "ENLIGHTEN_PROFILE": "of-somebody",
    "ENLIGHTEN_API_KEY": "key-of-somebody",
}


@pytest.mark.parametrize("target", ["", "https://api.invalid"])
def test_proxies_and_settings_of_clients_reach_no_test_but_that_of_a_live_target(target: str, tmp_path: Path) -> None:
    seen = sorted(HOSTILE) if target else []
    (tmp_path / "test_it.py").write_text(SEEN.format(names=set(HOSTILE), seen=seen), encoding="utf-8")
    # Without the plugins of other projects, which take longer to import than all the rest.
    alone = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment = {**os.environ, **HOSTILE, "CONFORMANCE_BASE_URL": target, **alone}
    options = ["-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "/dev/null"]
    command = [sys.executable, "-m", "pytest", *options, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - pytest
    assert run.returncode == 0, run.stdout
