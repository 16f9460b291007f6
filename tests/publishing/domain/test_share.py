import pytest
from django.utils import translation

from factcheck.enums import Rating
from publishing.domain import notice_content, share
from tests.publishing import rows

pytestmark = pytest.mark.django_db


def _order(text: str, *parts: str) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_share_text_has_the_truth_first_then_the_rumour_then_source_and_link() -> None:
    version = rows.notice("di-hoc")
    text = share.share_text(version).text
    assert _order(
        text,
        "Học sinh đi học bình thường",
        "Chỉ sáu xã",
        "toàn tỉnh nghỉ học",
        "Văn bản trong ảnh không phải",
        "1482/SGDĐT-VP",
        notice_content.address(version.notice),
    )
    assert "**" not in text


def test_share_text_is_in_the_notices_language_whatever_the_readers() -> None:
    version = rows.notice("di-hoc", language="en")
    with translation.override("vi"):
        share_text = share.share_text(version)
    assert "Please note: " in share_text.text
    assert "is false." in share_text.text
    source = "Thanh Giang Department of Education, document 1482/SGDĐT-VP of 18/11/2026"
    assert source in share_text.text


def test_share_text_of_a_correction_begins_with_it() -> None:
    first = rows.notice("di-hoc", language="en")
    corrected = rows.version(first.notice, language="en")
    assert share.share_text(corrected).text.startswith("Corrected at ")


def test_share_text_of_a_retraction_repeats_nothing() -> None:
    first = rows.notice("di-hoc", language="en")
    retracted = rows.version(
        first.notice, kind="retraction", language="en", change_reason="Căn cứ nói về việc khác."
    )
    text = share.share_text(retracted).text
    assert "We have retracted our notice" in text
    assert "Căn cứ nói về việc khác." in text
    assert rows.WORDS["headline"] not in text
    assert "sáu xã" not in text


def test_share_text_names_a_source_once_and_context_only_when_alone() -> None:
    context = rows.CITED | {"stance": "context", "source": "Đài khí tượng", "document_number": ""}
    twice = rows.notice("di-hoc", evidence=[rows.CITED, rows.CITED, context])
    assert share.share_text(twice).text.count("Sở GD&ĐT Thanh Giang") == 1
    assert "Đài khí tượng" not in share.share_text(twice).text
    alone = rows.notice("mot-minh", evidence=[context])
    assert "Đài khí tượng" in share.share_text(alone).text


def test_share_text_stays_short_for_long_texts() -> None:
    long = "Một câu khá dài để thử giới hạn của nội dung. " * 40
    version = rows.notice("dai", explanation=long, what_is_true=long)
    assert share.share_text(version).length < 1000


@pytest.mark.parametrize("rating", Rating.values)
def test_every_verdict_has_its_sentence(rating: str) -> None:
    version = rows.notice("di-hoc")
    version.rating = rating
    assert "toàn tỉnh nghỉ học" in share.rumour_sentence(version)


def test_summary_begins_with_the_truth() -> None:
    version = rows.notice("di-hoc", language="en")
    summary = share.summary(version)
    assert summary.startswith("- Chỉ sáu xã") or summary.startswith("Chỉ sáu xã")
    assert "is false." in summary
