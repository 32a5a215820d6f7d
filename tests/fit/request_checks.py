"""Whether the wrapper's methods fit the operations and parameters of a specification."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from openapi_schema_validator import OAS30Validator, oas30_format_checker

from tests.fit.findings import Finding
from tests.fit.shapes import kind, route
from tests.support.described import credentials

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.fit.subject import Subject
    from tests.support.described import Described, Parameter

# Methods that the service may carry out twice without harm.
_REPEATABLE = {"GET", "HEAD"}


def service(subject: Subject, _told: Sequence[Finding]) -> Iterator[Finding]:
    """Where the service is, and what signs a request."""
    url = subject.effective["servers"][0]["url"]
    if url != subject.api.base_url:
        says = f"the service is at {url} in the specification; the wrapper's base URL is {subject.api.base_url}."
        yield Finding(("Every operation",), ("servers",), says, _definition(subject))
    every = next(iter(subject.calls))
    sent = subject.send(every, subject.calls[every].arguments).request
    schemes = subject.effective.get("components", {}).get("securitySchemes", {})
    for name, scheme in schemes.items():
        where = {"query": sent.url.params, "header": sent.headers}.get(scheme.get("in"), {}) if sent else {}
        if scheme["type"] == "apiKey" and scheme["name"] not in where and sent is not None:
            says = f"requests are signed with {scheme['name']} in the {scheme['in']}, and the wrapper sends none there."
            yield Finding(("Every operation",), (f"security {name}",), says, _authentication(subject))
    if subject.effective["security"] != [{name: [] for name in schemes}]:
        signed = subject.effective["security"]
        says = f"requests are signed with {signed}; the wrapper signs each with all of {list(schemes)}."
        yield Finding(("Every operation",), ("security",), says, _authentication(subject))


def existence(subject: Subject, _told: Sequence[Finding]) -> Iterator[Finding]:
    """The operations, each with a method in both clients and a call in the table of the tests."""
    present, known = subject.operations, subject.calls.keys()
    former = {
        shape.partition(",")[0]: name for name, shape in subject.recorded.items() if " " not in name and "/" in shape
    }
    gone = [name for name in known if name not in present]
    for name, operation in present.items():
        method = subject.method(name)
        missing = [client.__name__ for client in subject.clients if not hasattr(client, method)]
        if name in known and not missing:
            continue
        was = former.get(route(operation.method, operation.path))
        if was in gone:
            gone.remove(was)
            says = f"the specification calls {was} so now. Rename {subject.method(was)}() and what belongs to it."
            yield Finding((name,), (name, was), says, f"{subject.files_of(was)}, {subject.calls_file}")
        elif missing:
            says = (
                f"the specification has this operation, {operation.method} {operation.path}, and "
                f"{' and '.join(missing)} have no {method}(). Write it as docs/maintain/changing.md says."
            )
            yield Finding((name,), (name,), says, f"{subject.files_of(next(iter(known)))}, {subject.calls_file}")
        else:
            yield Finding((name,), (name,), f"add a call of {method}() to the table of calls.", subject.calls_file)
    for name in gone:
        says = f"the specification has no such operation any more. Take {subject.method(name)}() out, and its call."
        yield Finding((name,), (name,), says, f"{subject.files_of(name)}, {subject.calls_file}")


def exceptions(subject: Subject, _told: Sequence[Finding]) -> Iterator[Finding]:
    """The operations that are elsewhere, or signed otherwise than the others; the wrapper knows no such thing."""
    for name, operation in subject.operations.items():
        for field, has in (("servers", operation.servers), ("security", operation.definition.get("security"))):
            if has or (field == "security" and field in operation.definition):
                says = (
                    f"it has {field} of its own in the specification ({has}), and the wrapper treats it as the others."
                )
                yield Finding((name,), (f"{name} {field}",), says, f"{_definition(subject)}, {subject.files_of(name)}")


def parameters(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The parameters of each operation: names, types, and which of them are required."""
    for operation in _both(subject, told):
        name, arguments = operation.operation_id, subject.signature(operation.operation_id)
        offered = {subject.argument(parameter): parameter for parameter in operation.parameters}
        missing = sorted(parameter for argument, parameter in offered.items() if argument not in arguments)
        extra = sorted(arguments.keys() - offered.keys() - subject.own_arguments)
        if missing or extra:
            places = tuple(operation.parameters[parameter].place for parameter in missing) or (f"{name} parameter",)
            says = (
                f"the specification has parameters that the method does not offer: {missing}; "
                f"and the method has arguments that are no parameters there: {extra}."
            )
            former = [_former_place(subject, name, argument) for argument in extra]
            yield Finding((name,), (*places, *former), says, subject.files_of(name))
        problems: dict[str, list[Parameter]] = {}
        for parameter in operation.parameters.values():
            argument = subject.argument(parameter.name)
            if argument in arguments:
                problem = _misfit(subject, name, parameter, arguments[argument])
                problems.setdefault(problem, []).append(parameter)
        for problem, having in problems.items():
            if problem:
                says = f"the parameter {', '.join(parameter.name for parameter in having)} {problem}."
                # A docstring says what is deprecated; the rest is the kind of the argument.
                files = subject.files_of(name) if "docstring" in problem else subject.kind_files
                yield Finding((name,), tuple(parameter.place for parameter in having), says, files)


