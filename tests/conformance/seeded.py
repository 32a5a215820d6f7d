"""Faults to be found: each is a change to a copy of the tree that makes specification, wrapper and service disagree."""

from __future__ import annotations

from typing import NamedTuple

SPECIFICATION, OVERLAY = "enlighten.yaml", "enlighten.overlay.yaml"
WRAPPER, GENERATED, MOCK = "wrapper/enphase_enlighten", "generated/enlighten_v2", "mock/enlighten_mock"


class Seeded(NamedTuple):
    """A fault.

    Attributes:
        name: What is wrong.
        file: Where.
        old: The text that is replaced, wherever it stands.
        new: What it is replaced with.
        tests: The part of the suite that has to find it: names of modules without `test_`.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


SEEDED = (
    # The specification
    Seeded("a parameter renamed", SPECIFICATION, "- name: summary_date", "- name: day", ("requests",)),
    Seeded("smaller pages", SPECIFICATION, "            maximum: 1000", "            maximum: 500", ("requests",)),
    Seeded("a status of a system gone", SPECIFICATION, "- storage_idle\n", "- storage_still\n", ("service",)),
    Seeded(
        "energy as text",
        SPECIFICATION,
        "          description: Energy produced in the whole period, in Wh.\n          type: integer",
        "          description: Energy produced in the whole period, in Wh.\n          type: string",
        ("service",),
    ),
    Seeded("a status not documented", SPECIFICATION, "        '422':\n", "        '423':\n", ("service",)),
    Seeded(
        "a required parameter more",
        SPECIFICATION,
        "        - name: production\n",
        "        - name: production\n          required: true\n",
        ("requests",),
    ),
    # The overlay
    Seeded(
        "a nullable dropped",
        OVERLAY,
        "from the properties' own descriptions.\n    update:\n      nullable: true",
        "from the properties' own descriptions.\n    update:\n      nullable: false",
        ("service",),
    ),
    Seeded("a list sent with commas, by the specification", OVERLAY, "explode: true", "explode: false", ("requests",)),
    Seeded("a credential renamed", OVERLAY, "        name: user_id\n", "        name: userid\n", ("requests",)),
    Seeded("a longer window", OVERLAY, "longest: {days: 7}", "longest: {days: 31}", ("requests",)),
    Seeded("a coarser grid", OVERLAY, "        interval: 300\n", "        interval: 900\n", ("requests",)),
    # The wrapper
    Seeded(
        "a list sent with commas",
        f"{WRAPPER}/protocol.py",
        'kwargs.get("params", {}))',
        '{k: ",".join(map(str, v)) if isinstance(v, list) else v for k, v in kwargs.get("params", {}).items()})',
        ("requests",),
    ),
    Seeded(
        "an off-by-one between windows that are under way at once",
        f"{WRAPPER}/windows.py",
        "        start = windows[-1].end\n",
        "        start = windows[-1].end + rule.interval\n",
        ("requests",),
    ),
    Seeded(
        "an off-by-one at a window's edge",
        f"{WRAPPER}/operations/intervals.py",
        "position = max(position, resume)\n",
        "position = max(position, resume) + asked.kind.rule.interval\n",
        ("requests",),
    ),
    Seeded(
        "the last interval of a window lost",
        f"{WRAPPER}/operations/intervals.py",
        ", window, zone))\n",
        ", window, zone)[:-1])\n",
        ("sequences",),
    ),
    Seeded("a status unmapped", f"{WRAPPER}/statuses.py", "    404: NotFoundError,\n", "", ("responses",)),
    Seeded(
        "a credential in the log",
        f"{WRAPPER}/credentials.py",
        "-> httpx.Request:\n",
        "-> httpx.Request:\n        __import__('logging').getLogger('app').debug(self.api_key)\n",
        ("credentials",),
    ),
    Seeded(
        "a credential not encoded",
        f"{WRAPPER}/credentials.py",
        "USER_PARAMETER: self.user_id}",
        'USER_PARAMETER: self.user_id.replace("+", " ")}',
        ("credentials",),
    ),
    Seeded(
        "a credential in the text of a broken connection",
        f"{WRAPPER}/failures.py",
        "text = credentials.mask(str(error))",
        "text = str(error)",
        ("credentials",),
    ),
    Seeded(
        "a credential in the log of a library",
        f"{WRAPPER}/logs.py",
        "logging.getLogger(name).addFilter(_FILTER)",
        "LOGGER.addFilter(_FILTER)",
        ("credentials",),
    ),
    Seeded("a cursor not sent", f"{WRAPPER}/operations/listing.py", "next_=pages.cursor, ", "", ("requests",)),
    Seeded(
        "a filter not sent",
        f"{WRAPPER}/operations/listing.py",
        '        "connection_type": several(',
        '        "installer": several(',
        ("requests",),
    ),
    Seeded(
        "times in milliseconds",
        f"{WRAPPER}/operations/intervals.py",
        "start_at=window.start,",
        "start_at=window.start * 1000,",
        ("requests",),
    ),
    Seeded(
        "every 422 taken for an empty window",
        f"{WRAPPER}/operations/intervals.py",
        "    if first is None and last is None:\n        raise error\n",
        "    if first is None and last is None:\n        return window.end\n",
        ("responses",),
    ),
    Seeded(
        "days one late",
        f"{WRAPPER}/operations/lifetime.py",
        "timedelta(days=day)",
        "timedelta(days=day + 1)",
        ("responses",),
    ),
    Seeded(
        "sources of production mixed up",
        f"{WRAPPER}/operations/lifetime.py",
        "[model.micro_production or [], model.meter_production or []]",
        "[model.meter_production or [], model.micro_production or []]",
        ("responses",),
    ),
    Seeded(
        "times in UTC",
        f"{WRAPPER}/operations/intervals.py",
        "local_times(ends, zone)",
        "local_times(ends, parse_timezone('UTC'))",
        ("responses",),
    ),
    Seeded(
        "the models of later windows lost",
        f"{WRAPPER}/operations/intervals.py",
        "lambda model, _window, _zone: [model]",
        "lambda model, window, zone: [model] if window.start <= self.resolved(zone)[0] else []",
        ("requests",),
    ),
    Seeded(
        "silence about history that is missing",
        f"{WRAPPER}/operations/intervals.py",
        "missing.begin(position)",
        "pass",
        ("requests",),
    ),
    Seeded(
        "a limit made up",
        f"{WRAPPER}/statuses.py",
        'error.limit = told_number(fields.get("limit"))',
        "error.limit = 1",
        ("responses",),
    ),
    Seeded(
        "retries not counted",
        f"{WRAPPER}/statuses.py",
        "= operation, status, answer.attempts",
        "= operation, status, 1",
        ("responses",),
    ),
    Seeded(
        "strict reading asleep", f"{WRAPPER}/context.py", "if not self.describes(answer):", "if True:", ("responses",)
    ),
    Seeded(
        "a year of history taken for more",
        f"{WRAPPER}/windows.py",
        "return self.floor(edge) + self.interval",
        "return self.floor(edge) - 3600",
        ("requests",),
    ),
    Seeded(
        "an unknown field dropped",
        f"{GENERATED}/models/summary_response.py",
        "                **(self._additional or {}),\n",
        "",
        ("responses",),
    ),
    # The simulated API
    Seeded(
        "no credentials needed",
        f"{MOCK}/v2/enlighten.py",
        "        if not self._authorized(sent):",
        "        if not sent:",
        ("service",),
    ),
    Seeded(
        "a day of 23 hours",
        f"{MOCK}/v2/operations/intervals.py",
        "start + DAY,",
        "start + DAY - 3600,",
        ("sequences",),
    ),
    Seeded(
        "the energy of a day in kWh",
        f"{MOCK}/v2/operations/energy.py",
        "reported.merged(system, known, day, day)[0]",
        "reported.merged(system, known, day, day)[0] // 1000",
        ("sequences",),
    ),
    Seeded("two years of history", f"{MOCK}/v2/windows.py", "years=-1", "years=-2", ("sequences",)),
    Seeded(
        "a system lost between pages",
        f"{MOCK}/v2/operations/listing.py",
        "Cursor(page[limit - 1].system_id,",
        "Cursor(page[limit].system_id,",
        ("sequences",),
    ),
    Seeded(
        "a filter without effect",
        f"{MOCK}/v2/operations/listing.py",
        'return "status" not in filters or',
        "return True or",
        ("requests",),
    ),
    Seeded(
        "JSON that says it is text",
        f"{MOCK}/service/exchange.py",
        '"application/json; charset=utf-8"',
        '"text/plain"',
        ("service",),
    ),
    Seeded("a refused method without Allow", f"{MOCK}/v2/error_bodies.py", ', (("Allow", "GET"),)', "", ("service",)),
    Seeded(
        "an id as text",
        f"{MOCK}/v2/operations/devices.py",
        '        "system_id": system.system_id,\n        "envoys"',
        '        "system_id": str(system.system_id),\n        "envoys"',
        ("service",),
    ),
)
