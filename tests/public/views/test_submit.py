"""The form as a browser without JavaScript sees it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from intake.domain import draft_uploads, receipts
from intake.domain.submissions import new_form_key
from intake.models import Attachment, Contact, Report
from public import resubmission
from public.views import submit
from tests.intake import sample_images
from tests.intake.conftest import NOTICE

pytestmark = pytest.mark.django_db
URL = "/gui/"


def fields(page: Any) -> dict[str, str]:
    """The values a browser would send back: hidden, text and chosen fields of the main form."""
    html = page.content.decode()
    html = html[html.index('<form class="kt-form"') :]
    html = html[: html.index("</form>")]
    values: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("checkbox", "file") or (kind == "radio" and " checked" not in tag):
            continue
        values[attributes["name"]] = attributes.get("value", "")
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", html, re.DOTALL)
    assert text
    values["text"] = text[1]
    return values


def code_on(page: Any) -> str:
    match = re.search(r'name="receipt" value="([0-9A-Z ]{29})"', page.content.decode())
    assert match
    return match[1].replace(" ", "")


def send(client: Client, path: str = URL, **changes: Any) -> Any:
    """Open the form, change fields, send it."""
    return client.post(path, fields(client.get(path)) | changes)


def test_form_is_complete_without_javascript(client, unit) -> None:
    page = client.get(URL)
    html = page.content.decode()
    assert page.status_code == 200
    assert 'enctype="multipart/form-data"' in html
    assert "hx-" not in html
    assert "<script>" not in html
    assert " style=" not in html
    assert "maxlength" not in html  # a paste is never cut off silently
    for name in ("text", "images", "seen_where", "seen_when", "question", "url", "contact_email"):
        assert f'name="{name}"' in html
    hint = re.search(r'id="id_contact_email_helptext">([^<]+)<', html)
    assert hint
    assert "90" in hint[1]  # how long the address is kept, beside its field
    assert 'aria-describedby="id_contact_email_helptext"' in html


def test_every_form_has_a_key_of_its_own(client, unit) -> None:
    keys = {fields(client.get(URL))["form_key"] for _ in range(3)}
    assert len(keys) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)


def test_form_is_stored_nowhere(client, unit) -> None:
    assert client.get(URL)["Cache-Control"] == "private, no-store"


def test_sent_form_answers_with_the_receipt_itself(client, unit) -> None:
    page = send(client, text="Mai nghỉ học à?", seen_where="zalo", seen_when="today")
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    assert page.wsgi_request.get_full_path() == URL
    code = code_on(page)
    report = receipts.find(code)
    assert report == Report.objects.get()
    assert (report.text, report.seen_where, report.unit) == ("Mai nghỉ học à?", "zalo", unit)
    html = page.content.decode()
    for group in receipts.groups(code):
        assert f"<span>{group}</span>" in html
    assert '<svg class="kt-qr"' in html
    assert code not in " ".join(re.findall(r'(?:href|action|src)="([^"]*)"', html))


def test_page_that_answers_a_post_offers_no_switch_that_would_lose_it(client, unit) -> None:
    assert 'name="language"' in client.get(URL).content.decode()
    assert 'name="language"' not in send(client, text="Tin").content.decode()
    assert 'name="language"' not in send(client).content.decode()


def test_refresh_and_double_click_give_the_same_receipt(client, unit) -> None:
    values = fields(client.get(URL)) | {"text": "Mai nghỉ học à?"}
    codes = {code_on(client.post(URL, values)) for _ in range(3)}
    assert len(codes) == 1
    assert Report.objects.count() == 1


def test_sent_form_with_changed_text_says_that_the_change_was_not_sent(client, unit) -> None:
    values = fields(client.get(URL)) | {"text": "Tin một"}
    first = client.post(URL, values)
    again = client.post(URL, values | {"text": "Tin hai"})
    assert code_on(again) == code_on(first)
    assert "kt-strip--mixed" in again.content.decode()
    assert "kt-strip--mixed" not in client.post(URL, values).content.decode()


def test_refresh_after_pictures_were_kept_claims_no_change(client, unit, notice) -> None:
    values = fields(send(client, text="Toàn tỉnh nghỉ học", images=[sample_images.upload()]))
    assert code_on(client.post(URL, values)) == code_on(again := client.post(URL, values))
    assert "kt-strip--mixed" not in again.content.decode()


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


def test_cookie_of_the_last_form_is_sealed_and_short_lived(client, unit) -> None:
    values = fields(client.get(URL)) | {"text": "Tin"}
    cookie = client.post(URL, values).cookies[resubmission.COOKIE]
    assert values["form_key"] not in cookie.value
    assert (cookie["path"], cookie["max-age"]) == ("/gui/", 3600)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    client.cookies[resubmission.COOKIE] = "x" + cookie.value
    assert code_on(send(client, text="Tin"))
    assert Report.objects.count() == 2


def test_form_without_a_usable_key_is_taken_with_a_new_one(client, unit) -> None:
    for key in ("", "1", "x" * 100, "ă" * 40, "\0"):
        assert code_on(client.post(URL, {"text": f"Tin {key[:2]!r}", "form_key": key}))
    assert Report.objects.count() == 5


def test_form_works_with_the_security_token_and_not_without(strict_client, unit) -> None:
    values = fields(strict_client.get(URL))
    assert code_on(strict_client.post(URL, values | {"text": "Tin"}))
    for path in (URL, "/gui/so-thanh-giang/"):
        page = strict_client.post(path, {"text": f"Tin gửi qua {path}"})
        assert page.status_code == 403
        assert code_on(strict_client.post(path, fields(page)))  # once more, and it is sent
    assert Report.objects.count() == 3


def test_empty_form_says_what_is_enough_and_keeps_choices(client, unit) -> None:
    page = send(client, question="Con tôi có đi học không?", seen_where="sms")
    html = page.content.decode()
    assert page.status_code == 422
    assert 'role="alert"' in html
    assert 'href="#id_text"' in html
    assert 'aria-invalid="true"' in html
    assert "Con tôi có đi học không?" in html
    assert re.search(r'value="sms"[^>]* checked', html)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "x" * 5001}, "text"),
        ({"text": "ắ" * 300_000}, "text"),
        ({"text": "x", "url": "javascript:alert(1)"}, "url"),
        ({"text": "x", "question": "y" * 501}, "question"),
        ({"text": "x", "contact_email": "không phải"}, "contact_email"),
        ({"text": "x", "seen_where": "telegram"}, "seen_where"),
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
    ["a\0b", "nghi\u0309 ho\u0323c", "\u200b\u202ex", "\ud83d\ude00", "x" * 5000,
     "\u0323" * 3000 + "a", "<script>alert(1)</script>", "{{ 7*7 }}{% csrf_token %}", "((" * 2000],
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
    body = b"text=%ED%A0%80%FF%FEabc&question=%00"
    page = client.post(URL, body, content_type="application/x-www-form-urlencoded")
    assert code_on(page)


def test_text_is_shown_again_as_text(client, unit) -> None:
    page = send(client, text='</textarea><script>alert("x")</script>', contact_email="không")
    assert "<script>alert" not in page.content.decode()


def test_contact_is_sealed_and_kept_apart(client, unit) -> None:
    send(client, text="Tin", contact_email="me@example.com")
    assert Contact.objects.get().report == Report.objects.get()


def test_language_of_the_page_is_kept_for_the_answer(client, unit, settings) -> None:
    values = fields(client.get(URL)) | {"text": "Is it true?"}
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.post(URL, values)
    assert Report.objects.get().language == "en"


# ---------------------------------------------------------------- pictures


def test_picture_alone_is_enough(client, unit) -> None:
    assert code_on(
        send(
            client,
            images=[sample_images.upload(), sample_images.upload(sample_images.encoded("JPEG"))],
        )
    )
    assert Attachment.objects.count() == 2


def test_refused_picture_gets_its_sentence_and_good_ones_are_kept(client, unit) -> None:
    page = send(
        client,
        text="Tin",
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


def test_picture_survives_an_error_elsewhere_and_can_be_left_out(client, unit) -> None:
    page = send(client, images=[sample_images.upload()], contact_email="không")
    uploads = page.context["uploads"]
    assert uploads[0].sha256 in page.content.decode()
    values = fields(page) | {"contact_email": "", "text": "Tin"}
    assert code_on(client.post(URL, values | {"unwanted": [uploads[0].sha256]}))
    assert not Attachment.objects.exists()


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
    page = send(client, text="Tin", images=ten)
    assert list(page.context["form"].errors) == ["images"]
    assert page.context["form"]["text"].value() == "Tin"


def test_picture_larger_than_the_limit_is_refused_with_its_size(client, unit) -> None:
    big = sample_images.upload(sample_images.encoded("JPEG") + b"\0" * 7_000_000, "to.jpg")
    page = send(client, text="Tin", images=[big])
    assert page.status_code == 422
    assert "7 MB" in page.content.decode()


# ---------------------------------------------------------------- already checked


def test_matching_notice_is_shown_before_the_report_is_taken(client, unit, notice) -> None:
    page = send(
        client, text="Toàn tỉnh nghỉ học", question="Đúng không?", images=[sample_images.upload()]
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert not Report.objects.exists()
    assert NOTICE.title in html
    assert f'href="{NOTICE.url}"' in html
    assert 'href="#goi-y"' in html  # from the top of the page, where a phone starts
    assert html.index(NOTICE.title) < html.index('type="submit">', html.index('class="kt-suggest"'))
    assert "kt-errors" not in html
    assert len(page.context["uploads"]) == 1
    values = fields(page)
    assert (values["text"], values["question"]) == ("Toàn tỉnh nghỉ học", "Đúng không?")
    assert code_on(client.post(URL, values))
    assert Attachment.objects.count() == 1
    assert draft_uploads.list_uploads(values["form_key"]) == []


def test_notice_seen_while_typing_is_not_shown_again(client, unit, notice) -> None:
    fragment = client.post(reverse("public:suggest"), {"text": "Toàn tỉnh nghỉ học"})
    marks = re.search(r'name="seen_suggestions" value="([^"]+)"', fragment.content.decode())
    assert marks
    assert code_on(send(client, text="Toàn tỉnh nghỉ học", seen_suggestions=marks[1]))


def test_made_up_marks_do_not_hide_a_notice(client, unit, notice) -> None:
    send(client, text="Toàn tỉnh nghỉ học", seen_suggestions="1")
    assert not Report.objects.exists()


def test_retry_of_a_taken_report_shows_no_notice_first(client, unit, settings, notice) -> None:
    values = fields(client.get(URL)) | {"text": "Toàn tỉnh nghỉ học"}
    seen = client.post(URL, values)
    code = code_on(client.post(URL, fields(seen)))
    assert code_on(client.post(URL, values)) == code


# ---------------------------------------------------------------- from the front page


def test_question_from_the_front_page_fills_the_form_without_errors(client, unit, notice) -> None:
    page = client.post(URL, {"text": "Toàn tỉnh nghỉ học", "step": "check"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "Toàn tỉnh nghỉ học" in html
    assert NOTICE.title in html
    assert "kt-error" not in html
    assert not Report.objects.exists()
    assert code_on(client.post(URL, fields(page)))


def test_question_that_nothing_answers_says_so(client, unit) -> None:
    html = client.post(URL, {"text": "Tin rất mới", "step": "check"}).content.decode()
    assert 'role="status"' in html
    assert 'role="status"' not in client.get(URL).content.decode()


@pytest.mark.parametrize("text", ["", "\0", "x" * 6000])
def test_front_page_question_of_any_length_shows_the_form(client, unit, text: str) -> None:
    page = client.post(URL, {"text": text, "step": "check"})
    assert page.status_code == 200
    assert "kt-error" not in page.content.decode()


def test_link_from_the_front_page_goes_to_the_link_field(client, unit) -> None:
    page = client.post(URL, {"text": " https://example.com/tin ", "step": "check"})
    values = fields(page)
    assert (values["text"], values["url"]) == ("", "https://example.com/tin")
    assert '<details class="kt-details kt-field" open>' in page.content.decode()


# ---------------------------------------------------------------- units


def test_unit_page_names_the_unit_and_takes_its_reports(client, unit) -> None:
    school = Unit.objects.create(
        code="thcs-nang-mai", name="THCS Nắng Mai", kind=unit.kind, valid_from=timezone.localdate()
    )
    page = client.get("/gui/thcs-nang-mai/")
    assert "THCS Nắng Mai" in page.content.decode()
    assert 'action="/gui/thcs-nang-mai/"' in page.content.decode()
    assert code_on(send(client, "/gui/thcs-nang-mai/", text="Tin của trường"))
    assert Report.objects.get().unit == school


def test_unknown_or_ended_unit_gets_a_friendly_404(client, unit) -> None:
    today = timezone.localdate()
    Unit.objects.create(
        code="cu", name="Trường cũ", kind=unit.kind, valid_to=today,
        valid_from=today - timedelta(days=9),
    )  # fmt: skip
    for code in ("khong-co", "cu"):
        for page in (client.get(f"/gui/{code}/"), client.post(f"/gui/{code}/", {"text": "x"})):
            assert page.status_code == 404
            assert 'href="/gui/"' in page.content.decode()
            assert "Trường cũ" not in page.content.decode()
    assert not Report.objects.exists()


def test_site_without_units_says_so_and_keeps_the_text(client, db) -> None:
    page = send(client, text="Tin của tôi")
    assert page.status_code == 422
    assert "Tin của tôi" in page.content.decode()


# ---------------------------------------------------------------- an old page


def test_expired_page_shows_what_was_typed_once_more(rf, unit, client) -> None:
    key = new_form_key()
    request = rf.post(
        URL, {"text": "Tin của tôi", "form_key": key, "images": [sample_images.upload()]}
    )
    request.resolver_match = None
    page = submit.expired(request)
    html = page.content.decode()
    assert page.status_code == 403
    assert page["Cache-Control"] == "private, no-store"
    assert "Tin của tôi" in html
    assert "kt-errors" not in html
    assert len(draft_uploads.list_uploads(key)) == 1
    assert not Report.objects.exists()
    assert code_on(client.post(URL, fields(page)))
