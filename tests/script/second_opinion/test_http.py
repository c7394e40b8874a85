"""A real endpoint that answers well, and one for each way of misbehaving."""

from __future__ import annotations

import email.utils
import json
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audiodrama.model import Script
from audiodrama.script.second_opinion import UNSURE, Endpoint, Opinion, Timeouts, answer_cache, ask_model, plan
from audiodrama.script.second_opinion.asking import AGREED, MOST_FAILURES, OVERRULED
from audiodrama.script.second_opinion.http import MOST_BYTES
from tests.helpers.llm_endpoint import (
    API_KEY,
    LONG_TIMEOUTS,
    SHORT_TIMEOUTS,
    Behaviour,
    EndpointServer,
    Reply,
    completion,
    send_slowly,
    serving,
    unsure_script,
)

Ask = Callable[..., tuple[Opinion, EndpointServer]]
JSON_FOLLOWS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIODRAMA_LLM_KEY", API_KEY)
    for name in ("HTTP_PROXY", "http_proxy"):
        # Nothing on this machine is asked for through a proxy.
        monkeypatch.setenv(name, "http://127.0.0.1:9")


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Ask an endpoint about a small script."""

    def asking(
        behave: Behaviour, drama: Script | None = None, timeouts: Timeouts = LONG_TIMEOUTS
    ) -> tuple[Opinion, EndpointServer]:
        with serving(behave) as endpoint:
            planned = plan(drama or unsure_script(), endpoint.as_endpoint(timeouts), tmp_path / "kept")
            return ask_model(planned), endpoint

    return asking


def assert_degraded(
    opinion: Opinion, reason: str, lines: str = "3 of 3 unsure lines, which keep", drama: Script | None = None
) -> None:
    """All lines keep the offline answer, and one sentence says so."""
    (complaint,) = opinion.complaints
    assert f"gave no second opinion on {lines} the offline answer" in complaint
    assert reason in complaint
    assert "\n" not in complaint
    assert API_KEY not in complaint
    assert opinion.script == (drama or unsure_script())


# ------------------------------------------------------------------------------------------------- one that behaves


def test_a_good_endpoint_makes_unsure_lines_surer_and_says_who_said_so(ask: Ask) -> None:
    opinion, _ = ask(lambda reply: reply.names("Walter"))
    assert opinion.complaints == ()
    asked = [line for line in opinion.script.lines() if line.why == "second opinion: parrot:1b"]
    assert [(line.speaker, line.confidence) for line in asked] == [
        ("Walter", AGREED),
        ("Walter", OVERRULED),
        ("Walter", AGREED),
    ]
    assert all(UNSURE <= line.confidence < 0.9 for line in asked), "no model was measured"


def test_a_model_that_does_not_know_changes_nothing_and_is_no_failure(ask: Ask) -> None:
    opinion, _ = ask(lambda reply: reply.names("unknown"))
    assert opinion == Opinion(unsure_script())


def test_a_request_is_deterministic_and_asks_for_names_on_the_list_only(ask: Ask) -> None:
    _, endpoint = ask(lambda reply: reply.names("Walter"))
    (asked,) = endpoint.requests
    assert (asked.path, asked.headers["Authorization"]) == ("/v1/chat/completions", f"Bearer {API_KEY}")
    assert (asked.body["temperature"], asked.body["model"], asked.body["stream"]) == (0, "parrot:1b", False)
    assert isinstance(asked.body["seed"], int)
    entry = asked.body["response_format"]["json_schema"]["schema"]["properties"]["answers"]["items"]["properties"]
    assert entry["speaker"]["enum"] == ["Maud Pell", "Walter", "unknown"]
    assert entry["line"]["enum"] == asked.numbers == [1, 2, 3]
    _, again = ask(lambda reply: reply.status(400))
    assert again.requests == [], "it was answered before"


def test_without_a_key_none_is_sent(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDIODRAMA_LLM_KEY")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    _, endpoint = ask(lambda reply: reply.names("Walter"))
    assert endpoint.requests[0].headers["Authorization"] is None


@pytest.mark.parametrize("form", ["json_object", None])
@pytest.mark.parametrize("status", [400, 422])
def test_an_endpoint_that_takes_no_schema_is_asked_without(ask: Ask, form: str | None, status: int) -> None:
    def behave(reply: Reply) -> None:
        asked_form = reply.asked.body.get("response_format", {}).get("type")
        if asked_form == form:
            reply.names("Walter")
        else:
            reply.status(status)

    opinion, endpoint = ask(behave, unsure_script(6))
    assert opinion.complaints == ()
    forms = [asked.body.get("response_format", {}).get("type") for asked in endpoint.requests]
    assert forms == [*["json_schema", "json_object", None][: 2 if form else 3], form], "it is remembered"


def test_a_model_that_takes_no_temperature_is_asked_without(ask: Ask) -> None:
    opinion, endpoint = ask(
        lambda reply: reply.status(400) if "temperature" in reply.asked.body else reply.names("Walter")
    )
    assert opinion.complaints == ()
    assert set(endpoint.requests[-1].body) == {"model", "messages", "stream"}


def test_an_endpoint_without_a_version_in_its_path_is_found(ask: Ask) -> None:
    opinion, endpoint = ask(lambda reply: reply.names("Walter") if "v1" not in reply.asked.path else reply.status(404))
    assert opinion.complaints == ()
    assert [asked.path for asked in endpoint.requests] == ["/v1/chat/completions", "/chat/completions"]


def test_a_busy_endpoint_is_waited_for_as_long_as_it_asks(ask: Ask) -> None:
    def behave(reply: Reply) -> None:
        if reply.turn == 1:
            reply.status(429, Retry_After="0")
        elif reply.turn == 2:
            reply.status(503, Retry_After=email.utils.formatdate(usegmt=True))
        else:
            reply.names("Walter")

    opinion, endpoint = ask(behave)
    assert opinion.complaints == ()
    assert len(endpoint.requests) == 3


def test_answers_are_kept_so_that_the_same_is_not_asked_twice(ask: Ask, tmp_path: Path) -> None:
    first, endpoint = ask(lambda reply: reply.names("Walter"), unsure_script(30))
    assert len(endpoint.requests) > 3
    second, silent = ask(lambda reply: reply.status(500), unsure_script(30))
    assert second == first
    assert silent.requests == []
    stored = [path.read_text(encoding="utf-8") for path in (tmp_path / "kept").rglob("*.json")]
    assert len(stored) == len(endpoint.requests)
    assert not any(word in text for text in stored for word in (API_KEY, "kettle", "Not I", "127.0.0.1"))


def test_another_word_near_a_line_is_another_question(ask: Ask) -> None:
    ask(lambda reply: reply.names("Walter"))
    _, endpoint = ask(lambda reply: reply.names("Walter"), unsure_script(2))
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("Walter", "Maud Pell"),
        lambda text: "null",
        lambda text: "[" * 100_000,
        lambda text: "\x00" * 50,
        lambda text: json.dumps(dict.fromkeys(json.loads(text), 7)),
    ],
)
def test_a_damaged_answer_is_asked_for_again(ask: Ask, tmp_path: Path, damage: Callable[[str], str]) -> None:
    first, _ = ask(lambda reply: reply.names("Walter"))
    (path,) = (tmp_path / "kept").rglob("*.json")
    good = path.read_text(encoding="utf-8")
    path.write_text(damage(good), encoding="utf-8")
    second, endpoint = ask(lambda reply: reply.names("Walter"))
    assert second == first
    assert len(endpoint.requests) == 1
    assert path.read_text(encoding="utf-8") == good


def test_half_an_answer_that_is_kept_is_asked_for_again(ask: Ask, tmp_path: Path) -> None:
    ((_, digest),) = plan(unsure_script(), Endpoint("http://127.0.0.1", "parrot:1b"), tmp_path).open
    answer_cache.store(tmp_path / "kept", digest, {1: "Walter"})
    opinion, endpoint = ask(lambda reply: reply.names("Walter"))
    assert opinion.complaints == ()
    assert len(endpoint.requests) == 1


def test_answers_that_cannot_be_kept_count_all_the_same(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way", encoding="utf-8")
    opinion, _ = ask(lambda reply: reply.names("Walter"))
    assert opinion.complaints == ()
    assert opinion.script != unsure_script()


# --------------------------------------------------------------------------------------------------- one that is slow


def test_an_endpoint_that_never_answers_is_left_after_a_while(ask: Ask) -> None:
    start = time.monotonic()
    opinion, _ = ask(lambda reply: time.sleep(2), timeouts=SHORT_TIMEOUTS)
    assert_degraded(opinion, "does not answer in time")
    assert time.monotonic() - start < 1.5


def test_an_endpoint_that_drips_its_answer_is_left_after_a_while(ask: Ask) -> None:
    def behave(reply: Reply) -> None:
        reply.raw(JSON_FOLLOWS + b"Content-Length: 5000\r\n\r\n")
        send_slowly(reply, b" ")

    start = time.monotonic()
    opinion, _ = ask(behave, timeouts=SHORT_TIMEOUTS)
    assert_degraded(opinion, "does not answer in time")
    assert time.monotonic() - start < 1.5


def test_an_endpoint_that_drips_its_headers_is_left_after_a_while(ask: Ask) -> None:
    def behave(reply: Reply) -> None:
        reply.raw(b"HTTP/1.1 200 OK\r\nX-Long: ")
        send_slowly(reply, b"x")

    opinion, _ = ask(behave, timeouts=SHORT_TIMEOUTS)
    assert_degraded(opinion, "does not answer in time")


def test_an_endpoint_that_goes_on_and_on_saying_continue_is_left_after_a_while(ask: Ask) -> None:
    opinion, _ = ask(lambda reply: send_slowly(reply, b"HTTP/1.1 100 Continue\r\n\r\n"), timeouts=SHORT_TIMEOUTS)
    assert_degraded(opinion, "does not answer in time")


def test_no_more_is_asked_when_the_time_for_all_is_over(ask: Ask) -> None:
    drama = unsure_script(60)

    def behave(reply: Reply) -> None:
        time.sleep(0.3)
        reply.names("Walter")

    opinion, endpoint = ask(behave, drama, Timeouts(request=5, total=1.0))
    assert 1 <= len(endpoint.requests) <= 4
    (complaint,) = opinion.complaints
    assert "time" in complaint
    advised = sum(line.why.startswith("second") for line in opinion.script.lines())
    assert f"{60 - advised} of 60 unsure lines" in complaint
    assert advised > 0, "what was answered in time counts"


# -------------------------------------------------------------------------------------------------- one that is failing


def test_an_endpoint_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    drama = unsure_script(60)
    opinion = ask_model(plan(drama, Endpoint(f"http://127.0.0.1:{port}", "m", SHORT_TIMEOUTS), tmp_path))
    assert_degraded(opinion, "refuses the connection", "60 of 60 unsure lines, which keep", drama)


def test_a_host_that_does_not_exist_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    opinion = ask_model(plan(unsure_script(), Endpoint("http://no-such-host.invalid", "m", SHORT_TIMEOUTS), tmp_path))
    assert_degraded(opinion, "because")


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "AUDIODRAMA_LLM_KEY"), (402, "paid"), (403, "AUDIODRAMA_LLM_KEY"), (404, "--llm-model")],
)
def test_an_endpoint_that_refuses_is_not_asked_again(ask: Ask, status: int, reason: str) -> None:
    drama = unsure_script(60)
    opinion, endpoint = ask(lambda reply: reply.status(status, f'"bad key {API_KEY}"'.encode()), drama)
    assert_degraded(opinion, reason, "60 of 60 unsure lines, which keep", drama)
    assert len(endpoint.requests) == (2 if status == 404 else 1)


def test_an_endpoint_that_is_busy_for_hours_is_not_waited_for(ask: Ask) -> None:
    start = time.monotonic()
    opinion, endpoint = ask(lambda reply: reply.status(429, Retry_After="7200"))
    assert_degraded(opinion, "429")
    assert len(endpoint.requests) == 1
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("wait", ["soon", "-5", "9" * 400, "Thu, 99 Foo 1999", ""])
def test_a_strange_wish_to_wait_does_no_harm(ask: Ask, wait: str) -> None:
    opinion, _ = ask(lambda reply: reply.status(429, Retry_After=wait))
    assert_degraded(opinion, "429")


def test_an_endpoint_that_fails_is_tried_again_and_then_left(ask: Ask) -> None:
    drama = unsure_script(60)
    opinion, endpoint = ask(lambda reply: reply.status(500), drama)
    assert_degraded(opinion, "error 500", "60 of 60 unsure lines, which keep", drama)
    assert len(endpoint.requests) == MOST_FAILURES * (1 + LONG_TIMEOUTS.retries)


def test_a_question_that_fails_does_not_take_the_others_with_it(ask: Ask) -> None:
    opinion, _ = ask(lambda reply: reply.says("what?") if reply.turn == 2 else reply.names("Walter"), unsure_script(12))
    (complaint,) = opinion.complaints
    assert "3 of 12 unsure lines" in complaint
    assert sum(line.why.startswith("second") for line in opinion.script.lines()) == 9


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "broke off"),
        (b"HTTP/1.1 200 OK\r\nContent-Ty", "not JSON"),
        (JSON_FOLLOWS + b"Content-Length: 500\r\n\r\n" + completion("{}")[:40], "broke off"),
        (JSON_FOLLOWS + b"Transfer-Encoding: chunked\r\n\r\n20\r\n{", "broke off"),
    ],
    ids=["before a word", "in the headers", "in the body", "in a chunk"],
)
def test_a_connection_cut_in_the_middle_is_no_answer(ask: Ask, sent: bytes, reason: str) -> None:
    def behave(reply: Reply) -> None:
        reply.raw(sent)
        reply.handler.close_connection = True

    opinion, _ = ask(behave)
    assert_degraded(opinion, reason)


@pytest.mark.parametrize(
    "sent",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 many OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        JSON_FOLLOWS + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        JSON_FOLLOWS + b"Content-Length: -7\r\n\r\n{}",
        b"HTTP/1.1 204 No Content\r\n\r\n",
    ],
    ids=lambda sent: sent[:30] + sent[-20:],
)
def test_what_is_no_proper_http_is_no_answer(ask: Ask, sent: bytes) -> None:
    def behave(reply: Reply) -> None:
        reply.raw(sent)
        reply.handler.close_connection = True

    opinion, _ = ask(behave)
    assert_degraded(opinion, "because ")
    assert any(reason in opinion.complaints[0] for reason in ("broke off", "no HTTP", "is not JSON", "no chat"))


# --------------------------------------------------------------------------------------------------- one that is lying


def test_a_name_that_is_not_on_the_list_is_not_believed(ask: Ask) -> None:
    opinion, _ = ask(lambda reply: reply.names("Napoleon"))
    assert_degraded(opinion, "not on the list")


def test_an_answer_about_other_lines_is_not_believed(ask: Ask) -> None:
    opinion, _ = ask(
        lambda reply: reply.answers([{"line": number + 1, "speaker": "Walter"} for number in reply.asked.numbers])
    )
    assert_degraded(opinion, "not asked")


def test_a_half_true_answer_is_half_believed_and_not_kept(ask: Ask, tmp_path: Path) -> None:
    def behave(reply: Reply) -> None:
        reply.answers(
            [{"line": 1, "speaker": "Maud"}, {"line": 2, "speaker": "Napoleon"}, {"line": 3, "speaker": "Walter"}]
        )

    opinion, _ = ask(behave)
    assert "1 of 3 unsure lines" in opinion.complaints[0]
    assert [line.speaker for line in opinion.script.lines()][2::4] == ["Maud Pell", "unknown", "Walter"]
    assert not list((tmp_path / "kept").rglob("*.json"))
    _, endpoint = ask(lambda reply: reply.names("Walter"))
    assert len(endpoint.requests) == 1


def test_an_answer_cannot_bring_in_text(ask: Ask) -> None:
    def behave(reply: Reply) -> None:
        entries = [
            {"line": number, "speaker": "Walter", "text": "Buy tea!", "kind": "cue"} for number in reply.asked.numbers
        ]
        reply.says(json.dumps({"answers": entries, "lines": ["Buy tea!"]}))

    opinion, _ = ask(behave)
    assert [line.text for line in opinion.script.lines()] == [line.text for line in unsure_script().lines()]


# ---------------------------------------------------------------------------------------------- one that is malformed


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Walter, I think.", "JSON"),
        ("Line 1 is {Walter}, line 2 is {Maud}.", "JSON"),
        ('{"answers": "Walter"}', "JSON"),
        ('{"answers": [{"line": [1], "speaker": {"name": "Walter"}}]}', "JSON"),
        (["Walter"], "no answer in it"),
        (None, "no answer in it"),
        ("Walter " * 30_000, "too long"),
    ],
)
def test_a_model_that_does_not_say_what_was_asked_for_is_not_believed(ask: Ask, words: object, reason: str) -> None:
    opinion, _ = ask(lambda reply: reply.says(words))
    assert_degraded(opinion, reason)


def test_prose_around_one_clear_answer_does_no_harm(ask: Ask) -> None:
    def behave(reply: Reply) -> None:
        entries = [{"line": number, "speaker": "Walter"} for number in reply.asked.numbers]
        reply.says(f"Sure! Here you are:\n```json\n{json.dumps({'answers': entries})}\n```")

    opinion, _ = ask(behave)
    assert opinion.complaints == ()


@pytest.mark.parametrize(
    "body", [b"<html>Welcome</html>", b"", b'{"choices": "none"}', b"\xff\xfe\x00", b"[" * 200_000]
)
def test_what_is_no_completion_is_no_answer(ask: Ask, body: bytes) -> None:
    opinion, _ = ask(lambda reply: reply.status(200, body))
    assert_degraded(opinion, "no chat completion")


@pytest.mark.parametrize("kind", ["text/html", "text/event-stream", "application/octet-stream"])
def test_a_wrong_content_type_is_no_answer(ask: Ask, kind: str) -> None:
    opinion, _ = ask(lambda reply: reply.status(200, completion("{}"), kind))
    assert_degraded(opinion, "not JSON")


def test_a_huge_answer_is_not_read_to_its_end(ask: Ask) -> None:
    sent: list[int] = []

    def behave(reply: Reply) -> None:
        reply.raw(JSON_FOLLOWS + b"Content-Length: 9000000000\r\n\r\n")
        while True:
            reply.raw(b" " * 65536)
            sent.append(65536)

    opinion, _ = ask(behave, timeouts=Timeouts(request=5, total=5))
    assert_degraded(opinion, "far more than an answer")
    assert sum(sent) < 40 * MOST_BYTES


def test_an_endless_stream_is_not_read_to_its_end(ask: Ask) -> None:
    def behave(reply: Reply) -> None:
        reply.raw(JSON_FOLLOWS + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            reply.raw(b"1000\r\n" + b" " * 4096 + b"\r\n")

    opinion, _ = ask(behave, timeouts=Timeouts(request=5, total=5))
    assert_degraded(opinion, "far more than an answer")


# --------------------------------------------------------------------------------------------------- where the key goes


def test_the_key_does_not_follow_a_redirection_to_another_host(ask: Ask) -> None:
    with serving(lambda reply: reply.names("Walter")) as stranger:
        elsewhere = stranger.url.replace("127.0.0.1", "localhost")
        for target in (
            f"{stranger.url}/v1/chat/completions",
            f"{elsewhere}/v1",
            "//localhost:1/",
            "file:///etc/passwd",
        ):
            for status in (301, 302, 307, 308):
                opinion, _ = ask(lambda reply, s=status, t=target: reply.status(s, Location=t))
                assert_degraded(opinion, "redirects to another place")
        assert stranger.requests == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirection_on_the_same_host_is_followed(ask: Ask, status: int) -> None:
    def behave(reply: Reply) -> None:
        if reply.asked.path == "/v1/chat/completions":
            reply.status(status, Location="/api/v2/chat")
        else:
            reply.names("Walter")

    opinion, endpoint = ask(behave)
    assert opinion.complaints == ()
    assert [asked.path for asked in endpoint.requests] == ["/v1/chat/completions", "/api/v2/chat"]
    assert endpoint.requests[1].headers["Authorization"] == f"Bearer {API_KEY}"


@pytest.mark.parametrize("target", ["/v1/chat/completions", ""])
def test_a_redirection_in_circles_or_to_nowhere_ends(ask: Ask, target: str) -> None:
    opinion, endpoint = ask(lambda reply: reply.status(308, Location=target))
    assert_degraded(opinion, "redirects")
    assert len(endpoint.requests) <= 4


def test_no_log_has_the_key_or_the_story(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ask(lambda reply: reply.status(401))
    ask(lambda reply: reply.names("Walter"))
    assert API_KEY not in caplog.text
    assert "kettle" not in caplog.text


def test_a_proxy_is_asked_for_what_is_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(lambda reply: reply.names("Walter")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        opinion = ask_model(plan(unsure_script(), Endpoint("http://llm.invalid/v1", "m", LONG_TIMEOUTS), tmp_path))
    assert opinion.complaints == ()
    assert [asked.path for asked in proxy.requests] == ["http://llm.invalid/v1/chat/completions"]


def test_a_connection_that_is_not_safe_is_not_used(tmp_path: Path) -> None:
    with serving(lambda reply: reply.names("Walter")) as endpoint:
        adviser = Endpoint(endpoint.url.replace("http:", "https:"), "m", LONG_TIMEOUTS)
        opinion = ask_model(plan(unsure_script(), adviser, tmp_path))
    assert_degraded(opinion, "no safe connection")
    assert endpoint.requests == []


def test_a_stop_by_hand_ends_a_request_at_once(tmp_path: Path) -> None:
    class StoppedError(BaseException):
        pass

    def stop(number: int, frame: object) -> None:
        raise StoppedError

    asked = threading.Event()

    def behave(reply: Reply) -> None:
        asked.set()
        time.sleep(8)

    def interrupt() -> None:
        # Raised in another thread, it does not wake the one that reads: as on systems where Ctrl-C never does.
        asked.wait(20)
        signal.raise_signal(signal.SIGINT)

    old = signal.signal(signal.SIGINT, stop)
    try:
        with serving(behave) as endpoint:
            planned = plan(unsure_script(), endpoint.as_endpoint(), tmp_path)
            helper = threading.Thread(target=interrupt)
            helper.start()
            start = time.monotonic()
            with pytest.raises(StoppedError):
                ask_model(planned)
            helper.join()
            assert time.monotonic() - start < 5
    finally:
        signal.signal(signal.SIGINT, old)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.binary(max_size=200), status=st.sampled_from([200, 201, 302, 418, 599]), good=st.booleans())
def test_whatever_an_endpoint_sends_the_words_stay(ask: Ask, sent: bytes, status: int, good: bool) -> None:
    opinion, _ = ask(lambda reply: reply.status(status, completion(sent.decode("latin-1")) if good else sent))
    for line, old in zip(opinion.script.lines(), unsure_script().lines(), strict=True):
        assert (line.kind, line.text, line.span, line.spoken) == (old.kind, old.text, old.span, old.spoken)
        assert line == old or old.confidence < UNSURE
    assert len(opinion.complaints) == 1
