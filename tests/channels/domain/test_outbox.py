import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from audit.domain.log import history
from audit.enums import AuditEvent
from audit.models import AuditEntry
from channels import registry
from channels.domain import outbox
from channels.domain.encryption import decrypt
from channels.email.channel import EmailChannel
from channels.enums import MessageState
from channels.exceptions import DeliveryError, PermanentError, TransientError
from channels.models import Message

NOW = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)


def queue(**changes: Any) -> Message:
    values: dict[str, Any] = {
        "channel": "email",
        "to": "phu-huynh@example.vn",
        "subject": "Trả lời\nphản ánh",
        "body": "Nội dung",
        "purpose": "reply",
        "dedupe_key": "reply:1",
    }
    return outbox.queue_message(**(values | changes))


class Mailer(EmailChannel):
    """E-mail without a mail server: records the messages, raises the errors it was given."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.errors: list[DeliveryError | None] = []

    def send(self, **message: str) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        self.sent.append(message)


@pytest.fixture
def mailer(monkeypatch: pytest.MonkeyPatch) -> Mailer:
    mailer = Mailer()
    monkeypatch.setitem(registry.CHANNELS, "email", mailer)
    return mailer


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.mark.django_db
def test_queue_message_keeps_the_address_encrypted_and_out_of_the_record() -> None:
    message = queue()
    assert message.subject == "Trả lời phản ánh"
    assert "example" not in message.recipient_encrypted
    assert decrypt(message.recipient_encrypted) == "phu-huynh@example.vn"
    assert "example" not in str(list(AuditEntry.objects.values()))
    assert history(message).get().data == {"purpose": "reply"}


@pytest.mark.django_db
def test_queue_message_same_key_again_is_the_first_message(mailer: Mailer) -> None:
    first = queue()
    assert queue(body="anders") == first
    outbox.deliver(first.pk)
    assert queue() == first
    assert outbox.deliver(first.pk) is False
    assert [message["body"] for message in mailer.sent] == ["Nội dung"]
    assert history(first).count() == 1


@pytest.mark.django_db(transaction=True)
def test_queue_message_goes_with_its_transaction() -> None:
    @transaction.atomic
    def fail() -> None:
        queue()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_deliver_sends_through_the_mail_server_and_marks_the_row() -> None:
    message = queue()
    assert outbox.deliver(message.pk) is True
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (
        ["phu-huynh@example.vn"],
        "Trả lời phản ánh",
        "Nội dung",
    )
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert message.sent_at is not None


@pytest.mark.django_db
def test_deliver_unknown_or_early_message_does_nothing(mailer: Mailer) -> None:
    message = queue()
    Message.objects.update(not_before=timezone.now() + timedelta(minutes=1))
    assert outbox.deliver(message.pk) is False
    assert outbox.deliver(999_999) is False
    assert mailer.sent == []


@pytest.mark.django_db
def test_secret_body_is_encrypted_while_waiting_and_gone_once_sent(mailer: Mailer) -> None:
    message = queue(body="http://x/moi/abc/", secret=True)
    assert "moi" not in message.body
    outbox.deliver(message.pk)
    assert mailer.sent[0]["body"] == "http://x/moi/abc/"
    message.refresh_from_db()
    assert message.body == ""


@pytest.mark.django_db
def test_transient_errors_double_the_wait_and_keep_the_message_id(
    mailer: Mailer, clock: time_machine.Traveller
) -> None:
    message = queue()
    ids = []
    mailer.errors = [TransientError("Timeout")] * 7
    waits = []
    for _ in range(7):
        assert outbox.deliver(message.pk) is False
        message.refresh_from_db()
        assert (message.state, message.last_error) == (MessageState.PENDING, "Timeout")
        waits.append((message.not_before - timezone.now()).total_seconds() / 60)
        assert outbox.deliver(message.pk) is False  # not yet
        clock.move_to(message.not_before)
    assert waits == [1, 2, 4, 8, 16, 32, 60]
    assert outbox.deliver(message.pk) is True
    ids.append(mailer.sent[0]["message_id"])
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (MessageState.SENT, 8, "")
    assert ids == [f"<kt-{message.pk}-20261121130000000000@testserver>"]


@pytest.mark.django_db
def test_eighth_transient_error_fails_with_an_audit_row(
    mailer: Mailer, clock: time_machine.Traveller
) -> None:
    message = queue()
    mailer.errors = [TransientError("Timeout")] * 9
    for _ in range(8):
        outbox.deliver(message.pk)
        clock.shift(timedelta(hours=1))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.FAILED, 8)
    assert outbox.deliver(message.pk) is False
    assert outbox.sweep() == []
    entry = history(message).last()
    assert entry is not None
    assert (entry.verb, entry.actor) == ("message.failed", "system")
    assert entry.data == {"attempts": 8, "error": "Timeout"}


@pytest.mark.django_db
def test_permanent_error_fails_at_once(mailer: Mailer) -> None:
    message = queue()
    mailer.errors = [PermanentError("SMTPRecipientsRefused 550")]
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.FAILED, 1)
    assert message.last_error == "SMTPRecipientsRefused 550"


@pytest.mark.django_db
def test_message_encrypted_with_a_lost_key_fails_with_the_reason(
    mailer: Mailer, settings: Any
) -> None:
    message = queue()
    settings.SEALING_KEY = "another"
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.last_error) == (
        MessageState.FAILED,
        "encrypted with another SEALING_KEY",
    )


@pytest.mark.django_db
def test_message_of_a_channel_that_is_gone_names_it_and_fails_with_the_last_attempt() -> None:
    """Not at once: a worker of the former release does not know a new channel yet."""
    message = queue(channel="fax")
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.PENDING, "no channel fax")
    Message.objects.update(attempts=outbox.MAX_ATTEMPTS - 1, not_before=message.created_at)
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert message.state == MessageState.FAILED


@pytest.mark.django_db
def test_unexpected_error_of_a_channel_is_tried_again_and_kept_as_its_type_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise KeyError("https://bot.example/SECRET/u-77")

    message = queue()
    monkeypatch.setattr(EmailChannel, "send", fail)
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.PENDING, "KeyError")


@pytest.mark.django_db
def test_sweep_enqueues_what_was_lost_and_leaves_the_fresh(
    clock: time_machine.Traveller,
) -> None:
    old = queue()
    clock.shift(outbox.SWEEP_GRACE)
    queue(dedupe_key="reply:2")
    early = queue(dedupe_key="reply:3")
    Message.objects.filter(pk=early.pk).update(
        not_before=timezone.now() + timedelta(hours=1), created_at=NOW
    )
    assert outbox.sweep() == [old.pk]


@pytest.mark.django_db
def test_sweep_frees_what_a_dead_worker_had_claimed_after_five_minutes(
    mailer: Mailer, clock: time_machine.Traveller
) -> None:
    message = queue()
    Message.objects.update(state=MessageState.SENDING, claimed_at=NOW, attempts=1)
    clock.shift(outbox.STUCK_AFTER - timedelta(seconds=1))
    assert outbox.sweep() == []
    clock.shift(timedelta(seconds=1))
    assert outbox.sweep() == [message.pk]
    assert outbox.deliver(message.pk) is True
    message.refresh_from_db()
    assert message.attempts == 2


@pytest.mark.django_db
def test_sweep_message_whose_worker_dies_each_time_is_given_up(
    clock: time_machine.Traveller,
) -> None:
    message = queue()
    Message.objects.update(state=MessageState.SENDING, claimed_at=NOW, attempts=8)
    clock.shift(outbox.STUCK_AFTER)
    assert outbox.sweep() == []
    message.refresh_from_db()
    assert (message.state, message.last_error) == (
        MessageState.FAILED,
        "the worker died each time",
    )


@pytest.mark.django_db
def test_slow_worker_does_not_undo_what_its_successor_did(
    monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    message = queue()

    class SlowMailer(Mailer):
        """Takes so long that a sweep and another worker send the message, then fails."""

        def send(self, **kwargs: str) -> None:
            monkeypatch.setitem(registry.CHANNELS, "email", Mailer())
            clock.shift(outbox.STUCK_AFTER)
            assert outbox.sweep() == [message.pk]
            assert outbox.deliver(message.pk) is True
            raise TransientError("too late")

    monkeypatch.setitem(registry.CHANNELS, "email", SlowMailer())
    assert outbox.deliver(message.pk) is False
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.SENT, "")


@pytest.mark.django_db
def test_purge_sent_empties_ended_messages_after_seven_days(
    mailer: Mailer, clock: time_machine.Traveller
) -> None:
    sent, failed, waiting = (queue(dedupe_key=key) for key in ("a", "b", "c"))
    outbox.deliver(sent.pk)
    mailer.errors = [PermanentError("550")]
    outbox.deliver(failed.pk)
    clock.shift(timedelta(days=7))
    assert outbox.purge_sent() == 0
    clock.shift(timedelta(seconds=1))
    assert outbox.purge_sent() == 2
    for message in (sent, failed, waiting):
        message.refresh_from_db()
    assert {sent.recipient_encrypted, sent.body, failed.recipient_encrypted, failed.body} == {""}
    assert (sent.state, failed.state) == (MessageState.SENT, MessageState.FAILED)
    assert decrypt(waiting.recipient_encrypted) == "phu-huynh@example.vn"
    assert AuditEntry.objects.with_event(AuditEvent.MESSAGE_PURGED).get().data == {"count": 2}
    assert outbox.purge_sent() == 0


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(0, 1), (1, 1), (2, 2), (6, 32), (7, 60), (99, 60)]
)
def test_wait_after_doubles_up_to_an_hour(attempts: int, minutes: int) -> None:
    assert outbox.wait_after(attempts) == timedelta(minutes=minutes)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_concurrent_deliveries_send_once(mailer: Mailer) -> None:
    rounds, threads = 40, 4
    messages = [queue(dedupe_key=f"reply:{n}").pk for n in range(rounds)]
    barrier, outcomes = threading.Barrier(threads), []

    def work() -> None:
        try:
            for message_id in messages:
                barrier.wait(timeout=30)
                outcomes.append(outbox.deliver(message_id))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(outcomes) == rounds * threads
    assert sum(outcomes) == rounds
    assert len(mailer.sent) == rounds
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_concurrent_queueing_makes_one_message() -> None:
    barrier, made = threading.Barrier(4), []

    def work() -> None:
        try:
            barrier.wait(timeout=30)
            made.append(queue().pk)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(made) == 4
    assert set(made) == set(Message.objects.values_list("pk", flat=True))
    assert len(set(made)) == 1
