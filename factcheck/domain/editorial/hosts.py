"""Hosts: whether an address lies below a domain of its source."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from factcheck.models import Source


def host_of(url: str) -> str:
    """The host name in lower case and in ASCII; "" when the address has none."""
    try:
        name = (urlsplit(url).hostname or "").rstrip(".")
        return name.encode("idna").decode("ascii").lower()
    except (UnicodeError, ValueError):
        return ""


def belongs(url: str, domains: Iterable[str]) -> bool:
    """Whether the host is one of the domains or below it: ``www.moet.gov.vn`` is,
    ``moet.gov.vn.net`` and ``xmoet.gov.vn`` are not."""
    host = host_of(url)
    return bool(host) and any(
        host == domain or host.endswith(f".{domain}") for domain in domains if domain
    )


def is_on_source(url: str, source: Source) -> bool | None:
    """The same for a source; None when there is no address to compare."""
    return belongs(url, source.domains) if url else None
