from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import InvalidToken
from django.utils import timezone

from audit.domain import log
from channels.protocol import ContactAddress
from intake.domain import contacts
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.models import Contact

GIVEN = "2026-11-21T20:12:00+07:00"


@pytest.fixture
def report(unit):
    with time_machine.travel(GIVEN, tick=False):
        return submit(
            Submission(text="Mai nghỉ học", contact=contacts.from_email("Phu.Huynh@example.com"))
        ).report


def test_address_is_encrypted_in_its_own_table(report) -> None:
    stored = Contact.objects.get().address_encrypted
    assert "example" not in stored.lower()
    assert "huynh" not in stored.lower()
    with time_machine.travel(GIVEN):
        assert contacts.contact_of(report) == ContactAddress("email", "Phu.Huynh@example.com")


def test_address_encrypted_with_another_key_cannot_be_decrypted(report, settings) -> None:
    settings.SEALING_KEY = "another-sealing-key-of-no-value"
    with time_machine.travel(GIVEN), pytest.raises(InvalidToken):
        contacts.contact_of(report)


@pytest.mark.parametrize(("seconds", "deleted"), [(-1, 0), (0, 1), (1, 1)])
def test_contact_is_deleted_when_its_time_is_over_and_not_before(
    report, settings, seconds: int, deleted: int
) -> None:
    due = Contact.objects.get().created_at + timedelta(days=settings.CONTACT_DAYS, seconds=seconds)
    with time_machine.travel(due, tick=False):
        assert (contacts.contact_of(report) is None) is bool(deleted)
        assert contacts.delete_expired(by=None) == deleted
    assert Contact.objects.count() == 1 - deleted


def test_deletion_is_audited_once(report) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        contacts.delete_expired(by=None)
        assert contacts.delete_expired(by=None) == 0
    assert [entry.verb for entry in log.history(report)] == ["report.received", "contact.deleted"]
    assert log.history(report).last().data == {}


def test_report_without_contact_has_none(unit) -> None:
    assert contacts.contact_of(submit(Submission(text="Mai nghỉ học")).report) is None


def test_is_contact_compares_channel_and_address(report, settings) -> None:
    with time_machine.travel(GIVEN):
        assert contacts.is_contact(report, ContactAddress("email", "Phu.Huynh@example.com"))
        assert not contacts.is_contact(report, ContactAddress("email", "khac@example.com"))
        assert not contacts.is_contact(report, ContactAddress("zalo", "Phu.Huynh@example.com"))
        settings.SEALING_KEY = "another-sealing-key-of-no-value"
        assert not contacts.is_contact(report, ContactAddress("email", "Phu.Huynh@example.com"))
