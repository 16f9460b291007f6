import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain import receipts
from intake.domain.receipts import ALPHABET, for_form_key, groups, hash_code, parse, pretty
from intake.domain.reports import submit
from intake.domain.submissions import Submission, new_form_key
from intake.models import Report

KEYS = st.binary(min_size=16, max_size=16).map(bytes.hex)
NOISE = st.sampled_from(["", " ", "-", "  ", "–", "\u00a0", "\u200b", "_", "."])


@given(KEYS)
def test_receipt_has_24_crockford_letters(form_key: str) -> None:
    code = for_form_key(form_key)
    assert len(code) == 24
    assert set(code) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@given(KEYS)
def test_receipt_of_same_form_key_is_the_same(form_key: str) -> None:
    assert for_form_key(form_key) == for_form_key(form_key)


@given(st.sets(KEYS, min_size=2, max_size=50))
def test_receipts_of_different_form_keys_differ(keys: set[str]) -> None:
    assert len({for_form_key(key) for key in keys}) == len(keys)


@given(KEYS, st.lists(NOISE, min_size=25, max_size=25), st.booleans(), st.data())
def test_parse_accepts_what_people_type(
    form_key: str, noise: list[str], lower: bool, data: st.DataObject
) -> None:
    code = for_form_key(form_key)
    typed = ""
    for letter, before in zip(code, noise, strict=False):
        alike = {"0": "0Oo", "1": "1IiLl"}.get(letter, letter)
        typed += before + data.draw(st.sampled_from(alike))
    assert parse((typed.lower() if lower else typed) + noise[-1]) == code


@given(KEYS)
def test_parse_accepts_pretty_full_width_and_pasted_link(form_key: str) -> None:
    code = for_form_key(form_key)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    assert parse(pretty(code)) == parse(wide) == code
    assert parse(f"https://kiemtin.example/tra-cuu/#{code}") == code
    assert "".join(groups(code)) == code
    assert len(groups(code)) == 6


@given(st.text(max_size=500))
def test_parse_never_raises_and_returns_only_codes(text: str) -> None:
    code = parse(text)
    assert code is None or (len(code) == 24 and set(code) <= set(ALPHABET))


@pytest.mark.parametrize(
    "text", ["", "7K3M", "7K3M 29QD XV5T 8HNC 4RWE 6PJU", "7" * 25, "7" * 100_000, "\0" * 24]
)
def test_parse_refuses_what_is_no_code(text: str) -> None:
    assert parse(text) is None


@given(KEYS)
def test_hash_does_not_contain_the_receipt_and_needs_the_key(form_key: str) -> None:
    code = for_form_key(form_key)
    assert len(hash_code(code)) == 64
    assert code.lower() not in hash_code(code)
    assert hash_code(code) != hmac.digest(b"another key", code.encode(), "sha256").hex()


@given(st.text("0123456789abcdef", min_size=32, max_size=64))
def test_key_hash_hides_the_key_and_keeps_a_common_beginning(form_key: str) -> None:
    hashed = receipts.key_hash(form_key)
    assert len(hashed) == 64
    assert form_key[:32] not in hashed
    assert hashed[:32] == receipts.key_hash(form_key[:32])[:32]
    assert hashed != receipts.key_hash(form_key + "0")


def test_stored_form_key_does_not_lead_to_the_receipt(unit) -> None:
    """Whoever reads the table cannot send the form again and be shown the receipt."""
    key = new_form_key()
    result = submit(Submission(text="Tin một", form_key=key))
    stored = Report.objects.values_list("form_key", flat=True).get()
    assert key not in stored
    assert submit(Submission(text="Tin hai", form_key=stored)).receipt != result.receipt


def test_receipt_depends_on_the_receipt_key(settings) -> None:
    key = new_form_key()
    before = for_form_key(key), hash_code("7" * 24)
    settings.RECEIPT_KEY = "another-receipt-key-of-no-value"
    assert for_form_key(key) != before[0]
    assert hash_code("7" * 24) != before[1]


def test_find_returns_the_report_of_its_own_receipt(unit) -> None:
    first, second = submit(Submission(text="Tin một")), submit(Submission(text="Tin hai"))
    assert receipts.find(first.receipt) == first.report
    assert receipts.find(second.receipt) == second.report
    assert receipts.find("7" * 24) is None


def test_find_costs_one_query_found_or_not(unit, django_assert_num_queries) -> None:
    receipt = submit(Submission(text="Tin một")).receipt
    for code in (receipt, "7" * 24):
        with django_assert_num_queries(1):
            receipts.find(code)


def test_receipt_is_stored_as_hash_only(unit) -> None:
    result = submit(Submission(text="Tin một"))
    row = Report.objects.filter(pk=result.report.pk).values().get()
    assert row["receipt_hash"] == hash_code(result.receipt)
    assert result.receipt not in str(row)
