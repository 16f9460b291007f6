from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from PIL import Image

from audit.models import AuditEntry
from channels.domain import encryption
from channels.models import InboundEvent, Message
from channels.protocol import ContactAddress, InboundMessage
from intake.domain import contacts, inbound, receipts, reports, senders
from intake.models import Report
from tests.channels.sample.platform import sample
from tests.intake import sample_images

__all__ = ["sample"]

pytestmark = pytest.mark.usefixtures("unit", "sample")
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def message(**changes: Any) -> InboundMessage:
    values = {"channel": "sample", "event_id": "e-1", "sender": "u-77", "text": "Mai nghỉ học à?"}
    return InboundMessage(**(values | changes))


def queued() -> tuple[str, str, str]:
    """Purpose, recipient and body of the only message in the outbox."""
    row = Message.objects.get()
    assert (row.channel, row.is_secret) == ("sample", True)
    return (
        row.purpose,
        encryption.decrypt(row.recipient_encrypted),
        encryption.decrypt(row.body),
    )


def test_message_becomes_a_report_with_contact_pictures_and_sender_hash() -> None:
    screenshot = sample_images.encoded("PNG")
    report = inbound.receive(message(url="https://example.com/a", images=(screenshot,)))
    assert (report.text, report.url) == ("Mai nghỉ học à?", "https://example.com/a")
    assert (report.origin, report.seen_when, report.language) == ("sample", "", "vi")
    assert report.attachments.count() == 1
    assert contacts.contact_of(report) == ContactAddress("sample", "u-77")
    assert report.sender_hash == senders.hash_sender("sample u-77")
    entry = AuditEntry.objects.get(verb="report.received")
    assert entry.data == {"origin": "sample", "pictures": 1, "contact": True}


def test_sender_is_told_the_receipt_through_the_channel() -> None:
    report = inbound.receive(message())
    purpose, recipient, body = queued()
    assert (purpose, recipient) == ("receipt", "u-77")
    code = next(code for line in body.splitlines() if (code := receipts.parse(line[-29:])))
    assert receipts.find(code) == report
    assert receipts.tracking_url() in body


def test_receipt_does_not_follow_from_the_event() -> None:
    report = inbound.receive(message())
    for key in ("e-1", "sample:e-1", "e-1".ljust(32, "0")):
        assert receipts.find(receipts.for_form_key(key)) != report


def test_same_event_again_is_no_report_whatever_it_contains() -> None:
    assert inbound.receive(message())
    assert inbound.receive(message(text="Tin khác", sender="u-78")) is None
    assert Report.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize(
    ("sent_at", "seen_when"),
    [
        (NOON, ""),
        (datetime(2026, 11, 21, 18, 0, tzinfo=UTC), ""),  # a clock that is ahead
        (datetime(2026, 11, 20, 17, 0, tzinfo=UTC), ""),  # midnight in Viet Nam
        (datetime(2026, 11, 20, 16, 59, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 18, 5, 0, tzinfo=UTC), "earlier"),
    ],
)
def test_message_delivered_late_was_seen_on_the_day_it_was_sent(
    sent_at: datetime, seen_when: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        assert inbound.receive(message(sent_at=sent_at)).seen_when == seen_when


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": ""}, "trống"),
        ({"text": "x" * 5001}, "5.000"),
        ({"images": (b"no picture",)}, "JPEG"),
    ],
)
def test_message_that_cannot_be_a_report_is_answered_with_the_reason_once(
    changes: dict[str, Any], reason: str
) -> None:
    for _ in range(2):
        assert inbound.receive(message(**changes)) is None
    purpose, recipient, body = queued()
    assert (purpose, recipient) == ("refusal", "u-77")
    assert reason in body
    assert not Report.objects.exists()


def test_message_without_a_sender_is_a_report_nobody_is_told_about() -> None:
    report = inbound.receive(message(sender=""))
    assert (report.sender_hash, contacts.contact_of(report)) == ("", None)
    assert not Message.objects.exists()


def test_failure_rolls_event_report_and_receipt_back(monkeypatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(inbound.outbox, "queue_message", fail)
    with pytest.raises(RuntimeError):
        inbound.receive(message())
    assert not Report.objects.exists()
    assert not InboundEvent.objects.exists()


def test_origin_that_is_no_channel_is_refused() -> None:
    with pytest.raises(ValueError, match="fax"):
        reports.submit(reports.Submission(text="Mai nghỉ học", origin="fax"))


@pytest.mark.parametrize("sender", ["", " ", "\u200b", "\n", "\ud800"])
def test_sender_without_a_visible_character_is_kept_nowhere_and_gets_nothing(sender: str) -> None:
    report = inbound.receive(message(sender=sender))
    assert contacts.contact_of(report) is None
    assert not Message.objects.exists()


def test_receipt_and_answer_go_to_the_same_cleaned_address() -> None:
    report = inbound.receive(message(sender=" u-\u200b77\n"))
    assert queued()[1] == contacts.contact_of(report).address == "u-77"


def test_nothing_is_sent_to_an_address_that_the_channel_refuses(
    sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(sample), "address_error", lambda self, address: "no")
    assert inbound.receive(message()) is None
    assert not Message.objects.exists()


def test_pictures_are_decoded_before_the_transaction_and_no_more_than_can_be_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    depths = []
    prepare = inbound.images.prepare

    def noted(upload: Any) -> Any:
        depths.append(len(connection.savepoint_ids))
        return prepare(upload)

    outside = len(connection.savepoint_ids)  # the test's own transaction
    monkeypatch.setattr(inbound.images, "prepare", noted)
    pictures = [
        sample_images.encoded("PNG", Image.new("RGB", (60, 40), (number, 0, 0)))
        for number in range(50)
    ]
    assert inbound.receive(message(images=tuple(pictures))) is None
    assert depths == [outside] * (inbound.images.MAX_FILES + 1)
    assert queued()[0] == "refusal"


def test_time_that_no_calendar_has_is_left_out() -> None:
    report = inbound.receive(message(sent_at=datetime.max.replace(tzinfo=UTC)))
    assert report.seen_when == ""
