"""Faults to be found: each is a change to a copy of the tree that makes specification, wrapper and service disagree.

The code that a fault changes is found by a pattern in all files of a package, so that a module can be moved or renamed.
Patterns are of what is likely to stay: public names, messages, and the generated client.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

SPECIFICATION, OVERLAY = "enlighten.yaml", "enlighten.overlay.yaml"
WRAPPER, GENERATED, MOCK = "wrapper/enphase_enlighten", "generated/enlighten_v2", "mock/enlighten_mock"
SYSTEMS_BUILDER, STATS_BUILDER = f"{GENERATED}/api/default/systems.py", f"{GENERATED}/api/default/stats.py"


class PatternNotFoundError(Exception):
    """The code that a seeded fault changes does not exist (any more), or exists twice: correct the table."""


class SeededFault(NamedTuple):
    """A fault.

    Attributes:
        name: The fault, in words.
        place: The file that it is in, or the package in one of whose files it is.
        pattern: A regular expression of the code that is replaced, wherever it occurs in that file.
        replacement: The code that replaces it; `\\\\1` and so on are the groups of the pattern.
        tests: The part of the suite that has to find it: names of modules without `test_`.
    """

    name: str
    place: str
    pattern: str
    replacement: str
    tests: tuple[str, ...]

    def file(self, tree: Path) -> Path:
        """Return the file of a tree that has the fault's pattern.

        Raises:
            PatternNotFoundError: No file has it, or several have.
        """
        place = tree / self.place
        candidates = [place] if place.is_file() else sorted(place.rglob("*.py"))
        found = [file for file in candidates if re.search(self.pattern, file.read_text(encoding="utf-8"))]
        if len(found) != 1:
            names = ", ".join(str(file.relative_to(tree)) for file in found) or "no file"
            raise PatternNotFoundError(
                f"{self.name}: the pattern {self.pattern!r} must occur in exactly one file of {self.place}, and occurs "
                f"in {names}. Correct its entry in {__name__}."
            )
        return found[0]

    def seed(self, tree: Path) -> Path:
        """Put the fault into a tree, and return the changed file.

        Raises:
            PatternNotFoundError: There is nothing to replace.
        """
        file = self.file(tree)
        file.write_text(re.sub(self.pattern, self.replacement, file.read_text(encoding="utf-8")), encoding="utf-8")
        return file


OF_THE_SPECIFICATION = (
    SeededFault("a parameter renamed", SPECIFICATION, "- name: summary_date", "- name: day", ("requests",)),
    SeededFault("smaller pages", SPECIFICATION, "            maximum: 1000", "            maximum: 500", ("requests",)),
    SeededFault("a status of a system gone", SPECIFICATION, "- storage_idle\n", "- storage_still\n", ("service",)),
    SeededFault(
        "energy as text",
        SPECIFICATION,
        r"(description: Energy produced in the whole period, in Wh\.\n +type:) integer",
        r"\1 string",
        ("service",),
    ),
    SeededFault("a status not documented", SPECIFICATION, "        '422':\n", "        '423':\n", ("service",)),
    SeededFault(
        "a required parameter more",
        SPECIFICATION,
        "        - name: production\n",
        "        - name: production\n          required: true\n",
        ("requests",),
    ),
)

OF_THE_OVERLAY = (
    SeededFault(
        "a nullable dropped",
        OVERLAY,
        r"(from the properties' own descriptions\.\n    update:\n      nullable:) true",
        r"\1 false",
        ("service",),
    ),
    SeededFault(
        "a list sent with commas, by the specification", OVERLAY, "explode: true", "explode: false", ("requests",)
    ),
    SeededFault("a credential renamed", OVERLAY, "        name: user_id\n", "        name: userid\n", ("requests",)),
    SeededFault("a longer window", OVERLAY, "longest: {days: 7}", "longest: {days: 31}", ("requests",)),
    SeededFault("a coarser grid", OVERLAY, "        interval: 300\n", "        interval: 900\n", ("requests",)),
)

OF_THE_GENERATED_CLIENT = (
    SeededFault(
        "a list sent with commas",
        SYSTEMS_BUILDER,
        r'(params\["status\[\]"\]) = json_status',
        r'\1 = json_status if isinstance(json_status, Unset) else ",".join(json_status)',
        ("requests",),
    ),
    SeededFault("a cursor not sent", SYSTEMS_BUILDER, r' +params\["next"\] = next_\n', "", ("requests",)),
    SeededFault(
        "a filter not sent",
        SYSTEMS_BUILDER,
        r'params\["connection_type\[\]"\] = ',
        'params["installer[]"] = ',
        ("requests",),
    ),
    SeededFault(
        "times in milliseconds",
        STATS_BUILDER,
        r'params\["start_at"\] = start_at',
        'params["start_at"] = start_at * 1000',
        ("requests",),
    ),
    SeededFault(
        "an unknown field dropped",
        f"{GENERATED}/models/summary_response.py",
        r" +\*\*\(self\._additional or \{\}\),\n",
        "",
        ("responses",),
    ),
)

OF_THE_WRAPPER = (
    # Windows and history
    SeededFault(
        "an off-by-one between windows that are under way at once",
        WRAPPER,
        r"start = windows\[-1\]\.end\n",
        "start = windows[-1].end + rule.interval\n",
        ("requests",),
    ),
    SeededFault(
        "an off-by-one at a window's edge",
        WRAPPER,
        r"position = max\(position, resume\)",
        "position = max(position, resume) + 900",
        ("requests",),
    ),
    SeededFault(
        "the last interval of a window lost",
        WRAPPER,
        r"(ends\[-1\]|< end) <= (window\.end:)",
        r"\1 < \2",
        ("sequences",),
    ),
    SeededFault(
        "the models of later windows lost",
        WRAPPER,
        r"lambda _asked, model, \*_: \[model\]",
        "lambda _asked, model, window, *_: [model] if window.start // 86_400 % 2 else []",
        ("requests",),
    ),
    SeededFault(
        "every 422 taken for an empty window",
        WRAPPER,
        r"first_interval: int \| None = None",
        "first_interval = property(lambda self: vars(self).get('first') or 0, "
        "lambda self, value: vars(self).update(first=value))",
        ("responses",),
    ),
    SeededFault(
        "a year of history taken for more",
        WRAPPER,
        r"(return \[)self\.floor\((\(edge \+ self\.margin\)\.timestamp\(\))\) \+ self\.interval",
        r"\1self.floor(\2) - 3600",
        ("requests",),
    ),
    SeededFault(
        "silence about history that is missing",
        WRAPPER,
        r"warn_caller\((?=MissingHistoryWarning\()",
        "(lambda *_, **__: None)(",
        ("requests",),
    ),
    # Credentials
    SeededFault(
        "a credential in the log",
        WRAPPER,
        r"( +)(secrets: tuple\[str, \.\.\.\])\n",
        r"\1\2\n\n\1def __attrs_post_init__(self):\n\1\1__import__('logging').getLogger('app').debug(self.secrets)\n",
        ("credentials",),
    ),
    SeededFault(
        "a credential not encoded",
        WRAPPER,
        r"(USER_PARAMETER: user_id)\b",
        r'\1.replace("+", " ")',
        ("credentials",),
    ),
    SeededFault(
        "a credential in the text of a broken connection",
        WRAPPER,
        r"text = masking\.text\(str\(error\)\)",
        "text = str(error)",
        ("credentials",),
    ),
    SeededFault(
        "a credential in the log of a library",
        WRAPPER,
        r"logging\.getLogger\(name\)\.addFilter\(",
        "LOGGER.addFilter(",
        ("credentials",),
    ),
    # Rows and errors
    SeededFault("days one late", WRAPPER, r"timedelta\(days=place\)", "timedelta(days=place + 1)", ("responses",)),
    SeededFault(
        "sources of production mixed up",
        WRAPPER,
        r"( +micro_production: int \| None\n)( +meter_production: int \| None\n)",
        r"\2\1",
        ("responses",),
    ),
    SeededFault(
        "times in UTC", WRAPPER, r"ends, repeat\(zone\)", "ends, repeat(__import__('datetime').UTC)", ("responses",)
    ),
    SeededFault("a status unmapped", WRAPPER, "    404: NotFoundError,\n", "", ("responses",)),
    SeededFault(
        "a limit made up",
        WRAPPER,
        r"limit: int \| None = None\n(?=    resets_at)",
        "limit = property(lambda self: 1, lambda self, _: None)\n",
        ("responses",),
    ),
    SeededFault(
        "retries not counted",
        WRAPPER,
        r"attempts: int = 1\n(?=    advice)",
        "attempts = property(lambda self: 1, lambda self, _: None)\n",
        ("responses",),
    ),
    SeededFault("strict reading asleep", WRAPPER, r"context\.settings\.strict and", "False and", ("responses",)),
)

OF_THE_SIMULATED_API = (
    SeededFault("no credentials needed", MOCK, r"if not self\._authorized\(sent\):", "if not sent:", ("service",)),
    SeededFault("a day of 23 hours", MOCK, r"start \+ (DAY), known", r"start + \1 - 3600, known", ("sequences",)),
    SeededFault(
        "the energy of a day in kWh",
        f"{MOCK}/v2",
        r"(\.merged\(system, \w+, day, day\)\[0\])",
        r"\1 // 1000",
        ("sequences",),
    ),
    SeededFault("two years of history", MOCK, "years=-1", "years=-2", ("sequences",)),
    SeededFault(
        "a system lost between pages",
        MOCK,
        r"Cursor\(page\[limit - 1\]\.system_id,",
        "Cursor(page[limit].system_id,",
        ("sequences",),
    ),
    SeededFault("a filter without effect", MOCK, 'return "status" not in filters or', "return True or", ("requests",)),
    SeededFault("JSON that says it is text", MOCK, '"application/json; charset=utf-8"', '"text/plain"', ("service",)),
    SeededFault("a rejected method without Allow", MOCK, r', \(*"Allow", "GET"\)(,\))?', "", ("service",)),
    SeededFault(
        "an id as text",
        MOCK,
        r'"system_id": system\.system_id,\n( +)"envoys"',
        r'"system_id": str(system.system_id),\n\1"envoys"',
        ("service",),
    ),
)

SEEDED_FAULTS = (
    *OF_THE_SPECIFICATION,
    *OF_THE_OVERLAY,
    *OF_THE_GENERATED_CLIENT,
    *OF_THE_WRAPPER,
    *OF_THE_SIMULATED_API,
)
