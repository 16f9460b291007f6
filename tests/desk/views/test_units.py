from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import units as domain
from accounts.enums import LinkKind, Role
from accounts.models import Unit, User
from tests.accounts.conftest import START, Province

URL = "/tai-khoan/don-vi/"


@pytest.fixture
def admin(province: Province, client: Client) -> User:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    client.force_login(admin)
    return admin


def test_units_page_starts_at_the_top_and_lists_children(
    client: Client, admin: User, province: Province
) -> None:
    top = client.get(URL).content.decode()
    assert "Xã Mây Hồ" in top
    assert "Nắng Mai" not in top
    assert "Sở GD&amp;ĐT Thanh Giang" not in top
    below = client.get(URL, {"duoi": province.xa.pk}).content.decode()
    assert "Nắng Mai" in below
    assert "Đồi Sim" in below


def test_units_page_searches_only_what_one_administers(client: Client, admin: User) -> None:
    assert "Đồi Sim" in client.get(URL, {"q": "doi sim"}).content.decode()
    page = client.get(URL, {"q": "thanh giang"}).content.decode()
    assert "Sở GD&amp;ĐT" not in page


@pytest.mark.parametrize("above", ["", "x", "-1", "9" * 30, "999999"])
def test_units_page_unknown_place_shows_the_top(client: Client, admin: User, above: str) -> None:
    assert "Xã Mây Hồ" in client.get(URL, {"duoi": above}).content.decode()


def test_units_page_of_another_branch_shows_the_top(client: Client, province: Province) -> None:
    client.force_login(province.user(Role.UNIT_ADMIN, province.school))
    page = client.get(URL, {"duoi": province.so.pk}).content.decode()
    assert "Xã Mây Hồ" not in page
    assert "Nắng Mai" in page


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.REVIEWER, Role.APPROVER])
def test_unit_pages_do_not_exist_for_others(client: Client, province: Province, role: Role) -> None:
    client.force_login(province.user(role, province.so))
    for url in (
        URL,
        reverse("accounts:unit", args=[province.school.pk]),
        reverse("accounts:unit_new"),
        reverse("accounts:unit_import"),
        reverse("accounts:unit_import_preview"),
    ):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_units_page_takes_the_same_queries_whatever_it_lists(
    client: Client, admin: User, province: Province, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        domain.create(
            code=f"x{n}",
            name=f"Trường {n}",
            kind="school",
            parents={LinkKind.ADMINISTRATIVE: province.xa},
            valid_from=START,
            by=None,
        )
    client.get(URL)
    with django_assert_num_queries(13):
        assert client.get(URL, {"duoi": province.xa.pk}).status_code == 200


def test_unit_is_created_below_two_parents_given_by_name(
    client: Client, province: Province
) -> None:
    client.force_login(province.user(Role.UNIT_ADMIN, province.so))
    data = {
        "code": "TH-Moi",
        "name": "Trường Mới",
        "short_name": "",
        "kind": province.school.kind_id,
        "administrative": "xa may ho",
        "professional": "so",
        "valid_from": "2026-09-01",
    }
    assert client.post(reverse("accounts:unit_new"), data).url == URL
    unit = Unit.objects.get(code="th-moi")
    assert set(domain.parents(unit)) == {province.xa, province.so}


@pytest.mark.parametrize(
    "change",
    [
        {"code": "th-nang-mai"},
        {"code": "có dấu"},
        {"name": ""},
        {"administrative": "không có"},
        {"administrative": "so"},  # not administered
        {"administrative": ""},
        {"valid_from": "mai"},
    ],
)
def test_invalid_unit_keeps_what_was_typed_and_creates_none(
    client: Client, admin: User, province: Province, change: dict[str, str]
) -> None:
    data = {
        "code": "th-moi",
        "name": "Trường Mới",
        "kind": province.school.kind_id,
        "administrative": "xa-may-ho",
        "valid_from": "2026-09-01",
    }
    before = Unit.objects.count()
    response = client.post(reverse("accounts:unit_new"), data | change)
    assert response.status_code == 200
    assert Unit.objects.count() == before
    assert (data | change)["name"] in response.content.decode()
