from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from intake.domain import senders
from intake.models import DailyKey
from web.network import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        (" 203.0.113.77 ", "203.0.113.0/24"),
        ("2001:db8:1:2ff:3::4", "2001:db8:1:200::/56"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/56"),
        ("", ""),
        ("unix:", ""),
        ("203.0.113.77, 10.0.0.1", ""),
    ],
)
def test_network_of_keeps_the_prefix_only(address: str, network: str) -> None:
    assert network_of(address) == network


@given(st.text(max_size=60))
def test_network_of_never_raises(text: str) -> None:
    network_of(text)


def test_hash_is_the_same_within_a_day_and_different_the_next(db) -> None:
    with time_machine.travel("2026-11-21T20:00:00+07:00", tick=False):
        first = senders.hash_sender("203.0.113.0/24")
        assert senders.hash_sender("203.0.113.0/24") == first
        assert senders.hash_sender("198.51.100.0/24") != first
        assert len(first) == 32
    with time_machine.travel("2026-11-22T00:00:01+07:00", tick=False):
        assert senders.hash_sender("203.0.113.0/24") != first


def test_hash_of_an_unknown_sender_is_empty_and_makes_no_key(db) -> None:
    assert senders.hash_sender("") == ""
    assert not DailyKey.objects.exists()


def test_delete_keys_before_destroys_keys_of_past_days_only(db) -> None:
    today = date(2026, 11, 21)
    for day in (today, today - timedelta(days=1), today - timedelta(days=9)):
        DailyKey.objects.create(day=day, key=b"x" * 32)
    assert senders.delete_keys_before(today) == 2
    assert [key.day for key in DailyKey.objects.all()] == [today]