def calls(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The calls that the tests make, with the arguments that `make generate` gave the methods."""
    for operation in _both(subject, told):
        name, arguments = operation.operation_id, subject.signature(operation.operation_id)
        call = subject.calls[name]
        required = {each.name for each in arguments.values() if each.default is inspect.Parameter.empty}
        gone, missing = sorted(call.every_argument.keys() - arguments.keys()), sorted(required - call.arguments.keys())
        if (gone or missing) and not any(name in finding.operations for finding in told):
            says = (
                f"by the specification, {subject.method(name)}() needs the arguments {missing}, which its call in the "
                f"table of calls lacks, and has {gone} no more."
            )
            places = [each.place for each in operation.parameters.values() if subject.argument(each.name) in missing]
            places += [_former_place(subject, name, argument) for argument in gone]
            yield Finding((name,), tuple(places), says, f"{subject.calls_file}, {subject.simulation}, CHANGELOG.md")


def _former_place(subject: Subject, operation: str, argument: str) -> str:
    """Return the place of the parameter that an argument was for."""
    for place in subject.recorded:
        owner, _, parameter = place.partition(" parameter ")
        if owner == operation and subject.argument(parameter) == argument:
            return place
    shared = [place for place in subject.recorded if place.startswith("parameter ")]
    matching = [place for place in shared if place.split()[1].lower() == argument.replace("_", "")]
    return matching[0] if matching else f"{operation} argument {argument}"


def _misfit(subject: Subject, operation: str, parameter: Parameter, argument: inspect.Parameter) -> str:
    annotation = str(argument.annotation).removesuffix(" | None")
    takes = _taken(subject, annotation)
    if not takes:
        return f"is {annotation} in the method, which tests/fit does not know: add it to the kinds there"
    repeated = parameter.schema.get("type") == "array"
    found = f"array of {kind(_resolved(subject, parameter.schema['items']))}" if repeated else kind(parameter.schema)
    if found not in takes:
        taken = " or ".join(sorted(takes))
        return f"is {found} in the specification, and the method takes {annotation}, which is {taken}"
    optional = argument.default is not inspect.Parameter.empty
    if parameter.required == optional:
        wanted, has = ("required", "optional") if optional else ("optional", "required")
        return f"is {wanted} in the specification, and {has} in the method"
    definition = parameter.definition
    if repeated and (definition.get("style", "form"), definition.get("explode", True)) != ("form", True):
        return "is not sent as a repeated name in the specification any more, as the wrapper sends it"
    if definition.get("deprecated") and "eprecated" not in _documented(subject, operation, argument.name):
        return "is deprecated in the specification, and the docstring of the method does not say so"
    return ""


def _taken(subject: Subject, annotation: str) -> frozenset[str]:
    """Return the kinds of parameter that an argument of a type is for."""
    one, several, _ = annotation.partition(" | Iterable[")
    kinds = frozenset({"string"}) if one.startswith("Literal[") else subject.kinds.get(one, frozenset())
    return frozenset(f"array of {each}" for each in kinds) if several else kinds


def _documented(subject: Subject, operation: str, argument: str) -> str:
    """Return what the docstring of an operation's method says of an argument."""
    docstring = inspect.getdoc(getattr(subject.clients[1], subject.method(operation))) or ""
    found = re.search(rf"^ {{4}}{argument}: .*(?:\n {{8,}}.*)*", docstring, re.MULTILINE)
    return found[0] if found else ""


def values(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The values of parameters: those that the specification has are accepted, and only those are sent."""
    for operation in _both(subject, told):
        name, call = operation.operation_id, subject.calls[operation.operation_id]
        minimal = subject.send(name, call.arguments)
        broken = _describes(minimal.error)
        if broken and any(name in finding.operations for finding in told):
            continue
        for parameter in operation.parameters.values():
            argument, schema = subject.argument(parameter.name), _value_schema(subject, parameter)
            if any(finding.tells_of(parameter.place) for finding in told) or parameter.definition["in"] == "path":
                continue
            tried = [(value, subject.send(name, {**call.arguments, argument: value})) for value in _samples(schema)]
            refused = [(value, _describes(sent.error)) for value, sent in tried if _describes(sent.error) != broken]
            sent_values = _sent_values(subject, name, parameter)
            invalid = [value for value in sent_values if not _is_valid(schema, value)]
            if not refused and not invalid and (not broken or "enum" not in schema or not tried):
                continue
            if broken and not refused:
                refused = [(tried[0][0], broken)]
            problems = [f"allows {value!r}, and the method raises {error}" for value, error in refused[:1]]
            problems += [f"does not allow {value!r}, which the method sends" for value in invalid[:1]]
            says = f"of the parameter {parameter.name}, the specification {'; and '.join(problems)}."
            yield Finding((name,), (parameter.place, parameter.values), says, subject.files_of(name))


def sending(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The request of each operation, as the generated package builds it."""
    for operation in _both(subject, told):
        name, call = operation.operation_id, subject.calls[operation.operation_id]
        if any(name in finding.operations for finding in told):
            continue
        for arguments in (call.every_argument, call.arguments):
            request, error, _ = subject.send(name, arguments)
            if request is None:
                says = (
                    f"the method does not fit what was generated from the specification: {_describes(error)}. "
                    f"The parameters are {list(operation.parameters)}."
                )
                own = [each.place for each in operation.parameters.values() if each.place.startswith(f"{name} ")]
                files = f"{subject.files_of(name)}, {subject.calls_file}"
                yield Finding((name,), (f"{name} request", *own), says, files)
                return
        request, _, _ = subject.send(name, call.every_argument)
        assert request is not None
        resent = subject.api.operations[name].resend and operation.method not in _REPEATABLE
        if request.method != operation.method or resent:
            says = (
                f"it is a {operation.method} in the specification, and a {request.method} in the wrapper"
                f"{', which sends it again where nobody knows whether it was carried out' if resent else ''}."
            )
            yield Finding((name,), (name,), says, f"{_definition(subject)}, {subject.files_of(name)}")
        if "requestBody" in operation.definition and not request.content:
            says = "it has a body in the specification, and the method sends none."
            yield Finding((name,), (f"{name} request",), says, subject.files_of(name))
        signing = {
            shape.rpartition(", ")[2] for place, shape in subject.recorded.items() if place.startswith("security ")
        }
        sent = request.url.params.keys() - credentials(subject.effective) - signing
        specified = {each.name for each in operation.parameters.values() if each.definition["in"] == "query"}
        differing = sorted(sent ^ specified)
        if differing:
            says = (
                f"with every argument the method sends {sorted(sent - specified)}, which the specification does not "
                f"have in the query, and does not send {sorted(specified - sent)}."
            )
            places = tuple(f"{name} parameter {each}" for each in differing)
            yield Finding((name,), places, says, f"{subject.files_of(name)}, {subject.calls_file}")


def deprecations(subject: Subject, told: Sequence[Finding]) -> Iterator[Finding]:
    """The operations that are deprecated, whose methods warn."""
    for operation in _both(subject, told):
        name = operation.operation_id
        sent = subject.send(name, subject.calls[name].arguments)
        if sent.error and any(name in finding.operations for finding in told):
            continue
        deprecated = operation.definition.get("deprecated") is True
        if deprecated != sent.warned:
            says = f"the specification deprecates it, and {subject.method(name)}() gives no DeprecationWarning."
            if not deprecated:
                says = (
                    f"{subject.method(name)}() gives a DeprecationWarning, and the specification does not deprecate it."
                )
            yield Finding((name,), (name,), says, f"{subject.files_of(name)}, CHANGELOG.md")


def _both(subject: Subject, told: Sequence[Finding]) -> Iterator[Described]:
    """Give the operations that specification and wrapper both have."""
    for operation in subject.operations.values():
        if operation.operation_id in subject.calls and not any(each.tells_of(operation.operation_id) for each in told):
            yield operation


def _definition(subject: Subject) -> str:
    return f"{subject.folder}/definition.py"


def _authentication(subject: Subject) -> str:
    return f"{subject.folder}/authentication.py"


def _describes(error: Exception | None) -> str:
    return "" if error is None else f"{type(error).__name__}: {error}".splitlines()[0]


def _resolved(subject: Subject, schema: Any) -> Any:
    if "$ref" not in schema:
        return schema
    return subject.effective["components"]["schemas"][schema["$ref"].rpartition("/")[2]]


def _value_schema(subject: Subject, parameter: Parameter) -> Any:
    repeated = parameter.schema.get("type") == "array"
    return _resolved(subject, parameter.schema["items"]) if repeated else parameter.schema


def _samples(schema: Any) -> list[Any]:
    """Return values at the edge of what a schema allows, and all where it lists them."""
    if "enum" in schema:
        return list(schema["enum"])
    return [schema[edge] for edge in ("minimum", "maximum") if edge in schema and schema.get("type") == "integer"]


def _sent_values(subject: Subject, operation: str, parameter: Parameter) -> list[Any]:
    call, found = subject.calls[operation], []
    for arguments in (call.arguments, call.every_argument):
        request = subject.send(operation, arguments).request
        if request is not None and parameter.definition["in"] == "query":
            found += request.url.params.get_list(parameter.name)
    return found


def _is_valid(schema: Any, text: str) -> bool:
    value: Any = text
    if schema.get("type") in ("integer", "number"):
        try:
            value = int(text) if schema["type"] == "integer" else float(text)
        except ValueError:
            return False
    return bool(OAS30Validator(schema, format_checker=oas30_format_checker).is_valid(value))
