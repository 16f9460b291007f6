"""Inbound messages of channels: each becomes one report, and its sender gets a receipt."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from channels.domain import inbound_events, outbox
from channels.protocol import ContactAddress, InboundMessage
from channels.registry import CHANNELS
from intake.domain import dates, images, receipts, reports
from intake.domain.images import PreparedImage
from intake.domain.submissions import Submission, new_form_key
from intake.exceptions import ValidationError
from intake.models import Report
from matching.text.normalisation import one_line

LANGUAGE = "vi"  # of what a sender is told; platforms do not say which one they read


def receive(message: InboundMessage) -> Report | None:
    """Store a message as a report, and queue its receipt for the sender through the channel.

    Event, report and receipt are one transaction: when this returns they survive any crash, and
    after a crash before that another delivery finds nothing. A message that cannot be a report (no
    content, too long, a damaged screenshot) is answered with the reason instead.

    Returns:
        The new report; None for a message that was received before or refused.
    """
    message = replace(message, sender=one_line(message.sender))
    with translation.override(LANGUAGE):
        pictures, problem = _prepared(message.images)  # slow, so before the transaction
        return _store(message, pictures, problem)


@transaction.atomic
def _store(
    message: InboundMessage, pictures: list[PreparedImage], problem: ValidationError | None
) -> Report | None:
    if not inbound_events.claim(message.channel, message.event_id):
        return None
    try:
        if problem is not None:
            raise problem
        result = reports.submit(_submission(message, pictures))
    except ValidationError as error:
        _queue(message, "refusal", _("Your message could not be taken"), [str(error)])
        return None
    _queue(message, "receipt", _("Your report has arrived"), _receipt_text(result.receipt))
    return result.report


def _prepared(files: Sequence[bytes]) -> tuple[list[PreparedImage], ValidationError | None]:
    """The pictures, or why one cannot be taken. One over the limit shows that there are too many;
    no more are decoded."""
    try:
        return [
            images.prepare(SimpleUploadedFile(_("picture") + f" {number}", data))
            for number, data in enumerate(files[: images.MAX_FILES + 1], 1)
        ], None
    except ValidationError as error:
        return [], error


def _submission(message: InboundMessage, pictures: list[PreparedImage]) -> Submission:
    return Submission(
        text=message.text,
        url=message.url,
        seen_when=dates.seen_when(message.sent_at) if message.sent_at else "",
        images=pictures,
        language=LANGUAGE,
        contact=ContactAddress(message.channel, message.sender),
        # Random: a key computed from the event would give the receipt to anyone who knows it.
        form_key=new_form_key(),
        origin=message.channel,
        sender=f"{message.channel} {message.sender}" if message.sender else "",
    )


def _receipt_text(receipt: str) -> list[str]:
    return [
        _("Thank you for asking before passing it on. Your report has arrived."),
        _("Receipt code") + ": " + receipts.pretty(receipt),
        _("Look up the result") + ": " + receipts.tracking_url(),
    ]


def _queue(message: InboundMessage, purpose: str, subject: str, paragraphs: list[str]) -> None:
    """Queue a message to the sender, marked secret: a receipt code works like a password. Nothing
    is sent to an address that the channel refuses."""
    if not message.sender or CHANNELS[message.channel].address_error(message.sender):
        return
    event = inbound_events.event_hash(message.event_id)
    outbox.queue_message(
        channel=message.channel,
        to=message.sender,
        subject=f"{settings.SITE_NAME}: {subject}",
        body="\n\n".join(paragraphs),
        purpose=purpose,
        dedupe_key=f"{purpose}:{message.channel}:{event}",
        secret=True,
    )
