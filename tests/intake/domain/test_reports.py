from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import Unit
from audit.domain import log
from intake.domain import contacts, draft_uploads, files, reports, submissions
from intake.domain.images import prepare
from intake.domain.reports import submit
from intake.domain.submissions import Submission, new_form_key
from intake.exceptions import ValidationError
from intake.models import Attachment, Contact, Report
from intake.signals import report_received
from tests.intake import sample_images


@pytest.fixture
def announced():
    """Ids of the reports that were announced."""
    ids: list[int] = []

    def listen(sender: Any, report_id: int, **kwargs: Any) -> None:
        ids.append(report_id)

    report_received.connect(listen)
    yield ids
    report_received.disconnect(listen)


def test_submit_stores_everything_that_was_sent(unit) -> None:
    school = Unit.objects.create(
        code="thcs-a", name="THCS A", kind=unit.kind, valid_from=timezone.localdate()
    )
    result = submit(
        Submission(
            text="Nghi\u0309 ho\u0323c hê\u0301t tuâ\u0300n", url="https://m.facebook.com/x?fbclid=1",
            question="Có đúng\nkhông?", seen_where="zalo", seen_when="today", language="en",
            unit=school, images=[sample_images.upload()],
            contact=contacts.from_email("me@example.com"),
            form_key=new_form_key(), sender="203.0.113.0/24",
        )
    )  # fmt: skip
    report = Report.objects.get()
    assert result.created
    assert report == result.report
    assert (report.text, report.question) == ("Nghỉ học hết tuần", "Có đúng không?")
    assert report.canonical_url == "https://facebook.com/x"
    assert (report.seen_where, report.seen_when, report.language) == ("zalo", "today", "en")
    assert (report.unit, report.origin) == (school, "form")
    assert report.normalised
    assert len(report.fingerprint) == len(report.sender_hash) == 32
    screenshot = Attachment.objects.get()
    assert files.media_path(screenshot.path).read_bytes()
    assert screenshot.path.startswith(report.media_prefix)
    assert (screenshot.width, screenshot.height, screenshot.media_type) == (60, 40, "image/png")
    assert Contact.objects.get().report == report


def test_submit_without_unit_goes_to_the_default_one(unit) -> None:
    assert submit(Submission(text="x y z")).report.unit == unit


def test_submit_before_any_unit_exists_is_refused(db) -> None:
    with pytest.raises(ValidationError) as caught:
        submit(Submission(text="x y z"))
    assert list(caught.value.errors) == ["unit"]


def test_submit_takes_a_bare_link_in_the_text_as_link_key(unit) -> None:
    assert submit(
        Submission(text=" https://vnexpress.net/a?utm_source=z ")
    ).report.canonical_url == ("https://vnexpress.net/a")
    assert submit(Submission(text="Xem https://vnexpress.net/a nhé")).report.canonical_url == ""


def test_submit_with_a_link_longer_once_canonical_is_stored_without_key(unit) -> None:
    report = submit(Submission(url="https://example.com/" + "ệ" * 900)).report
    report.refresh_from_db()
    assert report.canonical_url == ""


@pytest.mark.parametrize(
    "text",
    ["a\0b nghỉ", "\ud800 lone wolf", "e\u0301" * 2000 + " nghỉ", "\u0323" * 5000 + "x nghỉ",
     "\u202eabc nghỉ", "🙂" * 4900 + "mai nghỉ", "x" * 5000, "http://" + "a." * 2000,
     "((((" * 1000 + "mai nghỉ", "1" * 5000],
)  # fmt: skip
def test_submit_takes_any_text(unit, text: str) -> None:
    report = submit(Submission(text=text)).report
    report.refresh_from_db()
    assert report.text == submissions.clean_submission(Submission(text=text)).text


@pytest.mark.parametrize("text", ["", "\0", "\u200b \n", "x" * 5001])
def test_submit_refused_changes_nothing(
    unit, announced, text, django_capture_on_commit_callbacks
) -> None:
    before = log.history(Report()).model.objects.count()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        submit(Submission(text=text, contact=contacts.from_email("me@example.com")))
    assert not Report.objects.exists()
    assert not Contact.objects.exists()
    assert announced == []
    assert log.history(Report()).model.objects.count() == before


def test_submit_with_one_bad_picture_stores_no_file(unit) -> None:
    with pytest.raises(ValidationError) as caught:
        submit(
            Submission(
                text="Mai nghỉ học",
                images=[sample_images.upload(), sample_images.upload(b"x", "hỏng.png")],
            )
        )
    assert "hỏng.png" in str(caught.value)
    assert not files.media_path("reports").exists()


