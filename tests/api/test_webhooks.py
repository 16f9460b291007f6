import json
import threading
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from audit.models import AuditEntry
from channels import registry
from channels.models import InboundEvent, Message
from channels.protocol import InboundMessage
from intake.domain import inbound
from intake.models import Report
from tests.channels.sample.channel import SampleChannel, signature
from tests.channels.sample.platform import URL, deliver, post, sample, text_event
from tests.factories import cast

__all__ = ["cast", "sample"]

pytestmark = pytest.mark.django_db
TEXT = "Ngày mai toàn trường nghỉ học"


def nothing_is_stored() -> bool:
    return not (
        Report.objects.exists() or InboundEvent.objects.exists() or Message.objects.exists()
    )


def test_same_event_delivered_again_is_one_report_and_one_receipt(cast, sample) -> None:
    assert [deliver(text_event(TEXT)).status_code for _ in range(3)] == [200, 200, 200]
    assert Report.objects.count() == Message.objects.count() == 1
    assert AuditEntry.objects.filter(verb="report.received").count() == 1


def test_same_event_id_of_another_channel_is_another_report(cast, sample, monkeypatch) -> None:
    deliver(text_event(TEXT))
    InboundEvent.objects.update(channel="zalo")
    deliver(text_event(TEXT))
    assert Report.objects.count() == 2


def test_each_message_of_a_delivery_is_a_report_and_the_rest_is_ignored(cast, sample) -> None:
    sticker = {"type": "sticker", "id": "e-9", "from": "u-77"}
    assert deliver(text_event(TEXT), sticker, text_event("Tin khác", "e-2")).status_code == 200
    assert {report.text for report in Report.objects.all()} == {TEXT, "Tin khác"}


@pytest.mark.parametrize("name", ["khong-co", "email"])
def test_unknown_and_outgoing_only_channels_are_404(cast, sample, name: str) -> None:
    assert Client().post(f"/kenh/{name}/", b"{}", "application/json").status_code == 404
    assert nothing_is_stored()


def test_get_is_405(sample) -> None:
    assert Client().get(URL).status_code == 405


@pytest.mark.parametrize("mark", ["", "0" * 64, "không phải"])
def test_missing_or_wrong_signature_is_403_and_stores_nothing(cast, sample, mark: str) -> None:
    body = json.dumps({"events": [text_event(TEXT)]}).encode()
    assert post(body, signed=mark).status_code == 403
    assert nothing_is_stored()


def test_signature_of_another_body_is_403(cast, sample) -> None:
    one, other = (json.dumps({"events": [text_event(text)]}).encode() for text in ("a", "b"))
    assert post(one, signed=signature(other)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[]", b"null", b'{"events": 1}', b'{"events": [{"type": "text"}]}'],
)
def test_garbled_body_is_400_and_stores_nothing(cast, sample, body: bytes) -> None:
    assert post(body).status_code == 400
    assert nothing_is_stored()


def test_oversized_body_is_413_before_it_is_read(cast, sample, settings, monkeypatch) -> None:
    monkeypatch.setattr(SampleChannel, "verify", lambda *args: pytest.fail("verified"))
    assert post(b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)).status_code == 413
    assert nothing_is_stored()


def test_failure_before_the_commit_stores_nothing_and_the_next_delivery_makes_the_report(
    cast, sample, monkeypatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(inbound.outbox, "queue_message", fail)
        assert deliver(text_event(TEXT)).status_code == 500
    assert nothing_is_stored()
    assert deliver(text_event(TEXT)).status_code == 200
    assert Report.objects.get().text == TEXT


def test_failure_at_the_second_message_leaves_the_first_and_the_next_delivery_adds_the_second(
    cast, sample, monkeypatch
) -> None:
    submit = inbound.reports.submit

    def fail(submission: Any) -> Any:
        if submission.text != TEXT:
            raise RuntimeError("killed")
        return submit(submission)

    events = [text_event(TEXT), text_event("Tin khác", "e-2")]
    with monkeypatch.context() as patch:
        patch.setattr(inbound.reports, "submit", fail)
        assert deliver(*events).status_code == 500
    assert deliver(*events).status_code == 200
    assert Report.objects.count() == 2


def test_message_that_fails_does_not_stop_those_after_it(cast, sample, monkeypatch) -> None:
    submit = inbound.reports.submit

    def fail(submission: Any) -> Any:
        if submission.text == TEXT:
            raise RuntimeError("killed")
        return submit(submission)

    monkeypatch.setattr(inbound.reports, "submit", fail)
    for _delivery in range(2):
        assert deliver(text_event(TEXT), text_event("Tin khác", "e-2")).status_code == 500
    assert [report.text for report in Report.objects.all()] == ["Tin khác"]


def test_message_without_an_id_is_asked_for_again_and_the_rest_is_stored(cast, sample) -> None:
    assert deliver(text_event(TEXT, ""), text_event("Tin khác", "e-2")).status_code == 500
    assert [report.text for report in Report.objects.all()] == ["Tin khác"]


def test_channel_cannot_speak_for_another(cast, sample, monkeypatch) -> None:
    forged = InboundMessage("email", "e-1", "victim@example.vn", "Mai nghỉ học à?")
    monkeypatch.setattr(SampleChannel, "parse", lambda self, body: [forged])
    assert post(b"{}").status_code == 200
    assert (Message.objects.get().channel, Report.objects.get().origin) == ("sample", "sample")


@pytest.mark.parametrize("method", ["verify", "parse"])
def test_error_in_a_channel_is_500_and_its_text_is_not_logged(
    cast, sample, monkeypatch, caplog, method: str
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("canary")

    monkeypatch.setattr(SampleChannel, method, fail)
    assert deliver(text_event(TEXT)).status_code == 500
    assert nothing_is_stored()
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text


def test_logs_name_the_channel_and_nothing_of_the_message(cast, sample, caplog) -> None:
    caplog.set_level("INFO")
    deliver(text_event(TEXT, sender="u-canary"))
    post(b"canary", signed="canary")
    post(b"canary")
    Client().post("/kenh/canary/", b"", "application/json")
    assert "webhook received" in caplog.text
    assert "webhook refused" in caplog.text
    for secret in (TEXT, "canary", "e-1"):
        assert secret not in caplog.text


def test_every_name_in_the_registry_fits_the_address_and_the_columns() -> None:
    fields = (
        Report._meta.get_field("origin"),
        Message._meta.get_field("channel"),
        InboundEvent._meta.get_field("channel"),
    )
    for name in registry.CHANNELS:
        assert name.replace("_", "").isalnum()
        assert all(len(name) <= (field.max_length or 0) for field in fields)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_deliveries_make_one_report(cast, sample) -> None:
    rounds = 15
    barrier, statuses = threading.Barrier(2), []

    def run() -> None:
        try:
            for number in range(rounds):
                barrier.wait(timeout=30)
                statuses.append(deliver(text_event(f"Tin {number}", f"e-{number}")).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert statuses == [200] * 2 * rounds
    assert Report.objects.count() == InboundEvent.objects.count() == rounds
    assert Message.objects.filter(purpose="receipt").count() == rounds


def test_deep_json_is_refused_and_a_busy_database_asks_for_another_delivery(
    cast, sample, monkeypatch
) -> None:
    assert post(b"[" * 100_000).status_code == 400

    def busy(message: InboundMessage) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(inbound, "receive", busy)
    response = deliver(text_event(TEXT))
    assert (response.status_code, response["Retry-After"]) == (503, "120")
