"""Webhooks: where the platforms of channels post what people send (``/kenh/<channel>/``).

200: every message of the body is stored as a report, or a reply to its sender with the reason is
queued, and both survive a crash; another delivery changes nothing. Any other status: deliver
again. Nothing of a message is logged.
"""

from collections.abc import Sequence
from dataclasses import replace

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels.exceptions import UnreadableBody
from channels.protocol import InboundMessage, WebhookChannel
from channels.registry import CHANNELS
from intake.domain import inbound
from web.outages import RETRY_SECONDS, is_outage

log = structlog.get_logger("webhooks")


@csrf_exempt  # the platform's signature takes the place of the token
@require_POST
def receive(request: HttpRequest, name: str) -> HttpResponse:
    """One delivery of a platform. Up to ``settings.DATA_UPLOAD_MAX_MEMORY_SIZE`` bytes."""
    channel = CHANNELS.get(name)
    if not isinstance(channel, WebhookChannel):  # unknown, or outgoing only
        return _refused(name, 404)
    try:
        body = request.body
    except RequestDataTooBig:  # raised by the announced size, before a byte is read
        return _refused(name, 413)
    try:
        if not channel.verify(body, request.headers):
            return _refused(name, 403)
        messages = channel.parse(body)
    except (UnreadableBody, RecursionError):  # RecursionError: JSON nested too deeply
        return _refused(name, 400)
    except Exception as error:  # its text may be the message's
        return _failed(name, error)
    return _receive_all(name, messages)


def _receive_all(name: str, messages: Sequence[InboundMessage]) -> HttpResponse:
    """Store every message that can be; one that fails does not stop the others, and the delivery
    is asked for again."""
    failure, stored = None, 0
    for message in messages:
        try:
            stored += inbound.receive(replace(message, channel=name)) is not None
        except Exception as error:
            failure = error
    log.info("webhook received", channel=name, messages=len(messages), reports=stored)
    return _failed(name, failure) if failure else HttpResponse(status=200)


def _failed(name: str, error: Exception) -> HttpResponse:
    log.error("webhook failed", channel=name, error=type(error).__name__)
    if is_outage(error):
        return HttpResponse(status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return HttpResponse(status=500)


def _refused(name: str, status: int) -> HttpResponse:
    log.warning("webhook refused", channel=name if name in CHANNELS else "unknown", status=status)
    return HttpResponse(status=status)
