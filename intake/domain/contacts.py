"""Where to send the answer, if asked: sealed, apart from the report, and deleted on its day."""

from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from channels.domain import encryption
from intake.models import Contact, Report


def keep(report: Report, email: str, *, by: User | None) -> Contact:
    """Seal an address for CONTACT_DAYS. The report's own audit row says that there is one."""
    now = timezone.now()
    return Contact.objects.create(
        report=report,
        email_sealed=encryption.encrypt(email),
        created_at=now,
        delete_after=now + timedelta(days=settings.CONTACT_DAYS),
    )


def address_of(report: Report) -> str:
    """Return the address to answer to, ``""`` if none was given or its time is over."""
    contact = Contact.objects.filter(report=report, delete_after__gt=timezone.now()).first()
    return encryption.decrypt(contact.email_sealed) if contact else ""


def is_address(report: Report, email: str) -> bool:
    """Say whether this is the address kept with a report; no if it cannot be opened."""
    try:
        return email == address_of(report)
    except InvalidToken:
        return False


def delete_expired(*, by: User | None) -> int:
    """Delete every contact whose time is over, each with its audit row; return how many."""
    due = Contact.objects.filter(delete_after__lte=timezone.now()).select_related("report")
    deleted = 0
    for contact in due.iterator(chunk_size=200):
        with transaction.atomic():
            if Contact.objects.filter(pk=contact.pk).delete()[0]:
                log.record(AuditEvent.CONTACT_DELETED, contact.report, by=by)
                deleted += 1
    return deleted
