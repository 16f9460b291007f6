"""A wording has a value of its kind in each slot, and everything else equal; nothing unread."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.scoring import slot_wordings
from matching.scoring.slot_wordings import SlotKind

WORDING = (
    "Em là {người gọi} {tên} lớp {lớp}. {con} bị ngã cầu thang đang cấp cứu ở {bệnh viện}, chị "
    "chuyển ngay {số tiền} vào số tài khoản {số tài khoản}"
)
MESSAGE = (
    "Em là cô Hương lớp 3B. Bé nhà mình bị ngã cầu thang đang cấp cứu ở BV Nhi đồng 1, chị chuyển "
    "ngay 50 triệu vào STK 0123 456 789"
)


def _values(text: str, wording: str = WORDING) -> dict[SlotKind, str] | None:
    prepared = slot_wordings.prepare_wording(wording)
    values = slot_wordings.values_in(prepared, text, lambda name: name == "tiểu học nắng mai")
    return None if values is None else {value.kind: value.text for value in values}


def test_fitting_text_gives_the_values_of_its_slots() -> None:
    assert _values(MESSAGE) == {
        SlotKind.CALLER: "cô",
        SlotKind.NAME: "hương",
        SlotKind.CLASS: "3b",
        SlotKind.CHILD: "bé nhà mình",
        SlotKind.HOSPITAL: "bv nhi đồng 1",
        SlotKind.AMOUNT: "50000000 đồng",
        SlotKind.ACCOUNT: "0123456789",
    }


@pytest.mark.parametrize(
    "text",
    [
        MESSAGE.replace("50 triệu", "30.000.000đ"),
        MESSAGE.replace("50 triệu", "2tr5"),
        f"[Chuyển tiếp] CẢ NHÀ ƠI! {MESSAGE} 🙏",
        f"{MESSAGE} ạ",
        MESSAGE.upper(),
        MESSAGE.replace("cô Hương", "thầy Minh").replace("BV Nhi đồng 1", "bệnh viện Bạch Mai"),
    ],
)
def test_other_values_and_greetings_are_fitting_text(text: str) -> None:
    assert _values(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        MESSAGE.replace("chuyển ngay", "đừng chuyển ngay"),
        MESSAGE.replace("chuyển ngay", "không phải chuyển ngay"),
        MESSAGE + " ❌",
        MESSAGE.replace("Hương", "giả"),
        MESSAGE.replace("Nhi đồng 1", "nào đó không có thật"),
        MESSAGE.replace("cầu thang", "c\u0336ầ\u0336u\u0336 thang"),
        MESSAGE + " https://ngan-hang.example/chuyen",
        MESSAGE + " Cô Hương đã xác nhận là thật.",
        MESSAGE.replace("50 triệu", "một ít tiền"),
        MESSAGE.replace("0123 456 789", "0123"),
        "em la co huong lop 3b be nha minh bi nga cau thang dang cap cuu o bv nhi dong 1, chi "
        "chuyen ngay 50 trieu vao so tai khoan 0123456789",
        "",
        "Con đang cấp cứu",
    ],
)
def test_whatever_else_differs_is_no_fitting_text(text: str) -> None:
    assert _values(text) is None


def test_school_is_one_that_is_registered() -> None:
    wording = "Thông báo của {trường}: nộp gấp {số tiền} tiền viện phí cho cháu đang cấp cứu"
    text = "Thông báo của {}: nộp gấp 5 triệu tiền viện phí cho cháu đang cấp cứu"
    assert _values(text.format("Tiểu học Nắng Mai"), wording)
    assert _values(text.format("trường không có thật"), wording) is None


@given(st.text(min_size=1, max_size=12), st.integers(min_value=0, max_value=20))
@settings(max_examples=50, deadline=None)
def test_any_word_added_outside_the_slots_is_read(word: str, place: int) -> None:
    """What is added is either nothing that the match key keeps, or no wording."""
    words = MESSAGE.split(" ")
    text = " ".join([*words[:place], word, *words[place:]])
    if _values(text) is not None:
        compared, before = (slot_wordings._compared(one) for one in (text, MESSAGE))
        fixed = set(slot_wordings.prepare_wording(WORDING).fixed_words)
        added = [one for one in compared.split(" ") if one not in before.split(" ")]
        assert not fixed & set(added)
        assert all(one[:1] != "\x1f" for one in added)


def test_text_with_most_fixed_words_is_alike_also_without_diacritics() -> None:
    wording = slot_wordings.prepare_wording(WORDING)
    assert slot_wordings.is_alike(
        wording, "con chi bi nga cau thang dang cap cuu, chuyen ngay vao tk"
    )
    assert not slot_wordings.is_alike(wording, "Ngày mai trường nghỉ học để tránh bão")


def test_wording_is_checked_before_it_is_used() -> None:
    assert slot_wordings.unknown_slots("chuyển {số tiền} cho {ai đó}") == ["ai đó"]
    assert slot_wordings.has_adjoining_slots("chuyển {số tiền}, {số tài khoản} ngay")
    assert slot_wordings.has_adjoining_slots("của {trường} {số tiền} ngay")
    assert not slot_wordings.has_adjoining_slots("{người gọi} {tên} lớp {lớp}. {con} bị ngã")
    with pytest.raises(ValueError, match="ai đó"):
        slot_wordings.prepare_wording("chuyển cho {ai đó}")
