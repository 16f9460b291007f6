from datetime import timedelta

import pytest
import time_machine
from cryptography.fernet import InvalidToken
from django.utils import timezone

from audit.domain import log
from intake.domain import contacts
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.models import Contact

GIVEN = "2026-11-21T20:12:00+07:00"


@pytest.fixture
def report(unit):
    with time_machine.travel(GIVEN, tick=False):
        return submit(Submission(text="x", contact_email="Phu.Huynh@example.com")).report


def test_address_is_sealed_in_its_own_table(report) -> None:
    stored = Contact.objects.get().email_sealed
    assert "example" not in stored.lower()
    assert "huynh" not in stored.lower()
    with time_machine.travel(GIVEN):
        assert contacts.address_of(report) == "Phu.Huynh@example.com"


def test_address_sealed_with_another_key_cannot_be_opened(report, settings) -> None:
    settings.SEALING_KEY = "another-sealing-key-of-no-value"
    with time_machine.travel(GIVEN), pytest.raises(InvalidToken):
        contacts.address_of(report)


@pytest.mark.parametrize(("seconds", "deleted"), [(-1, 0), (0, 1), (1, 1)])
def test_contact_is_deleted_when_its_time_is_over_and_not_before(
    report, settings, seconds: int, deleted: int
) -> None:
    due = Contact.objects.get().created_at + timedelta(days=settings.CONTACT_DAYS, seconds=seconds)
    with time_machine.travel(due, tick=False):
        assert (contacts.address_of(report) == "") is bool(deleted)
        assert contacts.delete_expired(by=None) == deleted
    assert Contact.objects.count() == 1 - deleted


def test_deletion_is_audited_once(report) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        contacts.delete_expired(by=None)
        assert contacts.delete_expired(by=None) == 0
    assert [entry.verb for entry in log.history(report)] == ["report.received", "contact.deleted"]
    assert log.history(report).last().data == {}


def test_report_without_contact_has_no_address(unit) -> None:
    assert contacts.address_of(submit(Submission(text="x")).report) == ""
