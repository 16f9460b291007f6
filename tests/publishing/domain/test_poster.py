import pytest

from publishing.domain import poster
from tests.publishing import rows

pytestmark = pytest.mark.django_db
SENTENCE = "Văn bản nêu rõ phạm vi và mốc ngày thông báo cho phụ huynh. "


def test_poster_of_a_short_notice_has_all_its_text_in_large_type() -> None:
    version = rows.notice("di-hoc", what_is_true="Chỉ **sáu** xã.", what_to_do="Đi học.")
    made = poster.poster_for(version)
    assert made.size == "l"
    assert "<strong>sáu</strong>" in made.what_is_true
    assert made.what_to_do == ["Đi học."]
    assert "1482/SGDĐT-VP" in made.sources


def test_poster_of_a_long_notice_is_cut_to_a_page() -> None:
    version = rows.notice(
        "dai",
        claim=(SENTENCE * 9)[:500],
        what_is_true="\n".join([f"- **{SENTENCE.strip()}**"] * 40),
        what_to_do="\n".join([SENTENCE] * 30),
    )
    made = poster.poster_for(version)
    assert made.size == "s"
    assert len(made.claim) <= poster.CLAIM_LIMIT
    assert len(made.what_to_do) <= poster.DO_LINES
    assert made.what_is_true.count("<li>") <= poster.TRUE_LINES
    assert "**" not in made.what_is_true


def test_poster_of_many_short_lines_is_cut_by_lines() -> None:
    version = rows.notice("dong", what_is_true="\n".join(["- Một."] * 50))
    assert poster.poster_for(version).what_is_true.count("<li>") == poster.TRUE_LINES
