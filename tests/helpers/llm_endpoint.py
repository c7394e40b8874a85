"""A real endpoint on loopback that answers well, or misbehaves in a way of its own; and a script to ask it about."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from audiodrama.model import UNKNOWN, Line, Person, Scene, Script, Span
from audiodrama.script.second_opinion import Endpoint, Timeouts

API_KEY = "sk-a-key-that-nobody-may-see"
LONG_TIMEOUTS = Timeouts(request=20, total=60, wait=0.3, pause=0.01)
"""For endpoints that answer, on a machine that may be busy."""
SHORT_TIMEOUTS = Timeouts(request=0.4, total=3.0, wait=0.3, pause=0.01)
"""For endpoints that do not."""


class ReceivedRequest(NamedTuple):
    """A request as the endpoint receives it."""

    path: str
    headers: Message
    body: dict[str, Any]

    @property
    def passage(self) -> str:
        """The text of the story that the model is asked about."""
        return str(self.body["messages"][-1]["content"])

    @property
    def numbers(self) -> list[int]:
        """The lines asked about, as a model reads them from the passage."""
        marks = [line.partition("? ")[0] for line in self.passage.splitlines()]
        return [int(mark) for mark in marks if mark.isdigit()]

    @property
    def names(self) -> list[str]:
        """The people whom the model may name."""
        listed = [line for line in self.passage.splitlines() if line.startswith("- ")]
        return [line.removeprefix("- ").partition(" (")[0] for line in listed]


class Reply:
    """How a behaviour replies to one request: with bytes by hand, or with a good answer."""

    def __init__(self, handler: BaseHTTPRequestHandler, asked: ReceivedRequest, turn: int) -> None:
        self.handler, self.asked, self.turn = handler, asked, turn

    def status(self, status: int, body: bytes = b"{}", kind: str = "application/json", **headers: str) -> None:
        """Send a status line, headers (``Retry_After`` becomes Retry-After) and a body."""
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def says(self, text: object) -> None:
        """Send a completion in which the model says ``text``."""
        self.status(200, completion(text))

    def answers(self, answers: object) -> None:
        """Send a completion in which the model gives ``answers`` in the form that was asked for."""
        self.says(json.dumps({"answers": answers}))

    def names(self, name: str) -> None:
        """Send a completion in which the model gives every line to ``name``."""
        self.answers([{"line": number, "speaker": name} for number in self.asked.numbers])

    def raw(self, sent: bytes) -> None:
        """Send bytes at once as they are, HTTP or not."""
        self.handler.wfile.write(sent)
        self.handler.wfile.flush()


Behaviour = Callable[[Reply], None]


def completion(text: object) -> bytes:
    """Write the body of a chat completion."""
    return json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": text}}]}).encode()


@dataclass
class EndpointServer:
    """A running server, and the requests that it has received."""

    url: str
    requests: list[ReceivedRequest] = field(default_factory=list)

    def as_endpoint(self, timeouts: Timeouts = LONG_TIMEOUTS) -> Endpoint:
        """Give the server as the endpoint that the program asks."""
        return Endpoint(self.url, "parrot:1b", timeouts)


@contextmanager
def serving(behave: Behaviour) -> Iterator[EndpointServer]:
    """Run an endpoint on a free port of this machine, which replies to each request as ``behave`` does."""

    class Handler(BaseHTTPRequestHandler):
        # The connection is held open unless the client closes it, as real endpoints do.
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = ReceivedRequest(self.path, self.headers, body)
            endpoint.requests.append(asked)
            behave(Reply(self, asked, len(endpoint.requests)))

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads, block_on_close = True, False

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up on a misbehaving server is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    endpoint = EndpointServer(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send_slowly(reply: Reply, sent: bytes, seconds: float = 3.0) -> None:
    """Send ``sent`` 50 times a second, for at most so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        reply.raw(sent)
        time.sleep(0.02)


PEOPLE = (
    Person("Maud Pell", ("Maud", "Mrs. Pell"), "female"),
    Person("Walter", (), "male"),
    Person("Tib", (), "unknown", "child"),
)


def unsure_script(pairs: int = 3, per_scene: int = 3) -> Script:
    """Make scenes with ``pairs`` unsure lines, each between a sure line of Maud and one of Walter."""
    lines: list[Line] = []

    def add(kind: str, speaker: str, text: str, sure: float = 1.0, why: str = "") -> None:
        at = lines[-1].span.end if lines and lines[-1].span else 0
        span = Span(at, at + len(text) + 2)
        lines.append(Line(kind, speaker, text, span, Span(at + 1, span.end - 1), confidence=sure, why=why))  # type: ignore[arg-type]

    for turn in range(pairs):
        add("narration", "narrator", f"The kettle boiled for the {turn + 1}. time, and Tib looked up.")
        add("dialogue", "Maud Pell", f"Will nobody see to it, {turn}?", 0.95, "tag: 'said Maud'")
        add("dialogue", UNKNOWN if turn % 2 else "Walter", f"Not I, number {turn}.", 0.4, "turns")
        add("dialogue", "Walter", "Then who?", 0.8, "turns")
    size = 4 * per_scene
    scenes = tuple(Scene(tuple(lines[at : at + size])) for at in range(0, len(lines), size))
    return Script(scenes, PEOPLE[:2], source="kettle.txt")
