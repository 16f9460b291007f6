"""The only outbound HTTP of the product: a page a checker cites, fetched once for the archive.

An address typed by a person must not make the server talk to its own network. So the name is
resolved here, every resolved address is checked, and the connection goes to the checked address,
again for each redirect; what the name means a moment later does not matter.
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
    """Whether an address is on the open internet, whatever form it comes in."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_unspecified:
        return False
    return not any(address in network for network in _REFUSED if network.version == address.version)


def resolve(host: str, port: int) -> list[Address]:
    """Every address of a host name (or the address it is), as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


@dataclass(frozen=True)
class Guard:
    """What may be spoken to. The product uses PUBLIC; tests know a loopback server."""

    resolve: Callable[[str, int], list[Address]] = resolve
    allows: Callable[[Address], bool] = is_public
    ports: frozenset[int] = frozenset({80, 443})


PUBLIC = Guard()


@dataclass(frozen=True)
class Page:
    """What an address answered."""

    url: str  # after redirects
    media_type: str
    data: bytes


class _GuardedBackend(httpcore.SyncBackend):
    """Opens connections only to addresses the guard has seen and allowed."""

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
        # One forbidden address is enough: a name that also points inside is not trusted at all.
        if not addresses or not all(self._guard.allows(address) for address in addresses):
            raise FetchFailed(_("%(host)s is not on the public internet.") % {"host": host})
        return self._first(addresses, port, timeout, local_address, socket_options)

    def _first(self, addresses: list[Address], *rest: Any) -> httpcore.NetworkStream:
        for address in addresses[:-1]:
            try:
                return super().connect_tcp(str(address), *rest)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # often: an IPv6 address on a machine without IPv6
        return super().connect_tcp(str(addresses[-1]), *rest)


class _GuardedTransport(httpx.BaseTransport):
    """httpx over connections of the guarded backend; no proxy, no connection kept."""

    def __init__(self, guard: Guard) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(guard),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
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
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchFailed(_("Only web addresses (http, https) can be fetched."))
    if parts.username is not None:
        raise FetchFailed(_("An address with a user name cannot be fetched."))
    return url


def _read(answer: httpx.Response, until: float) -> bytes:
    data = bytearray()
    for chunk in answer.iter_bytes(_CHUNK):
        data += chunk
        if len(data) > settings.EVIDENCE_MAX_BYTES:
            raise FetchFailed(_("The page is larger than 10 MB: upload a copy of it."))
        if time.monotonic() > until:
            raise FetchFailed(_("The page took longer than 20 seconds."))
    return bytes(data)


def _follow(client: httpx.Client, url: str, until: float) -> Page:
    for _hop in range(MAX_REDIRECTS + 1):
        left = max(0.1, until - time.monotonic())
        with client.stream("GET", _checked(url), timeout=left) as answer:
            if answer.is_redirect and "location" in answer.headers:
                url = urljoin(url, answer.headers["location"])
                continue
            if answer.status_code != httpx.codes.OK:
                raise FetchFailed(
                    _("The site answered with error %(code)s.") % {"code": answer.status_code}
                )
            media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Page(url, media_type, _read(answer, until))
    raise FetchFailed(_("The address leads on more than three times."))


def fetch(url: str, *, guard: Guard = PUBLIC) -> Page:
    """Fetch one page: at most three redirects, 10 MB, 20 seconds, public addresses only.

    Raises:
        FetchFailed: with a sentence that says why.
    """
    until = time.monotonic() + SECONDS
    try:
        with httpx.Client(
            transport=_GuardedTransport(guard), headers=_HEADERS, trust_env=False
        ) as client:
            return _follow(client, url, until)
    except (httpx.TimeoutException, httpcore.TimeoutException):
        raise FetchFailed(_("The page took longer than 20 seconds.")) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.ProtocolError):
        raise FetchFailed(_("The site cannot be reached, or its connection is not safe.")) from None
    except (OSError, ValueError):
        raise FetchFailed(_("This address cannot be fetched.")) from None
