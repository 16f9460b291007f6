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


def sender_of(request: HttpRequest) -> str:
    """Return the sender's network (/24 or /56), for hashing only; ``""`` if it is not known.

    X-Forwarded-For is trusted only as far as our own proxies wrote it: with ``TRUSTED_PROXIES``
    hops, the address that the outermost of them saw. Everything left of it may be forged.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) < hops:
            return ""
        address = forwarded[-hops]
    return network_of(address)
