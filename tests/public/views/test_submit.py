"""The form as a browser without JavaScript sees it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from intake.domain import draft_uploads, receipts, submissions
from intake.domain.submissions import new_form_key
from intake.models import Attachment, Contact, Report
from tests.intake import sample_images
from tests.intake.conftest import NOTICE
from tests.public.form_pages import URL, code_on, fields, send

pytestmark = pytest.mark.django_db


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
    assert 'name="language"' not in send(client, text="Mai nghỉ học").content.decode()
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


def test_form_is_taken_without_cookies_and_from_any_origin(client, strict_client, unit) -> None:
    values = fields(strict_client.get(URL))
    strict_client.cookies.clear()
    page = strict_client.post(URL, values | {"text": "Tin một hai"}, HTTP_ORIGIN="null")
    assert code_on(page)
    assert not client.get(URL).cookies


def test_form_with_a_key_we_did_not_issue_is_shown_again_with_what_was_typed(
    strict_client, unit
) -> None:
    for path in (URL, "/gui/so-thanh-giang/"):
        text = f"Tin gửi qua {path}"
        own = {"form_key": new_form_key()}
        for key in ({}, own, own | {"form_signature": "x"}):
            page = strict_client.post(path, {"text": text} | key)
            assert page.status_code == 403
            assert text in page.content.decode()
        assert code_on(strict_client.post(path, fields(page)))  # once more, and it is sent
    assert Report.objects.count() == 2


def test_addresses_that_take_a_post_lead_to_the_form(client, unit) -> None:
    for path in ("/gui/goi-y/", "/gui/ma.txt"):
        assert client.get(path)["Location"] == URL


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


def test_text_is_shown_again_as_text(client, unit) -> None:
    page = send(client, text='</textarea><script>alert("x")</script>', contact_email="không")
    assert "<script>alert" not in page.content.decode()


def test_contact_is_encrypted_in_its_own_row(client, unit) -> None:
    send(client, text="Mai nghỉ học", contact_email="me@example.com")
    assert Contact.objects.get().report == Report.objects.get()


def test_language_of_the_page_is_kept_for_the_answer(client, unit, settings) -> None:
    values = fields(client.get(URL)) | {"text": "Is it true?"}
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.post(URL, values)
    assert Report.objects.get().language == "en"


def test_picture_alone_is_enough(client, unit) -> None:
    assert code_on(
        send(
            client,
            images=[sample_images.upload(), sample_images.upload(sample_images.encoded("JPEG"))],
        )
    )
    assert Attachment.objects.count() == 2


def test_picture_survives_an_error_elsewhere_and_can_be_left_out(client, unit) -> None:
    page = send(client, images=[sample_images.upload()], contact_email="không")
    uploads = page.context["uploads"]
    assert uploads[0].sha256 in page.content.decode()
    values = fields(page) | {"contact_email": "", "text": "Mai nghỉ học"}
    assert code_on(client.post(URL, values | {"unwanted": [uploads[0].sha256]}))
    assert not Attachment.objects.exists()


def test_matching_notice_is_shown_before_the_report_is_taken(client, unit, notice) -> None:
    page = send(
        client, text="Toàn tỉnh nghỉ học", question="Đúng không?", images=[sample_images.upload()]
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert not Report.objects.exists()
    assert NOTICE.headline in html
    assert f'href="{NOTICE.url}"' in html
    assert 'href="#goi-y"' in html  # from the top of the page, where a phone starts
    assert html.index(NOTICE.headline) < html.index(
        'type="submit">', html.index('class="kt-suggest"')
    )
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


def test_retry_of_a_taken_report_shows_no_notice_first(client, unit, settings, notice) -> None:
    values = fields(client.get(URL)) | {"text": "Toàn tỉnh nghỉ học"}
    seen = client.post(URL, values)
    code = code_on(client.post(URL, fields(seen)))
    assert code_on(client.post(URL, values)) == code


def test_question_from_the_front_page_fills_the_form_without_errors(client, unit, notice) -> None:
    page = client.post(URL, {"text": "Toàn tỉnh nghỉ học", "step": "check"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "Toàn tỉnh nghỉ học" in html
    assert NOTICE.headline in html
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


def test_unsigned_form_is_shown_again_with_what_was_typed_and_its_pictures(
    strict_client, unit
) -> None:
    key = new_form_key()
    page = strict_client.post(
        URL, {"text": "Tin nghỉ học", "form_key": key, "images": [sample_images.upload()]}
    )
    html = page.content.decode()
    assert page.status_code == 403
    assert page["Cache-Control"] == "private, no-store"
    assert "Tin nghỉ học" in html
    assert "kt-errors" not in html
    assert len(draft_uploads.list_uploads(key)) == 1
    assert not Report.objects.exists()
    assert code_on(strict_client.post(URL, fields(page)))


@pytest.mark.parametrize(("text", "is_asked_back"), [("ok", True), ("Mai nghỉ học à", False)])
def test_check_step_asks_back_at_once_what_sending_would_refuse(
    client, unit, text: str, is_asked_back: bool
) -> None:
    html = client.post(URL, {"step": "check", "text": text}).content.decode()
    assert (submissions.too_short() in html) is is_asked_back
    assert ("chưa tìm thấy câu trả lời" in html) is not is_asked_back
