"""Contacts: where to send the answer, encrypted, apart from the report, for CONTACT_DAYS."""

from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from channels.domain import encryption
from channels.email.channel import EmailChannel
from channels.protocol import ContactAddress
from intake.models import Contact, Report


def from_email(address: str) -> ContactAddress | None:
    """The contact typed into an e-mail field; None for an empty one."""
    return ContactAddress(EmailChannel.name, address) if address else None


def store(report: Report, contact: ContactAddress) -> Contact:
    """Store an address for CONTACT_DAYS. The report's own audit row notes that there is one, so
    this writes none."""
    now = timezone.now()
    return Contact.objects.create(
        report=report,
        channel=contact.channel,
        address_encrypted=encryption.encrypt(contact.address),
        created_at=now,
        delete_after=now + timedelta(days=settings.CONTACT_DAYS),
    )


def contact_of(report: Report) -> ContactAddress | None:
    """Return where to send the answer; None if no contact was given or it has expired.

    Raises:
        cryptography.fernet.InvalidToken: encrypted with another SEALING_KEY.
    """
    row = Contact.objects.filter(report=report, delete_after__gt=timezone.now()).first()
    if row is None:
        return None
    return ContactAddress(row.channel, encryption.decrypt(row.address_encrypted))


def is_contact(report: Report, contact: ContactAddress) -> bool:
    """Whether this is the contact kept with a report; False if that one cannot be decrypted."""
    try:
        return contact == contact_of(report)
    except InvalidToken:
        return False


def delete_expired(*, by: User | None) -> int:
    """Delete every expired contact, each with its audit row; return how many."""
    due = Contact.objects.filter(delete_after__lte=timezone.now()).select_related("report")
    deleted = 0
    for contact in due.iterator(chunk_size=200):
        with transaction.atomic():
            if Contact.objects.filter(pk=contact.pk).delete()[0]:
                log.record(AuditEvent.CONTACT_DELETED, contact.report, by=by)
                deleted += 1
    return deleted
