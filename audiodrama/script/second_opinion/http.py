"""Turn a request's bytes into an answer's bytes over HTTP, in bounded time and memory.

The key goes to the address it is meant for and nowhere else, and no message shows it or what the endpoint says of
it.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from email.message import Message
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib import error, parse, request

from audiodrama.script.second_opinion.answers import NoAnswerError
from audiodrama.script.second_opinion.endpoint import is_here

MOST_BYTES = 1 << 20
"""Bytes of an answer's body at most: a hundred times what any question is answered with."""
MOST_REDIRECTS = 3
"""Redirections that one request follows at most."""
CONNECT = 15.0
"""Seconds for a connection: a host that is there takes far less."""
SLICE = 0.5
"""Seconds between two looks at the clock, and at Ctrl-C where the system does not interrupt a read."""
_HTTP_PORT, _HTTPS_PORT = 80, 443
_DEFAULT_PORTS = {"http": _HTTP_PORT, "https": _HTTPS_PORT}
_REDIRECTS = frozenset(
    [HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT]
)
"""Statuses of redirections that are followed; 303 asks for a GET, which no endpoint answers."""
_LONGEST_WAIT = 9
"""Digits of a Retry-After in seconds that are read: more is longer than any user waits."""
_BROKEN = (http.client.RemoteDisconnected, http.client.IncompleteRead, ConnectionResetError, BrokenPipeError)


class UnreachableError(NoAnswerError):
    """The endpoint cannot be reached: asking it again at once would be no better."""


class RefusedError(NoAnswerError):
    """The endpoint answered with a status that is no success."""

    def __init__(self, status: int, wait: float | None = None) -> None:
        """Keep the HTTP ``status`` and, where the endpoint says so, the seconds to ``wait`` before trying again."""
        super().__init__(_MEANINGS.get(status, f"it answers with the error {status}"))
        self.status = status
        self.wait = wait


_MEANINGS = {
    400: "it does not understand the request (400)",
    401: "the key is missing or not accepted (401); set AUDIODRAMA_LLM_KEY",
    402: "it wants to be paid first (402)",
    403: "it does not allow this (403); check the key in AUDIODRAMA_LLM_KEY",
    404: "there is no such address or no such model (404); check --llm and --llm-model",
    429: "it has had too many requests (429); try again later",
}


def post(address: str, body: bytes, key: str, seconds: float) -> bytes:
    """Post ``body`` and return the JSON document that comes back, undecoded.

    Args:
        address: the full address.
        body: JSON.
        key: sent as a bearer token, unless empty.
        seconds: all that it may take, from the connection to the last byte.

    Raises:
        UnreachableError: no connection, or a redirection to another host.
        RefusedError: the status is no success.
        NoAnswerError: the connection breaks, the time is over, or what comes is not JSON or too much.
    """
    deadline = time.monotonic() + seconds
    for _ in range(MOST_REDIRECTS + 1):
        status, headers, received = _exchange(address, body, key, deadline)
        if status not in _REDIRECTS:
            break
        address = _redirected(address, headers.get("Location", ""))
    else:
        raise UnreachableError("it redirects in circles")
    if not _is_success(status):
        raise RefusedError(status, _wait(headers.get("Retry-After")))
    if len(received) > MOST_BYTES:
        raise NoAnswerError("it sends far more than an answer")
    if "json" not in headers.get("Content-Type", "").lower():
        raise NoAnswerError("what it sent is not JSON")
    return received


def _exchange(address: str, body: bytes, key: str, deadline: float) -> tuple[int, Message, bytes]:
    """Send one request; give (status, headers, body), with an empty body where the status is no success."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "audiodrama"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    to_send = request.Request(address, body, headers, method="POST")
    left = deadline - time.monotonic()
    if left <= 0:
        raise UnreachableError("it does not answer in time")
    try:
        with _opener(address, deadline).open(to_send, timeout=min(left, CONNECT)) as response:
            received = _read(response) if _is_success(response.status) else b""
            return response.status, response.headers, received
    except (OSError, http.client.HTTPException, ValueError) as trouble:
        # Without "from": what libraries say of a request may quote its headers.
        raise _unanswered(trouble) from None


def _is_success(status: int) -> bool:
    """Whether a status is one of the 2xx."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _read(response: http.client.HTTPResponse) -> bytes:
    """Read a body, one byte more than MOST_BYTES at most.

    Raises:
        IncompleteRead: the connection ended before the length that the header names.
    """
    received = response.read(MOST_BYTES + 1)
    if len(received) <= MOST_BYTES and response.length:
        raise http.client.IncompleteRead(b"")
    return received


