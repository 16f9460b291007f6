import pytest

from matching.details.rebuttal import one_side_rebuts
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    "text",
    [
        "Công an: không có chuyện bắt cóc",
        "Tin vỡ đập là tin giả",
        "Không có học sinh lớp 3 nào bị thôi miên",
        "Sở phủ nhận việc nghỉ học",
        "Police deny a kidnapping",
        "Fact check: garlic cures nothing",
        "The claim is false",
        "đâu có vụ bắt cóc nào ở cổng trường",
        "làm gì có bắt cóc",
        "bắt cóc làm gì có chuyện đó xảy ra được",
        "hông có vụ bắt cóc đâu nha",
        "tin bắt cóc là xạo",
        "nói có bắt cóc là bịa",
        "bắt cóc gì, tào lao",
        "[SAI] Có bắt cóc ở cổng trường",
        "Có bắt cóc ở cổng trường. Sai rồi nhé mọi người",
        "tin này sai nha",
        "tin vịt thôi",
    ],
)
def test_rebuttal_is_recognised_on_both_sides(text):
    claim = extract_slots("Có bắt cóc trẻ em ở cổng trường")
    assert one_side_rebuts(extract_slots(text), claim)
    assert one_side_rebuts(claim, extract_slots(text))
    assert not one_side_rebuts(extract_slots(text), extract_slots(text))


@pytest.mark.parametrize(
    "text",
    [
        "có phải tin giả không ạ",
        "là tin giả hay tin thật",
        "em sợ tin giả",
        "sữa giả bán ở chợ",
        "ở đâu có bán thuốc này",
        "phải làm gì để con được nghỉ",
        "đề thi in sai rồi nhé",
        "thầy bịa điểm cho học sinh",
        "cô chấm sai nhé mọi người",
        "tin này có xạo không ạ",
        "không biết con đi đâu nhé",
    ],
)
def test_question_or_goods_are_not_a_rebuttal(text):
    assert extract_slots(text).rebuttal == ()
