import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.domain.cases import demand
from factcheck.enums import CaseStatus
from factcheck.models import Topic
from tests.factories import case_at, cast, submit_report  # noqa: F401  (cast is a fixture)
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


# ---------------------------------------------------------------- the list


def test_home_asks_and_lists_the_newest_first(client: Client) -> None:
    rows.notice("cu", headline="Điều đúng thứ nhất")
    rows.notice("moi", headline="Điều đúng thứ hai")
    text = page(client, "/")
    assert 'name="step" value="check"' in text
    assert in_order(text, "Điều đúng thứ hai", "Điều đúng thứ nhất")


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_for_one_and_for_three(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for index in range(number):
        rows.notice(f"tin-{index}")
    with django_assert_num_queries(4):  # topics, count, notices, their current versions
        page(client, "/")


def test_home_finds_without_tone_marks_and_by_topic(client: Client) -> None:
    fees = Topic.objects.get_or_create(slug="khoan-thu", defaults={"name_vi": "Khoản thu"})[0]
    rows.notice("hoc-phi-nam-nay", topic=fees, headline="Học phí không tăng")
    rows.notice("nghi-hoc", headline="Không nghỉ học")
    text = page(client, "/?q=HỌC+PHÍ")
    assert "Học phí không tăng" in text
    assert "Không nghỉ học" not in text
    text = page(client, "/?topic=khoan-thu")
    assert "Học phí không tăng" in text
    assert "Không nghỉ học" not in text


@pytest.mark.parametrize(
    "query",
    [
        *("?q=khongcogi", "?q=%00", "?q=" + "a" * 3000, "?topic=%00", "?topic=khong-co"),
        *("?page=x", "?page=-1", "?page=99999"),
    ],
)
def test_home_answers_any_query(client: Client, query: str) -> None:
    rows.notice("nghi-hoc")
    page(client, f"/{query}")


def test_home_is_empty_in_words(client: Client) -> None:
    client.cookies.load(ENGLISH)
    assert "No notice has been published yet" in page(client, "/")
    assert "No notice matches" in page(client, "/?q=abc")


def test_home_pages_keep_the_search(client: Client) -> None:
    for index in range(11):
        rows.notice(f"hoc-phi-{index}")
    assert "?q=hoc&amp;page=2" in page(client, "/?q=hoc")


# ---------------------------------------------------------------- a notice


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


def test_preview_of_a_link_tells_the_truth_not_the_rumour(client: Client) -> None:
    rows.notice("di-hoc")
    text = page(client, "/thong-bao/di-hoc/")
    titles = re.findall(r'property="og:title" content="([^"]*)"', text)
    assert titles == ["Học sinh đi học bình thường từ thứ Hai 23/11"]


@pytest.mark.parametrize("path", ["", "v1/", "in/", "van-ban.txt", "xem-xet-lai/"])
def test_unknown_notice_is_a_page_not_found(client: Client, path: str) -> None:
    page(client, f"/thong-bao/khong-co/{path}", 404)


def test_text_is_plain_and_the_same_as_on_the_page(client: Client) -> None:
    rows.notice("di-hoc")
    response = client.get("/thong-bao/di-hoc/van-ban.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    first_line = response.content.decode().splitlines()[0]
    assert first_line in page(client, "/thong-bao/di-hoc/")


def test_poster_has_code_address_and_no_form(client: Client) -> None:
    rows.notice("di-hoc")
    text = page(client, "/thong-bao/di-hoc/in/")
    assert 'class="kt-qr"' in text
    assert "testserver/thong-bao/di-hoc" in text
    assert "<form" not in text


def test_corrections_lists_corrections_and_retractions_only(client: Client) -> None:
    rows.notice("chua-sua", headline="Chưa từng sửa")
    first = rows.notice("da-sua")
    rows.version(first.notice, change_reason="Đếm thiếu một xã.", headline="Tiêu đề đã sửa")
    text = page(client, "/dinh-chinh/")
    assert "Đếm thiếu một xã." in text
    assert "<ins>Tiêu đề đã sửa</ins>" in text
    assert "Chưa từng sửa" not in text


# ---------------------------------------------------------------- what must not be reachable


def test_no_public_page_reaches_a_report(client: Client, cast: Any) -> None:  # noqa: F811
    secrets = ["mot-cau-chi-co-trong-phan-anh", "cau-hoi-rieng", "rieng@example.vn"]
    case = case_at(CaseStatus.PUBLISHED, cast)
    submit_report(
        f"{case.claim} {secrets[0]}",
        unit=cast.school,
        question=secrets[1],
        contact_email=secrets[2],
    )
    assert demand.reports_of(case).exists()
    slug = case.notice.slug
    paths = ["/", "/dinh-chinh/", "/thong-bao.atom", "/sitemap.xml"]
    paths += [f"/thong-bao/{slug}/{part}" for part in ("", "v1/", "in/", "van-ban.txt")]
    for path in paths:
        text = page(client, path)
        for report in demand.reports_of(case):
            assert report.text not in text
            assert str(report.public_id) not in text
        assert not [word for word in secrets if word in text]


# ---------------------------------------------------------------- kept pages


def test_kept_page_is_reused_only_while_its_forms_work() -> None:
    rows.notice("di-hoc")
    client = Client(enforce_csrf_checks=True)
    first = client.get("/thong-bao/di-hoc/")
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get("/thong-bao/di-hoc/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)', first.content.decode())
    assert token
    sent = client.post(
        "/i18n/setlang/", {"language": "en", "next": "/", "csrfmiddlewaretoken": token[1]}
    )
    assert sent.status_code == 302
    stranger = Client().get("/thong-bao/di-hoc/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert stranger.status_code == 200


def test_kept_page_is_sent_anew_after_a_correction(client: Client) -> None:
    first = rows.notice("di-hoc")
    paths = [f"/thong-bao/di-hoc/{part}" for part in ("", "van-ban.txt", "in/")]
    tags = {path: client.get(path)["ETag"] for path in ("/", "/thong-bao.atom", *paths)}
    rows.version(first.notice, headline="Tiêu đề đã sửa")
    for path, tag in tags.items():
        assert client.get(path, HTTP_IF_NONE_MATCH=tag).status_code == 200, path


@pytest.mark.parametrize("path", ["in/", "van-ban.txt"])
def test_pages_without_forms_are_kept_by_anyone_for_a_minute(client: Client, path: str) -> None:
    rows.notice("di-hoc")
    response = client.get(f"/thong-bao/di-hoc/{path}")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
