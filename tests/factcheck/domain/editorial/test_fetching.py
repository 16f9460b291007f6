import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from factcheck.domain.editorial import fetching
from factcheck.domain.editorial.fetching import Guard, fetch, is_public
from factcheck.exceptions import FetchFailed

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.88.99.1", "::", "::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "2002:7f00:1::", "2002:808:808::", "2001::1",
    "fec0::1", "::ffff:169.254.169.254", "64:ff9b:1::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"]
ODD_URLS = [
    "file:///etc/passwd", "ftp://example.vn/a", "gopher://example.vn", "javascript:alert(1)", "",
    "http://", "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://127.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/",
    "http://user:pw@example.vn/", "http://169.254.169.254/latest/meta-data", "http://0/",
    "http://example.vn:22/", "https://example.vn:8443/", "http://[64:ff9b::7f00:1]/",
    "http://[fe80::1%25eth0]/", "http://\u2460\u2461\u2466.0.0.1/", "http://a b/", "http://[/",
]  # fmt: skip


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if self.path.startswith("/to/"):
            left = int(self.path.rpartition("/")[2])
            return self._send(302, b"", Location=f"/to/{left - 1}" if left else "/page")
        if self.path == "/outside":
            return self._send(302, b"", Location="http://10.0.0.1/secret")
        if self.path == "/port":
            return self._send(302, b"", Location="http://site.test:1/")
        if self.path == "/scheme":
            return self._send(302, b"", Location="file:///etc/passwd")
        if self.path == "/large":
            return self._send(200, b"a" * 5000)
        if self.path == "/slow":
            time.sleep(1.5)
        if self.path == "/gone":
            return self._send(404, b"")
        return self._send(200, b"<html>Trang</html>")

    def _send(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Write no log."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that hang up; some tests do."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = _Server(("127.0.0.1", 0), _Site)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def _guard(server: ThreadingHTTPServer) -> Guard:
    """The loopback server under a public-looking name; every other rule as in the product."""
    loopback = ip_address("127.0.0.1")
    return Guard(
        resolve=lambda host, port: [loopback] if host == "site.test" else [ip_address(host)],
        allows=lambda address: address == loopback or is_public(address),
        ports=frozenset({80, 443, server.server_port}),
    )


def _url(server: ThreadingHTTPServer, path: str) -> str:
    return f"http://site.test:{server.server_port}{path}"


@pytest.mark.parametrize("address", PRIVATE)
def test_address_inside_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_address_outside_is_allowed(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("url", ODD_URLS)
def test_malformed_address_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(FetchFailed, match=r"\w+ \w+"):
        fetch(url)


def test_name_that_resolves_to_an_internal_address_is_refused_before_a_connection(
    site: ThreadingHTTPServer,
) -> None:
    inside = [ip_address("127.0.0.1")]
    guard = Guard(resolve=lambda host, port: inside, ports=frozenset({site.server_port}))
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/page"), guard=guard)
    mixed = [ip_address("8.8.8.8"), *inside]
    guard = Guard(resolve=lambda host, port: mixed, ports=frozenset({site.server_port}))
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/page"), guard=guard)
    assert site.asked == []  # type: ignore[attr-defined]


def test_name_is_resolved_and_checked_at_each_connection(
    site: ThreadingHTTPServer,
) -> None:
    answers = iter([[ip_address("127.0.0.1")], [ip_address("10.0.0.1")]])
    guard = Guard(
        resolve=lambda host, port: next(answers),
        allows=_guard(site).allows,
        ports=frozenset({site.server_port}),
    )
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/to/1"), guard=guard)
    assert site.asked == ["/to/1"]  # type: ignore[attr-defined]


def test_page_is_fetched_with_its_media_type(site: ThreadingHTTPServer) -> None:
    page = fetch(_url(site, "/page"), guard=_guard(site))
    assert (page.media_type, page.data) == ("text/html", b"<html>Trang</html>")


def test_three_redirects_are_followed_and_a_fourth_is_not(site: ThreadingHTTPServer) -> None:
    page = fetch(_url(site, "/to/2"), guard=_guard(site))
    assert page.url == _url(site, "/page")
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/to/3"), guard=_guard(site))


@pytest.mark.parametrize("path", ["/outside", "/port", "/scheme", "/gone"])
def test_redirect_to_a_forbidden_place_and_errors_are_refused(
    site: ThreadingHTTPServer, path: str
) -> None:
    with pytest.raises(FetchFailed, match=r"\w+ \w+"):
        fetch(_url(site, path), guard=_guard(site))


def test_large_page_is_not_read_to_its_end(site: ThreadingHTTPServer, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 4000
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/large"), guard=_guard(site))


def test_slow_page_is_abandoned(site: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/slow"), guard=_guard(site))
    assert time.monotonic() - began < 1.4


def test_closed_port_is_refused_with_a_sentence(site: ThreadingHTTPServer) -> None:
    guard = _guard(site)
    site.shutdown()
    site.server_close()
    with pytest.raises(FetchFailed):
        fetch(_url(site, "/page"), guard=guard)


def test_no_other_module_makes_http_requests() -> None:
    apps = (
        *("accounts", "api", "audit", "channels", "config", "demo", "desk", "factcheck"),
        *("intake", "matching", "public", "publishing", "web"),
    )
    names = ("import httpx", "import requests", "urllib.request", "http.client", "import httpcore")
    clients = {
        path.relative_to(django_settings.BASE_DIR).as_posix()
        for app in apps
        for path in Path(django_settings.BASE_DIR, app).rglob("*.py")
        if any(name in path.read_text(encoding="utf-8") for name in names)
    }
    channels = {path for path in clients if re.match(r"channels/[a-z_]+/channel\.py", path)}
    # The other one calls the service set by the operator, and a channel its platform: never a
    # reporter's URL.
    assert clients - channels == {
        "factcheck/domain/editorial/fetching.py",
        "factcheck/domain/index/embedding_client.py",
    }
