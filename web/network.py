"""The network a request comes from: all that is kept to tell senders apart."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

_PREFIX = {4: 24, 6: 56}


def network_of(address: str) -> str:
    """Return the network an address lies in, /24 or /56; ``""`` if it is no address."""
    try:
        ip = ipaddress.ip_address(address.strip().split("%")[0])
    except ValueError:
        return ""
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/{_PREFIX[ip.version]}", strict=False))


def client_address(request: HttpRequest) -> str:
    """Return the client's address; ``""`` if the proxies did not pass it on.

    X-Forwarded-For is trusted only as far as our own proxies wrote it: with ``TRUSTED_PROXIES``
    hops, the address that the outermost of them saw. Everything left of it may be forged.
    """
    hops = settings.TRUSTED_PROXIES
    if not hops:
        return str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return str(forwarded[-hops]).strip() if len(forwarded) >= hops else ""


def sender_of(request: HttpRequest) -> str:
    """Return the sender's network (/24 or /56), for hashing only; ``""`` if it is not known."""
    return network_of(client_address(request))
