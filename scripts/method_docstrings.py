"""Puts together the docstring of a method: what the specification has, and the sentences of a methods file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from operation_sources import Argument, Operation

WIDTH = 119 - 8
"""How wide a line of a docstring is, which stands 8 columns in."""


def docstring(operation: Operation) -> str:
    """Return the docstring of an operation's method, without its quotes.

    Raises:
        MethodsError: Something is said nowhere.
    """
    spends = operation.sentences["spends"]
    if operation.is_awaited and any(argument.kind.name == "instant" for argument in operation.arguments):
        spends = operation.sentences["spends_with_instant"]
    about = [spends, operation.said.get("about"), f"Operation ``{operation.id}``."]
    if operation.plans:
        about.append(f"For the plans {', '.join(operation.plans)}.")
    if operation.specified.get("x-evidence") == "weak":
        about.append(operation.document.methods["phrases"]["weak"])
    if "deprecated" in operation.said:
        about.append("Emits a `DeprecationWarning`.")
    described = {argument.name: _sentence_of(operation, argument) for argument in operation.arguments}
    sections = {
        "Args": _items(operation, described),
        "Returns": _paragraph(operation.needed("returns"), "    "),
        "Raises": _items(operation, _raises(operation)),
        "Warns": _items(operation, operation.sentences.get("warns", {})),
        "Example": textwrap.indent(operation.needed("example").rstrip(), "    "),
    }
    parts = [f"{operation.needed('summary')}\n", f"{_paragraph(_words(operation, ' '.join(filter(None, about))))}\n"]
    parts += [f"{title}:\n{text}\n" for title, text in sections.items() if text]
    return "\n".join(parts)


def _items(operation: Operation, sentences: Mapping[str, str]) -> str:
    items = (f"{name}: {_words(operation, sentence)}" for name, sentence in sentences.items())
    return "\n".join(_paragraph(item, "    ", "        ") for item in items)


def _sentence_of(operation: Operation, argument: Argument) -> str:
    kinds = operation.document.methods["arguments"]
    for said in (operation.said, operation.sentences):
        if argument.name in said.get("arguments", {}):
            return str(said["arguments"][argument.name])
    if argument.kind.name not in kinds:
        raise operation.error(f"nothing says what the argument {argument.name} is")
    return str(kinds[argument.kind.name])


def _raises(operation: Operation) -> dict[str, str]:
    said = {**operation.sentences["raises"], **operation.said.get("raises", {})}
    kinds = ", ".join(dict.fromkeys(argument.kind.name for argument in operation.arguments))
    by_kinds = operation.document.methods["invalid"]
    invalid = said.pop("InvalidArgumentError", by_kinds.get(kinds, by_kinds["otherwise"]))
    # The most general error comes last.
    general = said.pop("EnlightenError")
    return {"InvalidArgumentError": invalid, **said, "EnlightenError": general}


def _words(operation: Operation, sentence: str) -> str:
    """Return a sentence with this operation's words in it."""
    words = dict(operation.document.methods["phrases"])
    words["an"] = "another" if operation.said.get("raises", {}).keys() - {"InvalidArgumentError"} else "an"
    words["instants"] = ", ".join(argument.name for argument in operation.arguments if argument.kind.name == "instant")
    if operation.window:
        lengths = operation.window.get("granularity")
        words["minutes"] = str(operation.window.get("interval", 60) // 60)
        words["longest"] = _lengths(lengths) if lengths else _period(operation.window["longest"])
        words["history"] = _period(operation.window["history"], "a ")
    if operation.shape == "listing":
        words["Items"] = operation.said.get("items", operation.said.get("entries", "")).capitalize()
        words["largest"] = str(operation.largest_page)
    try:
        return str(sentence.format_map(words))
    except (KeyError, ValueError) as error:
        raise operation.error(f"there is no phrase {error} for: {sentence}") from None


def _lengths(names: Sequence[str]) -> str:
    first, *others = names
    return f"{first}, or {' or '.join(others)} where the service gives no more," if others else first


def _period(span: Mapping[str, int], article: str = "") -> str:
    ((unit, count),) = span.items()
    return f"{article}{unit.removesuffix('s')}" if count == 1 else f"{count} {unit}"


def _paragraph(text: str, indent: str = "", hanging: str | None = None) -> str:
    filler = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    filler.initial_indent, filler.subsequent_indent = indent, indent if hanging is None else hanging
    return filler.fill(text)
