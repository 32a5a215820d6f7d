"""Takes the picture of the command line: real commands in a pseudo-terminal, against the simulated API.

    python docs/hooks/picture.py

It writes `docs/assets/demo.svg`. The time is the one at which the pages run too, so that a new picture differs only
where the output does.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import time_machine
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from enlighten_mock import SimulatedAPI
from enlighten_mock.serving import served

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs/assets/demo.svg"
NOW = 1718222550.0
COLUMNS = 92
COMMANDS = (
    "enlighten summary --system 67 --system 72 --system 77",
    "enlighten energy --system 67 --last 3d",
    "enlighten stats --system 72 --from 2024-06-11 --to 2024-06-11 --plot",
)
THEME = TerminalTheme(
    (30, 34, 42),
    (214, 218, 226),
    [
        (75, 82, 99),
        (224, 108, 117),
        (152, 195, 121),
        (229, 192, 123),
        (97, 175, 239),
        (198, 120, 221),
        (86, 182, 194),
        (171, 178, 191),
    ],
    [
        (110, 118, 137),
        (240, 128, 136),
        (170, 215, 140),
        (245, 210, 145),
        (255, 183, 77),
        (215, 150, 235),
        (110, 205, 215),
        (230, 233, 239),
    ],
)
# That of Rich, without the fonts that it would load from elsewhere, and without the window's buttons.
FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""  # noqa: E501


def printed(command: str, variables: dict[str, str]) -> str:
    """Run a command in a pseudo-terminal, and return what it prints."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, COLUMNS, 0, 0))
    arguments = [sys.executable, "-m", "enphase_enlighten.cli", *command.split()[1:], "--quiet"]
    with subprocess.Popen(arguments, stdin=follower, stdout=follower, stderr=follower, env=variables):  # noqa: S603
        os.close(follower)
        output = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not part:
                break
            output += part
    os.close(leader)
    return output.decode().replace("\r\n", "\n")


def main() -> None:
    """Run the commands and write the picture."""
    with time_machine.travel(NOW), served(SimulatedAPI()) as api, Path(os.devnull).open("w") as nowhere:
        variables = {
            "ENLIGHTEN_BASE_URL": api.base_url,
            "ENLIGHTEN_API_KEY": api.api_key,
            "ENLIGHTEN_USER_ID": api.user_id,
            "HOME": "/nonexistent",
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "tests/docs/travel"),
            "TERM": "xterm-256color",
            "TEST_NOW": str(NOW),
        }
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        for number, command in enumerate(COMMANDS):
            console.print(Text("\n" * bool(number) + f"$ {command}", style="bold bright_blue"))
            console.print(Text.from_ansi(printed(command, variables).rstrip("\n")))
    text = console.export_svg(theme=THEME, code_format=FORMAT, unique_id="demo", title="")
    PICTURE.write_text("\n".join(line.rstrip() for line in text.splitlines() if line.strip()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
