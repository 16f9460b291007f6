from typing import Any

import pytest
from django.test import Client

from factcheck import merge_tree
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


def test_home_without_notices_says_so(client: Client) -> None:
    client.cookies.load(ENGLISH)
    assert "No notice has been published yet" in page(client, "/")
    assert "We have not found a message like “abc”" in page(client, "/?q=abc")


def test_home_pages_keep_the_search(client: Client) -> None:
    for index in range(11):
        rows.notice(f"hoc-phi-{index}")
    assert "?q=hoc&amp;page=2" in page(client, "/?q=hoc")


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


def test_no_public_page_reaches_a_report(client: Client, cast: Any) -> None:  # noqa: F811
    secrets = ["mot-cau-chi-co-trong-phan-anh", "cau-hoi-rieng", "rieng@example.vn"]
    case = case_at(CaseStatus.PUBLISHED, cast)
    submit_report(
        f"{case.claim} {secrets[0]}",
        unit=cast.school,
        question=secrets[1],
        contact_email=secrets[2],
    )
    assert merge_tree.confirmed_reports(case).exists()
    slug = case.notice.slug
    paths = ["/", "/dinh-chinh/", "/thong-bao.atom", "/sitemap.xml"]
    paths += [f"/thong-bao/{slug}/{part}" for part in ("", "v1/", "in/", "van-ban.txt")]
    for path in paths:
        text = page(client, path)
        for report in merge_tree.confirmed_reports(case):
            assert report.text not in text
            assert str(report.public_id) not in text
        assert not [word for word in secrets if word in text]
