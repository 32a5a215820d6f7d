"""Whether the windows of the specification, which `make generate` takes from it, are what its text says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fit.findings import Finding
from tests.fit.prose import durations, of_window, shown, without
from tests.support.described import described
from tests.support.specification import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.fit.subject import Subject
    from tests.support.described import Described

_SAYS = {
    "interval": "how long an interval is",
    "longest": "the longest period of one request",
    "history": "how far back the history goes",
}


def prose(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """What the published and the corrected text say of windows."""
    for name, operation in subject.operations.items():
        if operation.window is None or any(finding.tells_of(f"{name} window") for finding in told):
            continue
        expected = of_window(operation.window)
        published = described(subject.published).get(name)
        texts = {subject.overlay_file: _text(subject.effective, operation)}
        if published is not None:
            before = without(_text(subject.published, published), _contradicted(subject.overlay))
            after = " ".join(texts[subject.overlay_file].split())
            texts = {subject.specification_file: before, **({} if before == after else texts)}
        said = {each.fact for each in durations(texts.get(subject.overlay_file, texts[next(iter(texts))]))}
        for file, text in texts.items():
            problems = [f"says {each.sentence!r}" for each in durations(text) if expected[each.fact] != each.value]
            problems += [f"says nowhere {_SAYS[fact]}" for fact in expected if fact not in said]
            if problems:
                window = ", ".join(f"{fact} {shown(value)}" for fact, value in expected.items())
                says = (
                    f"the text of {file} {' and '.join(dict.fromkeys(problems))}; its x-window says {window}. Correct "
                    "the x-window, or quote in x-published what it contradicts."
                )
                yield Finding((name,), (f"{name} window",), says, subject.overlay_file)
                break


def _contradicted(overlay: Mapping[str, Any]) -> list[str]:
    return [sentence for action in overlay["actions"] for sentence in action.get("x-published", ())]


def _text(document: Mapping[str, Any], operation: Described) -> str:
    """Return all that a document says in words of an operation, its parameters and its intervals."""
    texts = [operation.definition.get("summary", ""), operation.definition.get("description", "")]
    texts += [parameter.definition.get("description", "") for parameter in operation.parameters.values()]
    body = resolve(document, operation.body)
    items = body.get("properties", {}).get("intervals", {})
    texts += [body.get("description", ""), items.get("description", ""), items.get("items", {}).get("description", "")]
    return "\n\n".join(texts)
