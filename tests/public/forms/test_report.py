"""The fields of the form: text, pictures, key and marks as browsers and programs send them."""

import pytest

from intake.models import Attachment, Report
from tests.intake import sample_images
from tests.public.form_pages import URL, code_on, fields, send

pytestmark = pytest.mark.django_db


def test_form_without_a_usable_key_is_taken_with_a_new_one(client, unit) -> None:
    for key in ("", "1", "x" * 100, "ă" * 40, "\0"):
        assert code_on(client.post(URL, {"text": f"Mai nghỉ {key[:2]!r}", "form_key": key}))
    assert Report.objects.count() == 5


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "x" * 5001}, "text"),
        ({"text": "ắ" * 300_000}, "text"),
        ({"text": "Mai nghỉ học", "url": "javascript:alert(1)"}, "url"),
        ({"text": "Mai nghỉ học", "question": "y" * 501}, "question"),
        ({"text": "Mai nghỉ học", "contact_email": "không phải"}, "contact_email"),
        ({"text": "Mai nghỉ học", "seen_where": "telegram"}, "seen_where"),
        ({"text": "\0\u200b "}, "text"),
    ],
)
def test_wrong_field_gets_a_sentence_and_changes_nothing(client, unit, changes, field) -> None:
    page = send(client, **changes)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"][field].value() is not None
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["a\0b nghỉ", "nghi\u0309 ho\u0323c", "\u200b\u202exin nghỉ", "\ud83d\ude00 mai nghỉ",
     "x" * 5000, "\u0323" * 3000 + "a nghỉ", "<script>alert(1)</script>",
     "{{ 7*7 }}{% csrf_token %}", "((" * 2000 + "mai nghỉ"],
)  # fmt: skip
def test_odd_text_is_taken(client, unit, text: str) -> None:
    try:
        page = send(client, text=text)
    except UnicodeEncodeError:  # the test's client cannot send it: send the bytes
        page = client.post(
            URL,
            b"text=" + text.encode("utf-8", "surrogatepass"),
            "application/x-www-form-urlencoded",
        )
    assert code_on(page)


def test_bytes_that_are_no_utf8_are_taken(client, unit) -> None:
    body = b"text=%ED%A0%80%FF%FEabc+nghi&question=%00"
    page = client.post(URL, body, content_type="application/x-www-form-urlencoded")
    assert code_on(page)


def test_refused_picture_gets_its_sentence_and_good_ones_are_kept(client, unit) -> None:
    page = send(
        client,
        text="Mai nghỉ học",
        images=[sample_images.upload(), sample_images.upload(b"GIF89a", "x.gif")],
    )
    assert page.status_code == 422
    assert "x.gif" in page.content.decode()
    assert len(page.context["uploads"]) == 1
    assert code_on(client.post(URL, fields(page)))
    assert Attachment.objects.count() == 1


def test_only_a_refused_picture_is_not_called_an_empty_form(client, unit) -> None:
    page = send(client, images=[sample_images.upload(b"GIF89a", "x.gif")])
    assert list(page.context["form"].errors) == ["images"]


def test_five_pictures_are_refused_and_four_kept(client, unit) -> None:
    five = [
        sample_images.upload(sample_images.encoded("PNG", sample_images.noise(w)))
        for w in range(20, 25)
    ]
    page = send(client, images=five)
    assert list(page.context["form"].errors) == ["images"]
    assert len(page.context["uploads"]) == 4
    assert code_on(client.post(URL, fields(page)))
    assert Attachment.objects.count() == 4


def test_ten_pictures_get_a_sentence_too(client, unit) -> None:
    ten = [
        sample_images.upload(sample_images.encoded("PNG", sample_images.noise(w)))
        for w in range(20, 30)
    ]
    page = send(client, text="Mai nghỉ học", images=ten)
    assert list(page.context["form"].errors) == ["images"]
    assert page.context["form"]["text"].value() == "Mai nghỉ học"


def test_picture_larger_than_the_limit_is_refused_with_its_size(client, unit) -> None:
    big = sample_images.upload(sample_images.encoded("JPEG") + b"\0" * 7_000_000, "to.jpg")
    page = send(client, text="Mai nghỉ học", images=[big])
    assert page.status_code == 422
    assert "7 MB" in page.content.decode()


def test_made_up_marks_do_not_hide_a_notice(client, unit, notice) -> None:
    send(client, text="Toàn tỉnh nghỉ học", seen_suggestions="1")
    assert not Report.objects.exists()


def test_link_from_the_front_page_goes_to_the_link_field(client, unit) -> None:
    page = client.post(URL, {"text": " https://example.com/tin ", "step": "check"})
    values = fields(page)
    assert (values["text"], values["url"]) == ("", "https://example.com/tin")
    assert '<details class="kt-details kt-field" open>' in page.content.decode()
