"""E-mail: one plain-text message out, and what its failure means. Nothing comes in."""

import smtplib

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channels.exceptions import DeliveryError, PermanentError, TransientError
from channels.protocol import Channel

ADDRESS_LIMIT = 254  # characters (RFC 5321)


class EmailChannel(Channel):
    """Outgoing only."""

    name = "email"
    label = gettext_lazy("E-mail")

    def send(self, *, recipient: str, subject: str, body: str, message_id: str) -> None:
        """Hand the message to the mail server. A refusal for good (5xx) is permanent."""
        message = EmailMessage(
            subject=subject,
            body=body,
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[recipient],
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        )
        try:
            message.send()
        except Exception as error:
            raise classify(error) from error

    def address_error(self, address: str) -> str:
        try:
            validate_email(address)
        except ValidationError:
            pass
        else:
            if len(address) <= ADDRESS_LIMIT:
                return ""
        return _("This is not a complete e-mail address. Check it, or leave it empty.")

    def answer_footer(self, days: int) -> str:
        return _(
            "You get this letter because you left your address with a report. It is deleted "
            "%(days)s days after that. Please do not answer: nobody reads this mailbox."
        ) % {"days": days}


def classify(error: Exception) -> DeliveryError:
    """The error as permanent or transient. Its text may quote the address, so only its type and
    code are kept."""
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _text in error.recipients.values()})
        label = f"{name} {','.join(map(str, codes))}"
        permanent = bool(codes) and all(500 <= code < 600 for code in codes)
        return PermanentError(label) if permanent else TransientError(label)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return TransientError(
            f"{name} {error.smtp_code}"
        )  # our password: goes out once it is right
    if isinstance(error, smtplib.SMTPResponseException):
        label = f"{name} {error.smtp_code}"
        permanent = 500 <= error.smtp_code < 600
        return PermanentError(label) if permanent else TransientError(label)
    if isinstance(error, ValueError | UnicodeError):  # an address or header no server would take
        return PermanentError(name)
    return TransientError(name)