def _unanswered(trouble: Exception) -> NoAnswerError:
    """The error that says in a user's words why there is no answer."""
    reason = trouble.reason if isinstance(trouble, error.URLError) else trouble
    if isinstance(reason, TimeoutError):
        # Only while connecting does urllib wrap what happened.
        kind = UnreachableError if isinstance(trouble, error.URLError) else NoAnswerError
        return kind("it does not answer in time")
    if isinstance(reason, _BROKEN):
        return NoAnswerError("the connection broke off")
    if isinstance(reason, ConnectionRefusedError):
        return UnreachableError("it refuses the connection (is it running?)")
    if isinstance(reason, ssl.SSLError):
        return UnreachableError("no safe connection to it can be made")
    if isinstance(reason, socket.gaierror):
        return UnreachableError("no host of that name can be found")
    if isinstance(reason, http.client.HTTPException):
        return NoAnswerError("what it sent is no HTTP")
    return UnreachableError("it cannot be reached")


def _redirected(address: str, location: str) -> str:
    """Where a redirection leads, if that is the same host and port (or its encrypted side)."""
    try:
        target = parse.urljoin(address, location)
        old, new = parse.urlsplit(address), parse.urlsplit(target)
        same = _origin(old) == _origin(new)
        safer = (_origin(old), _origin(new)) == (
            ("http", old.hostname, _HTTP_PORT),
            ("https", old.hostname, _HTTPS_PORT),
        )
    except ValueError:
        same = safer = False
    if not location or "@" in new.netloc or not (same or safer):
        raise UnreachableError("it redirects to another place, which is not followed")
    return target


def _origin(parts: parse.SplitResult) -> tuple[str, str | None, int | None]:
    """(scheme, host, port), the default port filled in (RFC 6454)."""
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _wait(retry_after: str | None) -> float | None:
    """The seconds that a Retry-After header asks for; it may hold a number or a date (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    retry_after = retry_after.strip()
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:_LONGEST_WAIT])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _opener(address: str, deadline: float) -> request.OpenerDirector:
    """An opener that follows no redirection, raises for no status, and asks no proxy for what is on this machine."""
    host = parse.urlsplit(address).hostname or ""
    opener = request.OpenerDirector()
    for handler in (request.ProxyHandler({} if is_here(host) else None), _Http(deadline), _Https(deadline)):
        opener.add_handler(handler)
    return opener


class _Http(request.HTTPHandler):
    """Opens plain connections whose answers keep to the deadline."""

    def __init__(self, deadline: float) -> None:
        super().__init__()
        self._deadline = deadline

    def http_open(self, req: request.Request) -> http.client.HTTPResponse:
        return self.do_open(_connection(http.client.HTTPConnection, self._deadline), req)


class _Https(request.HTTPSHandler):
    """Opens encrypted connections whose answers keep to the deadline."""

    def __init__(self, deadline: float) -> None:
        self._safe = ssl.create_default_context()
        super().__init__(context=self._safe)
        self._deadline = deadline

    def https_open(self, req: request.Request) -> http.client.HTTPResponse:
        return self.do_open(_connection(http.client.HTTPSConnection, self._deadline), req, context=self._safe)


def _connection(kind: Any, deadline: float) -> Any:
    """A maker of connections whose answers keep to the deadline."""

    def connect(host: str, **options: Any) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection = kind(host, **options)

        def response(sock: socket.socket, *arguments: Any, **named: Any) -> http.client.HTTPResponse:
            answer = http.client.HTTPResponse(sock, *arguments, **named)
            answer.fp = io.BufferedReader(_Punctual(answer.fp, sock, deadline))
            return answer

        connection.response_class = response  # type: ignore[assignment]
        return connection

    return connect


class _Punctual(io.RawIOBase):
    """A socket's bytes until a deadline. A socket's own timeout begins again with each byte that drips in."""

    def __init__(self, original: io.BufferedIOBase, sock: socket.socket, deadline: float) -> None:
        # The original is kept because the socket stays open as long as it is.
        self._original, self._sock, self._deadline = original, sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._sock.settimeout(min(left, SLICE))
            try:
                return self._sock.recv_into(buffer)
            except TimeoutError:
                continue

    def close(self) -> None:
        self._original.close()
        super().close()
