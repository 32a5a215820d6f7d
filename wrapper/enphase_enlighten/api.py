"""What the engine knows of an API: data, and a few small strategies. No particular API is known here."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from attrs import field, frozen

if TYPE_CHECKING:
    from .credentials.masking import Masking
    from .errors import APIStatusError
    from .planning.lengths import DevicePages
    from .planning.pages import Pages
    from .planning.windows import WindowRule
    from .quota.plans import UsagePlan
    from .quota.quota import LimitReached
    from .timing.server_clock import ServerTime

Signature: TypeAlias = tuple[Mapping[str, str], Mapping[str, str]]
"""What a request is signed with: query parameters and headers."""

Renewal: TypeAlias = "Generator[Request | Work | Pause, Any, bool]"
"""Renews a signature: sends unsigned requests, which no quota counts, and gets a `Response` for each, or the error that
came in its place; has `Work` done, and gets what it returned or raised. Returns whether it is worth trying again."""

Check: TypeAlias = Callable[[Any, str, Any], Any]
"""Checks an argument of a method, given the client's context, its name and its value, and returns what is sent."""


@frozen
class Request:
    """One request of an operation, without credentials.

    `path` is below the base URL, or a whole URL; `headers` are those beside the headers of every request. `resend` says
    whether it may be sent again where nobody knows if the service carried it out, `streams` whether the body of a
    success is to be read as it comes. `secret` says that its headers and its content are secrets, which are added where
    other requests are signed; such a request is unsigned, and is carried through to its response also where its task is
    cancelled: what it asks for may be had only once.
    """

    operation: str
    method: str
    path: str
    params: Mapping[str, Any] = field(factory=dict)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    content: bytes = field(default=b"", repr=False)
    resend: bool = True
    streams: bool = False
    secret: bool = False

    @property
    def writes(self) -> bool:
        """Whether it changes something that can be read back, and so must be carried out once."""
        return not (self.resend or self.secret) and self.method not in ("GET", "HEAD")


@frozen
class Work:
    """Work of a renewal that may wait for a disk or a network: a call, which nothing cuts short."""

    call: Callable[[], Any] = field(repr=False)


@frozen
class Pause:
    """A renewal waits for so many seconds, by the machine's clock: for another process."""

    seconds: float


@frozen
class Response:
    """A whole response: the body is decompressed, but neither checked nor parsed.

    Where the request `streams`, and it is a success, the body is in `opened` and still to come. `attempts` is how many
    requests were sent for it, `sent_at` when the last of them left, in epoch seconds by the client's clock. The names
    of `headers` may be in any case.
    """

    request: Request
    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    attempts: int
    sent_at: float
    opened: Any = field(default=None, repr=False, eq=False)

    @property
    def is_success(self) -> bool:
        """Whether its status is one of success, whatever its body says."""
        return 200 <= self.status < 300


@frozen
class Exchange:
    """One attempt of a request and its outcome, as ``observe=`` is called with; free of credentials.

    Attributes:
        operation: The id of the operation; ``low_level`` for requests of the low-level client.
        method: The HTTP method.
        path: Where below the base URL.
        query: The query.
        attempt: 1 for the first attempt, 2 for the one after it, and so on.
        sent_at: When it left, epoch seconds by the client's clock.
        seconds: How long it took.
        status: The HTTP status; None where no response came.
        error: What happened instead of a response; None where one came.

    Example:
        >>> exchanges = []
        >>> with Enlighten(api_key, user_id, base_url=base_url, observe=exchanges.append) as observed:
        ...     summary = observed.summary(system_id)
        >>> [(exchange.operation, exchange.attempt, exchange.status) for exchange in exchanges]
        [('Summary', 1, 200)]
    """

    operation: str
    method: str
    path: str
    query: Mapping[str, Any]
    attempt: int
    sent_at: float
    seconds: float
    status: int | None = None
    error: BaseException | None = None


Observer: TypeAlias = Callable[[Exchange], object]


class Authentication(Protocol):
    """Signs requests."""

    @property
    def masking(self) -> Masking:
        """Masks all that it signs with, wherever it may show."""

    def preparation(self, time: Callable[[], ServerTime]) -> Renewal | None:
        """Return what prepares the signature of the next request, such as one that is about to end; None for nothing.

        `time` returns that of the service, as far as known. As with `renewal`, another request may have prepared it
        by then.
        """

    def signature(self) -> Signature:
        """Return what the next request is signed with."""

    def renewal(self, response: Response, signature: Signature) -> Renewal | None:
        """Return what renews the signature where that is what a response asks for; None where it is not.

        What is returned begins when its turn has come. Another request may have renewed the signature by then, or
        before this response came: the signature of the request says which one was refused.
        """


