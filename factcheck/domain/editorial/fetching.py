"""Fetching: the only outbound HTTP of the product, a cited page for the archive.

A URL typed by a person must not make the server connect to its own network (SSRF). The host name is
resolved here, every resolved address is checked, and the connection is made to the checked address,
again for each redirect; so DNS rebinding has no effect.
"""

import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import TracebackType
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from factcheck.exceptions import FetchFailed

Address = IPv4Address | IPv6Address
MAX_REDIRECTS = 3
SECONDS = 20.0
_CHUNK = 64 * 1024
_HEADERS = {"User-Agent": "KiemTin/1 (archives a cited page)", "Accept-Encoding": "identity"}
_REFUSED = [
    ip_network(text)
    for text in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15",
        "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
    )
]  # fmt: skip


def is_public(address: Address) -> bool:
    """Whether an address is on the public internet, IPv4-mapped IPv6 included."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_unspecified:
        return False
    return not any(address in network for network in _REFUSED if network.version == address.version)


def resolve(host: str, port: int) -> list[Address]:
    """Return every address of a host name or address literal, from the system's resolver."""
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in entries))


@dataclass(frozen=True)
class Guard:
    """Where a connection may go. The product uses PUBLIC; tests allow a loopback server."""

    resolve: Callable[[str, int], list[Address]] = resolve
    allows: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})


PUBLIC = Guard()


@dataclass(frozen=True)
class Page:
    """The response of a URL."""

    url: str  # after redirects
    media_type: str
    data: bytes


class _GuardedBackend(httpcore.SyncBackend):
    """Opens connections only to addresses that the guard allows."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if port not in self._guard.ports:
            raise FetchFailed(_("Only web addresses on the usual ports can be fetched."))
        try:
            addresses = self._guard.resolve(host, port)
        except (OSError, UnicodeError, ValueError):
            raise FetchFailed(_("No such address: %(host)s.") % {"host": host}) from None
        # One forbidden address is enough: a name that also resolves to an internal one is refused.
        if not addresses or not all(self._guard.allows(address) for address in addresses):
            raise FetchFailed(_("%(host)s is not on the public internet.") % {"host": host})
        return self._first(addresses, port, timeout, local_address, socket_options)

    def _first(self, addresses: list[Address], *rest: Any) -> httpcore.NetworkStream:
        for address in addresses[:-1]:
            try:
                return super().connect_tcp(str(address), *rest)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # usually an IPv6 address on a machine without IPv6
        return super().connect_tcp(str(addresses[-1]), *rest)


class _GuardedTransport(httpx.BaseTransport):
    """httpx over the guarded backend, without proxies and keep-alive."""

    def __init__(self, guard: Guard) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(guard),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchFailed(_("Only web addresses (http, https) can be fetched."))
    if parts.username is not None:
        raise FetchFailed(_("An address with a user name cannot be fetched."))
    return url


def _read(response: httpx.Response, deadline: float) -> bytes:
    data = bytearray()
    for chunk in response.iter_bytes(_CHUNK):
        data += chunk
        if len(data) > settings.EVIDENCE_MAX_BYTES:
            raise FetchFailed(_("The page is larger than 10 MB: upload a copy of it."))
        if time.monotonic() > deadline:
            raise FetchFailed(_("The page took longer than 20 seconds."))
    return bytes(data)


def _follow_redirects(client: httpx.Client, url: str, deadline: float) -> Page:
    for _hop in range(MAX_REDIRECTS + 1):
        seconds_left = max(0.1, deadline - time.monotonic())
        with client.stream("GET", _checked_url(url), timeout=seconds_left) as response:
            if response.is_redirect and "location" in response.headers:
                url = urljoin(url, response.headers["location"])
                continue
            if response.status_code != httpx.codes.OK:
                raise FetchFailed(
                    _("The site answered with error %(code)s.") % {"code": response.status_code}
                )
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Page(url, media_type, _read(response, deadline))
    raise FetchFailed(_("The address leads on more than three times."))


def fetch(url: str, *, guard: Guard = PUBLIC) -> Page:
    """Fetch one page: at most three redirects, 10 MB, 20 seconds, public addresses only.

    Raises:
        FetchFailed: with the reason as a sentence for the user.
    """
    deadline = time.monotonic() + SECONDS
    try:
        with httpx.Client(
            transport=_GuardedTransport(guard), headers=_HEADERS, trust_env=False
        ) as client:
            return _follow_redirects(client, url, deadline)
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise FetchFailed(_("The page took longer than 20 seconds.")) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError):
        raise FetchFailed(_("The site cannot be reached, or its connection is not safe.")) from None
    except (OSError, ValueError):
        raise FetchFailed(_("This address cannot be fetched.")) from None
