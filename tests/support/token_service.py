"""A service on loopback that kills a refresh token at its first use, and tells what it was asked for."""

from __future__ import annotations

import json
import threading
import time
from base64 import b64encode
from collections import Counter
from contextlib import suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from enphase_enlighten.v4 import Token

if TYPE_CHECKING:
    from collections.abc import Callable

KEY, CLIENT_ID, CLIENT_SECRET = "k3y-of-the-app", "client-id-of-the-app", "s3cret-of-the-app"
LIFE = 86_400
SYSTEM = 67
BODIES = Path(__file__).parents[1] / "data" / "v4"
SUMMARY = json.dumps({**json.loads((BODIES / "summary.json").read_bytes()), "system_id": SYSTEM}).encode()
ENDED = {"message": "Not Authorized", "details": "User is not authorized", "code": 401}


class TokenService(ThreadingHTTPServer):
    """Serves the summary of any system to whoever has the present access token, and `/oauth/token`.

    Attributes:
        ahead: Seconds by which its clock is ahead of the machine's.
        uses: How many requests an access token serves at least before a day passes; None for any number. No day passes
            while a request that was refused has not come again: days of a few milliseconds would end before that.
        counts: What it was asked for: "served", "refused", "unsigned", "refreshes", "dead", "days".
        bodies: The fields of the token requests.
        targets: The targets of all requests.
        answer: Called for each refresh with a function that carries it out, in its place.
        code: The code that gives tokens, once.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(self, uses: int | None = None, ahead: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.uses, self.ahead = uses, ahead
        self.counts: Counter[str] = Counter()
        self.bodies: list[dict[str, str]] = []
        self.targets: list[str] = []
        self.answer: Callable[[Callable[[], tuple[int, Any]]], tuple[int, Any] | None] | None = None
        self.refusal: tuple[int, Any] = (401, ENDED)
        self.code = "c0de42"
        self.lock = threading.Lock()
        self.number = self._served = 0
        self._waiting: set[str] = set()
        self.ends = self.now() + LIFE

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Stay silent: clients hang up at any time."""

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def base_url(self) -> str:
        return f"{self.site}/api/v4"

    @property
    def access(self) -> str:
        return f"access-token-{self.number}"

    @property
    def refresh(self) -> str:
        return f"refresh-token-{self.number}"

    def now(self) -> float:
        return time.time() + self.ahead

    def token(self) -> Token:
        """Return the present pair."""
        return Token(self.access, self.refresh, self.ends, issued_at=self.ends - LIFE, client_id=CLIENT_ID)

    def a_day_passes(self) -> None:
        """Let the access token end."""
        self.ahead += LIFE
        self.counts["days"] += 1

    def read(self, path: str, headers: Any) -> tuple[int, Any]:
        with self.lock:
            if not headers.get("Authorization"):
                self.counts["unsigned"] += 1
            if headers.get("Authorization") != f"Bearer {self.access}" or self.now() >= self.ends:
                self.counts["refused"] += 1
                self._waiting.add(path)
                return self.refusal
            self.counts["served"] += 1
            self._served += 1
            self._waiting.discard(path)
            if self.uses is not None and self._served >= self.uses and not self._waiting:
                self._served = 0
                self.a_day_passes()
            return 200, SUMMARY

    def give(self, fields: dict[str, str], login: str) -> tuple[int, Any]:
        expected = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        with self.lock:
            self.bodies.append(fields)
            if login != f"Basic {expected}":
                return 401, {"error": "invalid_client", "error_description": "Bad client credentials"}
            if fields["grant_type"] == "refresh_token":
                if fields["refresh_token"] != self.refresh:
                    self.counts["dead"] += 1
                    return 401, {"error": "invalid_token", "error_description": f"Dead: {fields['refresh_token']}"}
                self.counts["refreshes"] += 1
            elif fields.get("code", fields.get("password")) != self.code:
                echo = fields.get("code", "")
                return 400, {"error": "invalid_grant", "error_description": f"Invalid authorization code: {echo}"}
            else:
                self.code = "used up"
            self.number += 1
            self.ends = self.now() + LIFE
            return 200, {
                "access_token": self.access,
                "refresh_token": self.refresh,
                "token_type": "bearer",
                "expires_in": LIFE,
            }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: TokenService

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(self.server.now() if timestamp is None else timestamp, usegmt=True)

    def do_GET(self) -> None:
        self.server.targets.append(self.path)
        self._send(*self.server.read(self.path, self.headers))

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_POST(self) -> None:
        service = self.server
        service.targets.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert urlsplit(self.path).path == "/oauth/token"
        fields = {name: values[0] for name, values in parse_qs(body).items()}

        def give() -> tuple[int, Any]:
            return service.give(fields, self.headers.get("Authorization", ""))

        answer = give() if service.answer is None else service.answer(give)
        if answer is None:
            self.close_connection = True
        else:
            self._send(*answer)

    def _send(self, status: int, body: Any) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
