import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.publishing import rows

pytestmark = pytest.mark.django_db
ENGLISH = {"django_language": "en"}


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return str(response.content.decode())


def in_order(text: str, *parts: str) -> bool:
    places = [text.index(part) for part in parts]
    return places == sorted(places)


def test_notice_keeps_the_order_of_the_method(client: Client) -> None:
    client.cookies.load(ENGLISH)
    rows.notice("di-hoc")
    assert in_order(
        page(client, "/thong-bao/di-hoc/").split("<main")[1],
        "kt-verdict--lg kt-v-false",
        "23/11</h1>",
        "toàn tỉnh nghỉ học đến hết",
        'id="k2"',
        'id="k3"',
        'id="k4"',
        "1482/SGDĐT-VP",
        'id="k5"',
        'id="k6"',
        'id="chia-se"',
    )


def test_notice_cites_number_dates_and_the_copys_fingerprint(client: Client) -> None:
    client.cookies.load(ENGLISH)
    rows.notice("di-hoc")
    text = page(client, "/thong-bao/di-hoc/")
    for part in ("1482/SGDĐT-VP", "of 18/11/2026", "Accessed on 21/11/2026", "9f2c41d0" * 8):
        assert part in text


def test_notice_shows_units_and_no_colleague(client: Client) -> None:
    version = rows.notice("di-hoc")
    text = page(client, "/thong-bao/di-hoc/")
    assert "Cụm trường Bến Trăng" in text
    assert "Phường Bến Trăng" in text
    for someone in (version.verdict.written_by, version.verdict.reviewed_by, version.published_by):
        assert someone is not None
        assert someone.handle not in re.sub(r'"[^"]*"', "", text)
        assert someone.email not in text


def test_correction_stands_above_with_before_and_after(client: Client) -> None:
    first = rows.notice("di-hoc")
    rows.version(first.notice, what_is_true="- Chỉ bảy xã vùng trũng được nghỉ.")
    text = page(client, "/thong-bao/di-hoc/")
    assert "<del>Chỉ sáu xã vùng trũng được nghỉ.</del>" in text
    assert "<ins>Chỉ bảy xã vùng trũng được nghỉ.</ins>" in text
    assert in_order(text, "kt-corr", 'id="k1"')
    assert "/thong-bao/di-hoc/v1/" in text


def test_older_version_stays_readable_and_says_so(client: Client) -> None:
    client.cookies.load(ENGLISH)
    first = rows.notice("di-hoc")
    rows.version(first.notice, headline="Một tiêu đề khác")
    text = page(client, "/thong-bao/di-hoc/v1/")
    assert "no longer in force" in text
    assert "23/11</h1>" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "application/ld+json" not in text
    assert '<link rel="canonical" href="http://testserver/thong-bao/di-hoc/">' in text


def test_retracted_notice_stays_with_its_reason_and_without_its_words(client: Client) -> None:
    client.cookies.load(ENGLISH)
    first = rows.notice("di-hoc")
    rows.version(first.notice, kind="retraction", change_reason="Căn cứ nói về việc khác.")
    text = page(client, "/thong-bao/di-hoc/")
    assert "We have retracted this notice" in text
    assert "Căn cứ nói về việc khác." in text
    assert "kt-v-false" not in text
    assert "sáu xã" not in text
    assert "application/ld+json" not in text
    listed = page(client, "/")
    assert "Retracted: our notice about" in listed
    assert "kt-v-false" not in listed.split("kt-items")[1].split("</ul>")[0]


def test_notice_past_its_date_says_so(client: Client) -> None:
    client.cookies.load(ENGLISH)
    rows.notice("cu", review_by=timezone.localdate() - timedelta(days=1))
    rows.notice("con-han", review_by=timezone.localdate())
    sentence = "This notice was to be looked at again by"
    assert sentence in page(client, "/thong-bao/cu/")
    assert sentence not in page(client, "/thong-bao/con-han/")
    assert "In force." not in page(client, "/thong-bao/cu/")
    assert "In force." in page(client, "/thong-bao/con-han/")


def test_copies_of_a_notice_past_its_date_say_so_with_the_day(client: Client) -> None:
    late = timezone.localdate() - timedelta(days=1)
    rows.notice("cu", review_by=late)
    rows.notice("con-han", review_by=timezone.localdate())
    warning = f"xem lại trước ngày {late:%d/%m/%Y}"
    for part in ("", "in/", "van-ban.txt"):
        assert warning in page(client, f"/thong-bao/cu/{part}"), part
        assert "có thể không còn đúng" not in page(client, f"/thong-bao/con-han/{part}"), part
    text = page(client, "/thong-bao/cu/van-ban.txt")
    assert "có thể không còn đúng" in text.split("\n")[0]
    items = page(client, "/").split('class="kt-item"')[1:]
    assert [warning in item for item in items].count(True) == 1


def test_preview_of_a_link_tells_the_truth_not_the_rumour(client: Client) -> None:
    rows.notice("di-hoc")
    text = page(client, "/thong-bao/di-hoc/")
    titles = re.findall(r'property="og:title" content="([^"]*)"', text)
    assert titles == ["Học sinh đi học bình thường từ thứ Hai 23/11"]
