"""Which addresses are asked, and what is refused before a request is sent."""

from __future__ import annotations

import pytest

from audiodrama.errors import InputError
from audiodrama.script.second_opinion import Endpoint, Timeouts
from audiodrama.script.second_opinion.endpoint import find_key


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("http://localhost:11434", ["/v1/chat/completions", "/chat/completions"]),
        ("http://localhost:11434/", ["/v1/chat/completions", "/chat/completions"]),
        ("http://localhost:11434/v1", ["/v1/chat/completions"]),
        ("http://localhost:11434/v1/", ["/v1/chat/completions"]),
        ("http://localhost:11434/v1/chat/completions", ["/v1/chat/completions"]),
        ("http://localhost:11434/openai/v1beta/gate", ["/openai/v1beta/gate/chat/completions"]),
        ("http://localhost:11434/llm", ["/llm/v1/chat/completions", "/llm/chat/completions"]),
        ("http://localhost:11434/v1?version=3#top", ["/v1/chat/completions?version=3"]),
    ],
)
def test_an_address_may_be_given_with_or_without_version_and_slash(url: str, addresses: list[str]) -> None:
    assert Endpoint(url, "m").addresses == tuple(f"http://localhost:11434{path}" for path in addresses)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:11434",
        "ftp://localhost",
        "file:///etc/passwd",
        "http://",
        "http:///v1",
        "http://localhost:99999",
        "http://localhost:0",
        "http://local host",
        "http://localhost\r\nX-Evil: 1",
        "http://[::1",
        "http://" + "a" * 80 + ".example",
        "https://käse.example",
    ],
)
def test_what_is_no_web_address_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(InputError, match=r"--llm .*http") as refused:
        Endpoint(url, "m")
    assert "\n" not in str(refused.value)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError, match="AUDIODRAMA_LLM_KEY") as refused:
        Endpoint("https://me:hunter2@example.org/v1", "m")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("model", ["", "  ", "a\nb", "x" * 500])
def test_a_model_needs_a_name(model: str) -> None:
    with pytest.raises(InputError, match="--llm-model"):
        Endpoint("http://localhost", model)


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan")])
def test_a_timeout_that_is_no_time_is_refused(seconds: float) -> None:
    with pytest.raises(InputError, match="time"):
        Endpoint("http://localhost", "m", Timeouts(total=seconds))


def test_the_own_key_comes_before_the_general_one(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint = Endpoint("https://example.org", "m")
    monkeypatch.delenv("AUDIODRAMA_LLM_KEY", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert find_key(endpoint) == ""
    monkeypatch.setenv("OPENAI_API_KEY", " general\n")
    assert find_key(endpoint) == "general"
    monkeypatch.setenv("AUDIODRAMA_LLM_KEY", "own")
    assert find_key(endpoint) == "own"


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://example.org", True),
        ("http://localhost:1", True),
        ("http://127.0.0.1:1", True),
        ("http://[::1]:1", True),
        ("http://example.org", False),
        ("http://127.0.0.1.example.org", False),
    ],
)
def test_a_general_key_does_not_travel_in_the_clear(url: str, sent: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIODRAMA_LLM_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "general")
    assert bool(find_key(Endpoint(url, "m"))) == sent


def test_a_key_with_strange_characters_is_refused_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIODRAMA_LLM_KEY", "sk-secret\r\nX-Evil: 1")
    with pytest.raises(InputError, match="AUDIODRAMA_LLM_KEY") as refused:
        find_key(Endpoint("http://localhost", "m"))
    assert "secret" not in str(refused.value)
    assert "secret" not in repr(Endpoint("http://localhost", "m"))
