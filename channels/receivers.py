"""Invitations leave as e-mails."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Invitation
from accounts.signals import invited
from channels.domain.outbox import queue_message
from channels.email.channel import EmailChannel


@receiver(invited, dispatch_uid="channels.invited")
def send_invitation(
    sender: object, *, invitation: Invitation, link: str, language: str, **kwargs: Any
) -> None:
    """Runs inside the transaction that made the invitation, so both exist or neither does."""
    with override(language):
        subject, body = _invitation_text(invitation, link)
    queue_message(
        channel=EmailChannel.name,
        to=invitation.email,
        subject=subject,
        body=body,
        purpose="invitation",
        dedupe_key=f"invitation:{invitation.token_hash}",
        by=invitation.invited_by,
        secret=True,
    )


def _invitation_text(invitation: Invitation, link: str) -> tuple[str, str]:
    """Subject and body in the language that is active."""
    values = {
        "site": settings.SITE_NAME,
        "unit": invitation.unit.name,
        "role": invitation.get_role_display(),
        "end": date_format(timezone.localtime(invitation.expires_at), "SHORT_DATETIME_FORMAT"),
    }
    paragraphs = [
        _("Hello,"),
        _("You are invited to %(site)s as “%(role)s” of %(unit)s.") % values,
        _("Open this link to choose a password and begin. It works once, until %(end)s:") % values,
        link,
        _("If you did not expect this, ignore this message: nothing happens."),
    ]
    return _("Invitation to %(site)s: %(unit)s") % values, "\n\n".join(paragraphs)
