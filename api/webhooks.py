"""Webhooks: where the platforms of channels post what people send (``/kenh/<channel>/``).

200: every message of the body is stored as a report, or a reply to its sender with the reason is
queued, and both survive a crash; another delivery changes nothing. Any other status: deliver
again. Nothing of a message is logged.
"""

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from channels.exceptions import UnreadableBody
from channels.protocol import WebhookChannel
from channels.registry import CHANNELS
from intake.domain import inbound

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
    if not channel.verify(body, request.headers):
        return _refused(name, 403)
    try:
        messages = channel.parse(body)
    except UnreadableBody:
        return _refused(name, 400)
    reports = [report for message in messages if (report := inbound.receive(message))]
    log.info("webhook received", channel=name, messages=len(messages), reports=len(reports))
    return HttpResponse(status=200)


def _refused(name: str, status: int) -> HttpResponse:
    log.warning("webhook refused", channel=name if name in CHANNELS else "unknown", status=status)
    return HttpResponse(status=status)
