"""Inbound messages of channels: each becomes one report, and its sender gets a receipt."""

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from channels.domain import inbound_events, outbox
from channels.protocol import ContactAddress, InboundMessage
from intake.domain import dates, receipts, reports
from intake.domain.submissions import Submission, new_form_key
from intake.exceptions import ValidationError
from intake.models import Report


def receive(message: InboundMessage) -> Report | None:
    """Store a message as a report, and queue its receipt for the sender through the channel.

    Event, report and receipt are one transaction: when this returns they survive any crash, and
    after a crash before that another delivery finds nothing. A message that cannot be a report (no
    content, too long, a damaged picture) is answered with the reason instead.

    Returns:
        The new report; None for a message that was received before or refused.
    """
    submission = _submission(message)
    with transaction.atomic(), translation.override(submission.language):
        if not inbound_events.claim(message.channel, message.event_id):
            return None
        try:
            result = reports.submit(submission)
        except ValidationError as error:
            _queue(message, "refusal", _("Your message could not be taken"), [str(error)])
            return None
        _queue(message, "receipt", _("Your report has arrived"), _receipt_text(result.receipt))
    return result.report


def _submission(message: InboundMessage) -> Submission:
    return Submission(
        text=message.text,
        url=message.url,
        seen_when=dates.seen_when(message.sent_at) if message.sent_at else "",
        images=[
            SimpleUploadedFile(_("picture") + f" {number}", data)
            for number, data in enumerate(message.images, 1)
        ],
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
    """Queue a message to the sender, marked secret: a receipt code works like a password."""
    if not message.sender:
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
