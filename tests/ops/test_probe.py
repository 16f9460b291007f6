import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ops.probe import is_ready
from tests.services.ports import free_port


class Handler(BaseHTTPRequestHandler):
    status = 200
    seen: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Host"]))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        Handler.status, Handler.seen = 200, []
        yield running
        running.shutdown()


def test_an_answer_is_ready_and_the_request_has_the_public_host_name(server: HTTPServer) -> None:
    assert is_ready("0.0.0.0", server.server_port, "https://kiemtin.example/")
    assert Handler.seen == [("/readyz", "kiemtin.example")]


def test_an_error_is_not_ready(server: HTTPServer) -> None:
    Handler.status = 503
    assert not is_ready("127.0.0.1", server.server_port, "http://localhost")


def test_no_answer_is_not_ready() -> None:
    assert not is_ready("127.0.0.1", free_port(), "http://localhost")
