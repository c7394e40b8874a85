"""Turn what the user says of an endpoint into an Endpoint: addresses that can be asked, and how patiently."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from audiodrama.errors import InputError

KEYS = ("AUDIODRAMA_LLM_KEY", "OPENAI_API_KEY")
"""Environment variables that may hold the key; the first that is set counts."""
LONGEST_NAME = 200
"""Characters of a model's name; real ones have a few dozen."""
_VERSION = re.compile(r"v\d\w*")
_COMPLETIONS = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long an endpoint may take, in seconds.

    Raises:
        InputError: a value is no number, or less than it may be.
    """

    request: float = 120.0
    """Seconds for one request, answer included: a large model on a small machine is slow."""
    total: float = 1800.0
    """Seconds for all requests of one story; lines without an answer by then keep the offline one."""
    wait: float = 30.0
    """Seconds of the longest pause that a busy endpoint may ask for before a request is tried again."""
    pause: float = 1.0
    """Seconds before trying again where the endpoint does not say how long; doubled each time."""
    retries: int = 2
    """How often a busy endpoint is tried again."""

    def __post_init__(self) -> None:
        for seconds in (self.request, self.total):
            if not isinstance(seconds, (int, float)) or not seconds > 0:
                raise InputError(f"The time for asking a language model must be more than nothing, not {seconds!r}.")
        for least in (self.wait, self.pause, self.retries):
            if not isinstance(least, (int, float)) or not least >= 0:
                raise InputError(f"A pause or a number of tries must be 0 or more, not {least!r}.")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A language model behind an OpenAI-compatible endpoint. Holds no key.

    Raises:
        InputError: the address or the name cannot be used.
    """

    url: str
    """The address as the user gives it: with or without ``/v1``, with or without a slash at the end."""
    model: str
    """The model's name, as the endpoint knows it."""
    patience: Timeouts = Timeouts()
    """How long the endpoint may take."""

    def __post_init__(self) -> None:
        for text in (self.url, self.model):
            if not isinstance(text, str):
                raise InputError(f"An endpoint has an address and a model's name, both of them texts, not {text!r}.")
        _check_url(self.url)
        model = self.model.strip()
        if not model or not model.isprintable() or len(model) > LONGEST_NAME:
            raise InputError("--llm-model must be a model's name as the endpoint knows it, for example llama3.1:8b.")

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where to post a request: the likely address, then the one to try if nothing is there."""
        parts = urlsplit(self.url.strip())
        path = parts.path.rstrip("/").removesuffix(_COMPLETIONS)
        versioned = any(_VERSION.fullmatch(segment) for segment in path.split("/"))
        paths = [path] if versioned or parts.path.rstrip("/") != path else [f"{path}/v1", path]
        return tuple(parts._replace(path=path + _COMPLETIONS, fragment="").geturl() for path in paths)

    @property
    def origin(self) -> str:
        """Scheme, host and port, for messages: never a path or a query, which could hold a secret."""
        parts = urlsplit(self.url.strip())
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_local(self) -> bool:
        """Whether the endpoint is on this machine."""
        return is_here(urlsplit(self.url.strip()).hostname or "")


def is_here(host: str) -> bool:
    """Whether a host's name or address means this machine."""
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def find_key(endpoint: Endpoint) -> str:
    """The key from the environment, or nothing.

    A key of OpenAI's variable was not meant for this program alone: it goes to this machine or through an encrypted
    connection, and nowhere else.

    Raises:
        InputError: the variable holds what no key looks like; the message does not show it.
    """
    for name in KEYS:
        key = os.environ.get(name, "").strip()
        if not key:
            continue
        if not all(" " < sign < "\x7f" for sign in key):
            raise InputError(f"{name} holds characters that no key has; set it again, or unset it.")
        encrypted = urlsplit(endpoint.url.strip()).scheme == "https"
        return key if name == KEYS[0] or endpoint.is_local or encrypted else ""
    return ""


def _check_url(url: str) -> None:
    """Refuse what is no web address; a message shows it only where it cannot hold a password."""
    advice = "give one like http://localhost:11434"
    parts = _split(url.strip(), advice)
    if "@" in parts.netloc:
        raise InputError(f"The address for --llm holds a user name or password; put the key into {KEYS[0]} instead.")
    if parts.scheme not in ("http", "https"):
        raise InputError(f"The address for --llm must begin with http:// or https://; {advice}.")
    if not parts.hostname:
        raise InputError(f"The address for --llm names no host; {advice}.")


def _split(url: str, advice: str) -> SplitResult:
    """The parts of an address.

    Raises:
        InputError: it is no web address; ``advice`` ends the message.
    """
    try:
        if not all(" " < sign < "\x7f" for sign in url):
            raise ValueError("characters that an address cannot have")
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
        if parts.port == 0:
            raise ValueError("port 0")
    except ValueError:
        raise InputError(f"The address for --llm is no web address; {advice}.") from None
    return parts
