"""One plain-text e-mail out, and what its failure means."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from channels.exceptions import DeliveryError, PermanentError, TransientError


def send(*, recipient: str, subject: str, body: str, message_id: str) -> None:
    """Hand the message to the mail server.

    Args:
        message_id: the same for every attempt, so that a receiver who got the first one in spite
            of an error can recognise the second.

    Raises:
        PermanentError: the address or the message is refused for good (5xx).
        TransientError: anything else.
    """
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
        return TransientError(f"{name} {error.smtp_code}")  # ours to mend, then it goes out
    if isinstance(error, smtplib.SMTPResponseException):
        label = f"{name} {error.smtp_code}"
        permanent = 500 <= error.smtp_code < 600
        return PermanentError(label) if permanent else TransientError(label)
    if isinstance(error, ValueError | UnicodeError):  # an address or header no server would take
        return PermanentError(name)
    return TransientError(name)
