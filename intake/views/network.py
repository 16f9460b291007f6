"""Where a request comes from, as far as intake may know."""

from django.conf import settings
from django.http import HttpRequest

from intake.domain import senders


def sender_of(request: HttpRequest) -> str:
    """Return the sender's network (/24 or /56), for hashing only; ``""`` if it is not known.

    X-Forwarded-For is believed only as far as our own proxies wrote it: with ``TRUSTED_PROXIES``
    hops, the address that the outermost of them saw. Everything left of it is the client's word.
    """
    address = request.META.get("REMOTE_ADDR", "")
    hops = settings.TRUSTED_PROXIES
    if hops:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) < hops:
            return ""
        address = forwarded[-hops]
    return senders.network_of(address)