class ErrorReader(Protocol):
    """Reads the error bodies of an API."""

    def error(self, response: Response, masking: Masking) -> APIStatusError:
        """Return the typed error for a response whose status is not one of success."""

    def limit_reached(self, response: Response) -> LimitReached | None:
        """Return which limit of the plan is reached, where a response says that one is."""

    def status_in(self, body: Any) -> int | None:
        """Return the status of the error that a decoded body of success, or a message of a stream, stands for."""

    def is_absent(self, response: Response) -> bool:
        """Whether a response says that the system does not have what the operation is about, such as a meter."""

    def is_unreported(self, response: Response) -> bool:
        """Whether a response says that the days asked for are not there yet."""

    def existing(self, error: APIStatusError) -> Existing | None:
        """Return which intervals the system has, where an error says that a window has none; None for any other."""


class Existing(NamedTuple):
    """The ends of the first and the last interval of a system, epoch seconds; None where an error does not tell."""

    first: int | None
    last: int | None


@frozen
class Body:
    """The JSON body of a request, which is made of arguments.

    Attributes:
        model: Its class in the generated package.
        places: The properties that lead to each argument's value, the outermost first, by the argument's name.
    """

    model: str
    places: Mapping[str, Sequence[str]] = field(repr=False, eq=False)

    def made_of(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Take the arguments that it is made of out of the parameters, and return the body; None leaves one out."""
        body: dict[str, Any] = {}
        for name, (*outer, last) in self.places.items():
            part, value = body, parameters.pop(name, None)
            for each in outer:
                part = part.setdefault(each, {})
            if value is not None:
                part[last] = value
        return body


@frozen
class Operation:
    """One operation of an API.

    Attributes:
        id: Its id in the specification.
        method: The HTTP method.
        path: Where below the base URL, with path parameters in braces. Empty where the generated package builds the
            request.
        headers: Those parameters that travel as headers.
        model: The class of a successful body: a name in the generated package, or a class with ``from_dict``. Without
            one, bodies are plain dicts.
        arguments: How each argument of its method is checked; others are sent as they are.
        deprecated: What to use instead, where the service advises against the operation.
        many: Whether a successful body is a list of models.
        value: The property of the body that is the result, a whole number, in place of the model.
        needs: Properties of the body without which there is nothing to return.
        items: The property that holds the entries of a listing or the intervals of a series.
        inner: The property of an entry of a listing that holds what is listed.
        body: What the body of its request is made of.
        either: Arguments of which at least one has to be given.
        first_day: The property of a daily series' body that has its first day.
        late: Whether a daily series may lack yesterday until the evening.
        row: The named tuple of a series: the first field says when, the others are properties of an entry.
        fields: Where in an entry those fields of a row are that have another name there, names with dots between them.
        devices: How devices come in pages, where `items` has an entry for each device and that has the intervals.
        window: How much of an interval series one request may ask for.
        pages: How the pages of a listing follow each other.
        resend: Whether a request may be sent again where nobody knows if the service carried it out.
    """

    id: str
    method: str = "GET"
    path: str = ""
    headers: frozenset[str] = frozenset()
    model: str | type[Model] | None = None
    arguments: Mapping[str, Check] = field(factory=dict, eq=False, repr=False)
    deprecated: str = ""
    many: bool = False
    value: str = ""
    needs: tuple[str, ...] = ()
    items: str = ""
    inner: str = ""
    body: Body | None = None
    either: tuple[str, ...] = ()
    first_day: str = ""
    late: bool = False
    row: Any = None
    fields: Mapping[str, str] = field(factory=dict)
    devices: DevicePages | None = None
    window: WindowRule | None = None
    pages: Pages | None = None
    resend: bool = True


class Model(Protocol):
    """The class of a body."""

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any], deviations: Any = None) -> Any:
        """Build a model from a decoded JSON object, and add its deviations from the specification to a list."""


@frozen
class ZoneLookup:
    """The operation that tells a system's timezone: its body or `items` have a `system_id` and a `timezone`."""

    operation: Operation
    parameters: Callable[[int], Mapping[str, Any]]


@frozen
class API:
    """One API, whose name is part of every key under which something of it is kept.

    `package` is empty where there is no generated package, `zones` None where callers have to give the timezone.
    `fractional` says that a fraction in a column of whole numbers makes it a column of floats in a frame; otherwise it
    is null there.
    """

    name: str
    errors: ErrorReader
    base_url: str
    operations: Mapping[str, Operation] = field(factory=dict, repr=False)
    package: str = ""
    plans: Mapping[str, UsagePlan] = field(factory=dict, repr=False)
    success: frozenset[int] = frozenset({200, 204})
    zones: ZoneLookup | None = field(default=None, repr=False)
    fractional: bool = False
