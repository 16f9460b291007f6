import pytest
from django.db import transaction

from channels.domain import inbound_events
from channels.models import InboundEvent

pytestmark = pytest.mark.django_db


def test_claim_is_true_once_for_each_channel_and_event() -> None:
    events = [("zalo", "1"), ("zalo", "1"), ("zalo", "2"), ("telegram", "1"), ("telegram", "1")]
    claimed = [inbound_events.claim(channel, event_id) for channel, event_id in events]
    assert claimed == [True, False, True, True, False]


def test_claim_goes_with_its_transaction() -> None:
    with transaction.atomic():
        assert inbound_events.claim("zalo", "1")
        transaction.set_rollback(True)
    assert inbound_events.claim("zalo", "1")


@pytest.mark.parametrize("event_id", ["1", "<a@b.vn>", "x" * 5_000, "\ud800"])
def test_event_of_any_length_and_letters_is_stored_as_a_hash(event_id: str) -> None:
    assert inbound_events.claim("zalo", event_id)
    stored = InboundEvent.objects.get().event_hash
    assert len(stored) == 64
    assert stored == inbound_events.event_hash(event_id)


def test_event_without_an_id_is_an_error_and_stores_nothing() -> None:
    with pytest.raises(ValueError, match="id"):
        inbound_events.claim("zalo", "")
    assert not InboundEvent.objects.exists()
