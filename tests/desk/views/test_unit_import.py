import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from accounts.models import Unit, User
from tests.accounts.conftest import Province

URL = "/tai-khoan/don-vi/nhap/"
HEADER = "code;name;kind;administrative_parent\n"
GOOD = HEADER + "th-a;Trường A;primary;xa-may-ho\nth-b;Trường B;primary;xa-may-ho\n"


@pytest.fixture
def admin(province: Province, client: Client) -> User:
    admin = province.user(Role.UNIT_ADMIN, province.xa)
    client.force_login(admin)
    return admin


def upload(client: Client, text: str | bytes) -> str:
    """Upload, follow to the preview, return its page."""
    data = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("units.csv", data, content_type="text/csv")
    return client.post(URL, {"file": file}, follow=True).content.decode()


def mark_of(client: Client) -> str:
    return str(client.session["unit_import"]["mark"])


def test_import_shows_the_changes_then_imports_what_was_shown(client: Client, admin: User) -> None:
    page = upload(client, GOOD)
    assert "<dd>2</dd>" in page
    assert not Unit.objects.filter(code="th-a").exists()
    assert "Trường A" not in page  # the browser has no copy of the file
    response = client.post(f"{URL}xac-nhan/", {"mark": mark_of(client)})
    assert response.url == "/tai-khoan/don-vi/"
    assert Unit.objects.filter(code__in=["th-a", "th-b"]).count() == 2
    assert "unit_import" not in client.session
    assert client.get(f"{URL}xem/").url == URL


def test_import_wrong_lines_are_listed_and_nothing_can_be_confirmed(
    client: Client, admin: User
) -> None:
    page = upload(client, GOOD + "x;;primary;\nth-c;C;primary;so\n")
    assert '<th scope="row">4</th>' in page
    assert '<th scope="row">5</th>' in page
    assert "xac-nhan" not in page
    response = client.post(f"{URL}xac-nhan/", {"mark": mark_of(client)})
    assert response.status_code == 200
    assert not Unit.objects.filter(code="th-a").exists()


def test_import_of_another_file_than_the_one_shown_is_refused(client: Client, admin: User) -> None:
    upload(client, GOOD)
    seen = mark_of(client)
    upload(client, HEADER + "th-z;Trường Z;primary;xa-may-ho\n")
    client.post(f"{URL}xac-nhan/", {"mark": seen})
    assert not Unit.objects.filter(code__in=["th-a", "th-z"]).exists()


def test_import_page_begins_without_errors(client: Client, admin: User) -> None:
    page = client.get(URL).content.decode()
    assert "kt-errors" not in page
    assert "administrative_parent" in page


def test_import_without_a_file_or_with_an_empty_one_stays_on_the_page(
    client: Client, admin: User
) -> None:
    assert "kt-errors" in client.post(URL, {}).content.decode()
    assert "kt-errors" in upload(client, b"")
    assert client.post(f"{URL}xac-nhan/", {"mark": ""}, follow=True).status_code == 200
    assert "unit_import" not in client.session


def test_import_file_above_5_mb_is_refused(client: Client, admin: User) -> None:
    assert "kt-errors" in upload(client, b"a" * (5 * 1024 * 1024 + 1))
    assert "unit_import" not in client.session


def test_import_binary_file_is_one_clear_error(client: Client, admin: User) -> None:
    page = upload(client, b"\x89PNG\r\n\x1a\n\x00\x00")
    assert "UTF-8" in page


def test_import_is_discarded(client: Client, admin: User) -> None:
    upload(client, GOOD)
    assert client.post(f"{URL}bo/").url == URL
    assert "unit_import" not in client.session


def test_import_by_someone_without_units_is_not_found(client: Client, province: Province) -> None:
    client.force_login(province.user(Role.CHECKER, province.so))
    assert client.post(URL).status_code == 404
    assert client.post(f"{URL}xac-nhan/").status_code == 404