def test_submit_writes_its_audit_row_without_any_content(unit) -> None:
    report = submit(
        Submission(
            text="Nội dung kín",
            contact=contacts.from_email("me@example.com"),
            images=[sample_images.upload()],
        )
    ).report
    entry = log.history(report).get()
    assert (entry.verb, entry.actor) == ("report.received", "reporter")
    assert entry.data == {"origin": "form", "pictures": 1, "contact": True}


def test_submit_announces_the_report_once_it_is_committed(
    unit, announced, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        report = submit(Submission(text="x y z")).report
        assert announced == []
    assert announced == [report.pk]


def test_submit_survives_a_receiver_that_fails(unit, django_capture_on_commit_callbacks) -> None:
    def explode(**kwargs: Any) -> None:
        raise ConnectionError("no broker")

    report_received.connect(explode)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            report = submit(Submission(text="x y z")).report
    finally:
        report_received.disconnect(explode)
    assert Report.objects.filter(pk=report.pk).exists()


def test_replay_returns_the_same_receipt_and_changes_nothing(
    unit, announced, django_capture_on_commit_callbacks
) -> None:
    sent = Submission(text="x y z", form_key=new_form_key(), images=[sample_images.upload()])
    with django_capture_on_commit_callbacks(execute=True):
        first = submit(sent)
        second = submit(sent)
    assert (second.receipt, second.report) == (first.receipt, first.report)
    assert (first.created, second.created) == (True, False)
    assert Report.objects.count() == Attachment.objects.count() == 1
    assert len(announced) == 1
    assert log.history(first.report).count() == 1


def test_replay_with_other_content_returns_the_first_receipt_and_is_not_the_same(unit) -> None:
    key = new_form_key()
    first = submit(Submission(text="Tin một", form_key=key))
    other = Submission(text="Tin hai", form_key=key)
    assert submit(other).receipt == first.receipt
    assert submit(Submission(form_key=key)).receipt == first.receipt  # even an empty one
    assert Report.objects.get().text == "Tin một"
    assert not reports.is_same(first.report, other)
    assert reports.is_same(first.report, Submission(text=" Tin một\u200b ", form_key=key))


def test_purged_report_counts_as_the_same(unit) -> None:
    report = submit(Submission(text="Tin một")).report
    reports.purge_text(report, by=None)
    report.refresh_from_db()
    assert reports.is_same(report, Submission(text="Tin một"))


def test_is_same_survives_an_address_that_cannot_be_decrypted(unit, settings) -> None:
    sent = Submission(text="Tin một", contact=contacts.from_email("me@example.com"))
    report = submit(sent).report
    assert reports.is_same(report, sent)
    settings.SEALING_KEY = "another-sealing-key-of-no-value"
    assert not reports.is_same(report, sent)


@pytest.mark.parametrize("key", ["", "1", "x" * 65, "\0"])
def test_replay_of_what_is_no_key_finds_nothing(unit, key: str) -> None:
    assert reports.replay(key) is None


def test_submissions_without_key_are_reports_of_their_own(unit) -> None:
    assert (
        submit(Submission(text="Mai nghỉ học")).receipt
        != submit(Submission(text="Mai nghỉ học")).receipt
    )


def test_failed_transaction_leaves_no_row_and_keeps_files_for_the_sweep(unit, monkeypatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("gone away")

    monkeypatch.setattr(reports.log, "record", fail)
    key = new_form_key()
    with pytest.raises(DatabaseError):
        submit(Submission(text="Mai nghỉ học", form_key=key, images=[sample_images.upload()]))
    assert not Report.objects.exists()
    assert len(list(files.media_path("reports").iterdir())) == 1
    monkeypatch.undo()
    assert submit(
        Submission(text="Mai nghỉ học", form_key=key, images=[sample_images.upload()])
    ).created


def test_lost_race_removes_its_files_and_returns_the_winner(unit, monkeypatch) -> None:
    key = new_form_key()
    winner = submit(Submission(text="Mai nghỉ học", form_key=key))
    real, calls = reports.replay, []

    def late(form_key: str) -> Any:
        calls.append(form_key)
        return None if len(calls) == 1 else real(form_key)

    monkeypatch.setattr(reports, "replay", late)
    loser = submit(Submission(text="Mai nghỉ học", form_key=key, images=[sample_images.upload()]))
    assert loser.receipt == winner.receipt
    assert not loser.created
    assert list(files.media_path("reports").iterdir()) == []


def test_database_error_that_is_no_race_is_raised(unit, monkeypatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("something else")

    monkeypatch.setattr(reports.log, "record", fail)
    with pytest.raises(IntegrityError):
        submit(Submission(text="Mai nghỉ học"))


def test_submit_sends_the_pictures_kept_for_its_form_and_clears_them(unit) -> None:
    key = new_form_key()
    kept = prepare(sample_images.upload())
    draft_uploads.save(key, [kept])
    report = submit(
        Submission(form_key=key, images=[sample_images.upload(sample_images.encoded("JPEG"))])
    ).report
    assert [a.media_type for a in report.attachments.all()] == ["image/png", "image/jpeg"]
    assert draft_uploads.list_uploads(key) == []


def test_five_pictures_in_two_uploads_are_refused(unit) -> None:
    key = new_form_key()
    uploads = [
        sample_images.upload(sample_images.encoded("PNG", sample_images.noise(w)))
        for w in range(20, 25)
    ]
    draft_uploads.save(key, [prepare(upload) for upload in uploads[:3]])
    with pytest.raises(ValidationError) as caught:
        submit(Submission(form_key=key, images=uploads[3:]))
    assert list(caught.value.errors) == ["images"]


def test_mark_matched_and_unmatched(unit) -> None:
    waiting, done = (
        submit(Submission(text="Tin số một")).report,
        submit(Submission(text="Tin số hai")).report,
    )
    reports.mark_matched(done)
    assert list(reports.unmatched(timedelta(0))) == [waiting]
    assert list(reports.unmatched(timedelta(minutes=1))) == []
    done.refresh_from_db()
    assert done.matched_at


def test_distinct_senders_counts_unknown_senders_as_one(unit) -> None:
    for sender in ("203.0.113.0/24", "203.0.113.0/24", "198.51.100.0/24", "", ""):
        submit(Submission(text="Mai nghỉ học", sender=sender))
    assert reports.distinct_senders(Report.objects.all()) == 3
    assert reports.distinct_senders(Report.objects.none()) == 0


def test_schedule_purge_keeps_the_earlier_date_and_is_audited(unit) -> None:
    report = submit(Submission(text="Mai nghỉ học")).report
    now = timezone.now()
    reports.schedule_purge(report, now + timedelta(days=14), by=None)
    reports.schedule_purge(report, now + timedelta(days=30), by=None)
    report.refresh_from_db()
    assert report.purge_after == now + timedelta(days=14)
    verbs = [entry.verb for entry in log.history(report)]
    assert verbs == ["report.received", "report.purge_scheduled"]


def test_cancelled_purge_keeps_the_text_and_is_audited_once(unit) -> None:
    report = submit(Submission(text="Mai nghỉ học")).report
    reports.cancel_purge(report, by=None)  # nothing was planned
    reports.schedule_purge(report, timezone.now(), by=None)
    reports.cancel_purge(report, by=None)
    report.refresh_from_db()
    assert report.purge_after is None
    verbs = [entry.verb for entry in log.history(report)]
    assert verbs[1:] == ["report.purge_scheduled", "report.purge_cancelled"]


def test_purge_text_empties_content_and_deletes_pictures(
    unit, django_capture_on_commit_callbacks
) -> None:
    result = submit(
        Submission(text="Chuyện kín", url="https://example.com/kin", question="Kín?",
                   images=[sample_images.upload()], contact=contacts.from_email("me@example.com"))
    )  # fmt: skip
    report = result.report
    with django_capture_on_commit_callbacks(execute=True):
        reports.purge_text(report, by=None)
        assert files.media_path(report.media_prefix).exists()  # until it is committed
    row = Report.objects.values().get()
    for column in ("text", "url", "question", "normalised", "canonical_url"):
        assert row[column] == ""
    assert row["purged_at"]
    assert not Attachment.objects.exists()
    assert not files.media_path(report.media_prefix).exists()
    assert Contact.objects.exists()  # has its own date
    reports.purge_text(report, by=None)
    assert [entry.verb for entry in log.history(report)] == ["report.received", "report.purged"]


def test_purge_text_that_is_rolled_back_keeps_the_files(unit) -> None:
    report = submit(Submission(text="Chuyện kín", images=[sample_images.upload()])).report
    with transaction.atomic():
        reports.purge_text(report, by=None)
        transaction.set_rollback(True)
    report.refresh_from_db()
    assert report.text == "Chuyện kín"
    assert files.media_path(report.attachments.get().path).exists()
