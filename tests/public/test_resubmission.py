"""The form sent last by this browser: going back and sending it again."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Unit
from intake.models import Report
from public import resubmission
from tests.intake import sample_images
from tests.public.form_pages import URL, code_on, fields, send

pytestmark = pytest.mark.django_db


def test_back_button_with_a_new_form_and_the_same_content_gives_the_same_receipt(
    client, unit
) -> None:
    picture = sample_images.encoded("PNG")
    fields = {"text": "Mai nghỉ học à?", "seen_where": "zalo", "contact_email": "me@example.com"}
    first = send(client, images=[sample_images.upload(picture)], **fields)
    assert code_on(send(client, **fields)) == code_on(first)
    assert code_on(send(client, images=[sample_images.upload(picture)], **fields)) == code_on(first)
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Tin khác"},
        {"question": "Có đúng không?"},
        {"seen_where": "sms"},
        {"contact_email": "me@example.com"},
        {"images": sample_images.upload(sample_images.encoded("PNG"))},
        {"path": "/gui/thcs-a/"},
    ],
)
def test_back_button_with_anything_changed_makes_a_report_of_its_own(client, unit, change) -> None:
    Unit.objects.create(code="thcs-a", name="A", kind=unit.kind, valid_from=timezone.localdate())
    first = send(client, text="Mai nghỉ học à?")
    assert code_on(send(client, **{"text": "Mai nghỉ học à?"} | change)) != code_on(first)


def test_same_words_from_another_browser_are_another_report(client, unit) -> None:
    codes = {code_on(send(Client(), text="Mai nghỉ học à?")) for _ in range(2)}
    assert len(codes) == 2


def test_cookie_of_the_last_form_is_encrypted_and_short_lived(client, unit) -> None:
    values = fields(client.get(URL)) | {"text": "Mai nghỉ học"}
    cookie = client.post(URL, values).cookies[resubmission.COOKIE]
    assert values["form_key"] not in cookie.value
    assert (cookie["path"], cookie["max-age"]) == ("/gui/", 3600)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    client.cookies[resubmission.COOKIE] = "x" + cookie.value
    assert code_on(send(client, text="Mai nghỉ học"))
    assert Report.objects.count() == 2
