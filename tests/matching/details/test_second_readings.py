import pytest

from matching.details.second_readings import has_second_reading


@pytest.mark.parametrize(
    "text",
    [
        "truong hoa mai tang hoc phi 200k cho lop 6", "dung cho con uong sua hoc duong nua",
        "cho uong nuoc chanh moi ngay", "truong sap dong cua vi thieu hoc sinh",
        "bo y te cam tiem vac xin nay", "truong hoa mai tang học phi tu thang 9",
    ],
)  # fmt: skip
def test_word_with_an_opposite_reading(text):
    assert has_second_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "hoc sinh toan tinh duoc nghi hoc tu 17/2 den het 29/2", "Trường Hoa Mai tăng học phí",
        "truong cho hoc sinh nghi hoc tu thu hai", "The school is cut off by the flood", "tang",
        "Trường Hoa Mai tặng 50 suất quà", "",
    ],
)  # fmt: skip
def test_text_that_can_be_read_in_one_way(text):
    assert not has_second_reading(text)
