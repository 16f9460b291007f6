from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.exceptions import NotAllowed
from channels.models import Message
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import notices, verdicts
from factcheck.enums import (
    CaseStatus,
    Outcome,
    Rating,
    Reach,
    VerdictKind,
    VerdictState,
)
from factcheck.exceptions import EvidenceMissing, ValidationError, WrongState
from factcheck.models import Notice, NoticeVersion
from intake.domain import replies
from intake.domain.reply_keys import ReplyKey
from intake.models import Reply
from tests.factories import (
    RUMOUR,
    Cast,
    add_evidence,
    case_at,
    draft_for,
    make_source,
    published,
    submit_report,
    verdict_at,
)


def _revised(cast: Cast, version: NoticeVersion, kind: str, **fields: object) -> NoticeVersion:
    case = version.notice.case
    notices.revise(case, kind, reason="Sửa lại mốc ngày", by=cast.checker)
    return verdict_at(
        CaseStatus.PUBLISHED, cast, case=case, change_reason="Sửa lại mốc ngày", **fields
    ).published


def test_publish_creates_the_first_version_with_its_evidence(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    version = notices.publish(verdict, by=cast.approver)
    notice = version.notice
    assert (version.number, version.kind, version.is_current) == (1, VerdictKind.FIRST, True)
    assert notice.slug == "hoc-sinh-di-hoc-binh-thuong-tu-thu-hai-23-11"
    assert (notice.unit, verdict.case.status) == (cast.school, CaseStatus.PUBLISHED)
    (cited,) = version.evidence
    assert cited["official"] is True
    assert cited["archive_sha256"] == verdict.case.evidence.get().archive_sha256
    assert version.headline == verdict.headline
    assert notice.current == version


def test_true_is_published_like_any_other_verdict(cast: Cast) -> None:
    version = published(cast, rating=Rating.TRUE)
    assert version.rating == Rating.TRUE


def test_publish_is_for_the_approver_after_a_second_person(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    with pytest.raises(WrongState):
        notices.publish(verdict, by=cast.approver)
    verdict = verdict_at(CaseStatus.APPROVED, cast, text="Tin khác về bữa ăn bán trú")
    for other in (cast.checker, cast.reviewer, cast.admin, cast.outsider):
        with pytest.raises(NotAllowed):
            notices.publish(verdict, by=other)
    notices.publish(verdict, by=cast.approver)
    with pytest.raises(WrongState):
        notices.publish(verdict, by=cast.approver)


def test_publish_checks_the_rules_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    late = timezone.localdate() + timedelta(days=200)
    monkeypatch.setattr("factcheck.domain.editorial.verdicts.timezone.localdate", lambda: late)
    with pytest.raises(EvidenceMissing):
        notices.publish(verdict, by=cast.approver)


def test_same_headline_gets_another_slug(cast: Cast) -> None:
    first = published(cast)
    second = published(cast, text="Một tin khác hẳn về thực đơn của trường")
    assert second.notice.slug == f"{first.notice.slug}-{second.notice.case.number}"


def test_correction_replaces_and_keeps_the_previous_version(cast: Cast) -> None:
    first = published(cast)
    second = _revised(cast, first, "correction", headline="Sáu xã nghỉ học hai ngày")
    first.refresh_from_db()
    assert (first.is_current, first.headline) == (
        False,
        "Học sinh đi học bình thường từ thứ Hai 23/11",
    )
    assert (second.number, second.kind, second.is_current) == (2, VerdictKind.CORRECTION, True)
    assert second.notice == first.notice
    assert list(notices.corrections()) == [second]
    assert " 6 xa nghi hoc " in Notice.objects.get().search_text


def test_revision_keeps_the_notice_public_and_copies_it(cast: Cast) -> None:
    version = published(cast)
    case = notices.revise(version.notice.case, "retraction", reason="Sai nguồn", by=cast.checker)
    draft = case.verdicts.get(state=VerdictState.DRAFT)
    assert (draft.kind, draft.headline, draft.change_reason) == (
        VerdictKind.RETRACTION,
        version.headline,
        "Sai nguồn",
    )
    assert notices.listed().get() == version.notice
    assert notifications.current_version(case) == version
    with pytest.raises(WrongState):
        notices.revise(case, "correction", by=cast.checker)


def test_revision_of_an_unknown_kind_is_refused(cast: Cast) -> None:
    case = published(cast).notice.case
    for kind in ("first", ""):
        with pytest.raises(ValidationError):
            notices.revise(case, kind, by=cast.checker)


def test_correction_needs_a_reason_and_a_second_person(cast: Cast) -> None:
    case = published(cast).notice.case
    notices.revise(case, "correction", by=cast.checker)
    verdict = draft_for(case, cast.checker, change_reason="")
    with pytest.raises(EvidenceMissing):
        verdicts.submit_for_review(verdict, by=cast.checker)


def test_abandoned_revision_leaves_the_notice_and_can_be_started_again(cast: Cast) -> None:
    version = published(cast)
    case = version.notice.case
    notices.revise(case, "correction", by=cast.checker)
    notices.abandon_revision(case, by=cast.checker)
    assert (case.status, notices.listed().get().current) == (CaseStatus.PUBLISHED, version)
    assert _revised(cast, version, "retraction").kind == VerdictKind.RETRACTION
    fresh = case_at(CaseStatus.CHECKING, cast, text="Tin chưa công bố về xe buýt")
    with pytest.raises(WrongState):
        notices.abandon_revision(fresh, by=cast.checker)


def test_every_reporter_is_notified_once_per_version(cast: Cast) -> None:
    reports = [submit_report(RUMOUR, cast.school) for _ in range(3)]
    version = published(cast)
    assert notifications.notify_reporters(version.notice.case) == 4
    notifications.notify_reporters(version.notice.case)
    assert Reply.objects.filter(key=ReplyKey.for_notice(version.notice_id, 1)).count() == 4
    second = _revised(cast, version, "correction", headline="Đã đính chính mốc ngày")
    assert notifications.notify_reporters(second.notice.case) == 4
    timeline = replies.timeline(reports[0])
    assert timeline.is_corrected
    assert timeline.answer is not None
    assert timeline.answer.title == "Đã đính chính mốc ngày"
    assert "Sửa lại mốc ngày" in timeline.answer.body
    third = _revised(cast, version, "retraction")
    assert notifications.notify_reporters(third.notice.case) == 4
    answer = replies.timeline(reports[0]).answer
    assert answer is not None
    assert (answer.verdict, answer.verdict_label) == ("", "")


def test_reply_is_emailed_once_to_who_left_an_address(cast: Cast) -> None:
    submit_report(RUMOUR, cast.school, contact_email="phuhuynh@example.vn")
    version = published(cast)
    notifications.notify_reporters(version.notice.case)
    notifications.notify_reporters(version.notice.case)
    assert Message.objects.filter(purpose="answer").count() == 1
    assert mail.outbox == []  # a row first; the worker sends


def test_reply_is_in_the_reporters_language(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school, language="en")
    notifications.notify_reporters(published(cast).notice.case)
    answer = replies.timeline(report).answer
    assert answer is not None
    assert answer.verdict_label == "False"


def test_correction_cannot_be_a_private_reply(cast: Cast) -> None:
    case = published(cast).notice.case
    notices.revise(case, VerdictKind.CORRECTION, reason="Sai ngày", by=cast.checker)
    draft = verdicts.draft(case, by=cast.checker, reach=Reach.REPORTERS_ONLY)
    private = verdicts.missing(draft)
    draft.reach = Reach.PUBLISH
    assert len(set(private) - set(verdicts.missing(draft))) == 1


def test_private_correction_that_an_earlier_release_approved_is_refused_with_a_sentence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = published(cast).notice.case
    notices.revise(case, VerdictKind.CORRECTION, reason="Sai ngày", by=cast.checker)
    monkeypatch.setattr(verdicts, "missing", lambda verdict: [])
    verdict = verdict_at(
        CaseStatus.APPROVED, cast, case=case, change_reason="Sai", reach=Reach.REPORTERS_ONLY
    )
    with pytest.raises(ValidationError):
        notices.publish(verdict, by=cast.approver)


def test_reporters_get_a_reply_without_a_notice(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school)
    verdict = verdict_at(CaseStatus.APPROVED, cast, reach=Reach.REPORTERS_ONLY)
    with pytest.raises(ValidationError):
        notices.publish(verdict, by=cast.approver)
    case = notices.reply_to_reporters(verdict, by=cast.approver)
    assert (case.status, case.outcome) == (CaseStatus.CLOSED, Outcome.ANSWERED)
    assert notifications.notify_reporters(case) == 2
    answer = replies.timeline(report).answer
    assert answer is not None
    assert (answer.title, answer.url) == (verdict.headline, "")
    assert not notices.listed().exists()
    assert report.purge_after is None


def test_reopened_answered_case_needs_a_new_review(cast: Cast) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.ANSWERED)
    lifecycle.reopen(case, by=cast.checker)
    assert case.verdicts.get().state == VerdictState.WITHDRAWN
    assert case.status == CaseStatus.NEW


def test_correction_is_never_a_private_reply(cast: Cast) -> None:
    case = published(cast).notice.case
    notices.revise(case, "correction", by=cast.checker)
    verdict = verdict_at(CaseStatus.APPROVED, cast, case=case, change_reason="Sửa ngày")
    with pytest.raises(WrongState):
        notices.reply_to_reporters(verdict, by=cast.approver)


def test_search_ignores_diacritics_and_filters_by_topic(cast: Cast) -> None:
    version = published(cast)
    assert list(notices.search("di hoc BINH thuong")) == [version.notice]
    assert list(notices.search("Đi học bình thường")) == [version.notice]
    assert not notices.search("đi học bơi").exists()
    assert not notices.search("", "lua-dao").exists()
    assert notices.search().count() == 1


def test_later_change_of_a_source_leaves_published_evidence(cast: Cast) -> None:
    source = make_source(name_vi="Nguồn ban đầu")
    case = case_at(CaseStatus.CHECKING, cast)
    add_evidence(case, cast.checker, source=source)
    version = published(cast, case=case)
    source.name_en = "Renamed"
    source.save(update_fields=["name_en"])
    version.refresh_from_db()
    assert version.evidence[0]["source"] == "Nguồn ban đầu"
    assert version.evidence[0]["source_en"] != "Renamed"
    assert case.evidence.get().official is True
