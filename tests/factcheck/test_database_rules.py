"""Raw SQL tries to break each rule of the database; every attempt must raise."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit import rules
from factcheck.domain.editorial import proof, reviews, verdicts
from factcheck.enums import CaseStatus, Rating
from factcheck.models import Match, Notice, NoticeVersion, PairDecision, Verdict
from tests.factories import (
    RUMOUR,
    Cast,
    add_evidence,
    case_at,
    case_of,
    make_user,
    pdf,
    published,
    statements_for,
    submit_report,
    verdict_at,
)

COPIED = (
    "kind, language, rating, tags, claim, headline, explanation, what_is_true, what_to_do, "
    "why_checked, change_reason, review_by"
)


def _run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def _refused(sql: str, *params: Any) -> None:
    with pytest.raises(IntegrityError):
        _run(sql, *params)


def _publish_by_hand(verdict: Verdict, notice: Notice, by: int, **changed: str) -> None:
    """INSERT … SELECT of a version from a verdict, as an intruder would write it."""
    chosen = ", ".join(changed.get(name.strip('" '), name) for name in COPIED.split(", "))
    _run(
        "INSERT INTO factcheck_noticeversion (notice_id, number, verdict_id, evidence, "
        f"is_current, published_at, published_by_id, {COPIED}) "
        f"SELECT %s, 1, id, '[]', true, written_at, %s, {chosen} "
        "FROM factcheck_verdict WHERE id = %s",
        notice.pk,
        by,
        verdict.pk,
    )


def _notice(verdict: Verdict) -> Notice:
    return Notice.objects.create(
        case=verdict.case, slug=f"thu-{verdict.pk}", unit=verdict.case.unit, topic=None
    )


def test_version_of_an_approved_verdict_can_be_inserted(cast: Cast) -> None:
    """The control: the statement below is right, so what refuses it is the rule."""
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)
    assert NoticeVersion.objects.get().verdict == verdict


@pytest.mark.parametrize("status", [CaseStatus.CHECKING, CaseStatus.IN_REVIEW])
def test_unapproved_verdict_cannot_be_published(cast: Cast, status: CaseStatus) -> None:
    verdict = verdict_at(status, cast)
    with pytest.raises(IntegrityError, match="refused"):
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)


def test_withdrawn_verdict_cannot_be_published(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    verdicts.withdraw(verdict, by=cast.checker)
    with pytest.raises(IntegrityError, match="refused"):
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)


def test_other_words_than_the_approved_ones_cannot_be_published(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    notice = _notice(verdict)
    for name, value in {"headline": "'Khác'", "rating": "'true'", "explanation": "'Khác'"}.items():
        with pytest.raises(IntegrityError, match="refused"):
            _publish_by_hand(verdict, notice, cast.approver.pk, **{name: value})


def test_verdict_of_another_case_cannot_be_published(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast)
    other = verdict_at(CaseStatus.CHECKING, cast, text="Tin khác về xe buýt của trường")
    with pytest.raises(IntegrityError, match="refused"):
        _publish_by_hand(verdict, _notice(other), cast.approver.pk)


# As JSON text; the last one spells “scam” so that only a JSON parser reads it.
SCAM_TAGS = ['["scam"]', '["satire", "impersonation"]', '["sc\\u0061m"]']


@pytest.mark.parametrize("tags", SCAM_TAGS)
def test_true_never_stands_beside_a_scam(cast: Cast, tags: str) -> None:
    verdict = verdict_at(CaseStatus.CHECKING, cast, rating=Rating.TRUE)
    update = "UPDATE factcheck_verdict SET rating = %s, tags = %s WHERE id = %s"
    _refused(update, "true", tags, verdict.pk)
    _run(update, "scam", tags, verdict.pk)
    _refused("UPDATE factcheck_verdict SET rating = 'true' WHERE id = %s", verdict.pk)


@pytest.mark.parametrize("tags", SCAM_TAGS)
def test_version_is_never_true_beside_a_scam(cast: Cast, tags: str) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast, rating=Rating.TRUE)
    literal = f"'{tags}'" if connection.vendor == "sqlite" else f"'{tags}'::jsonb"
    with pytest.raises(IntegrityError, match="factcheck_version_tags"):
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk, tags=literal)


def test_verdict_for_a_private_reply_cannot_be_published(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast, reach="askers_only")
    with pytest.raises(IntegrityError, match="refused"):
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)


@pytest.mark.parametrize("rating", [Rating.FALSE, Rating.MISLEADING, Rating.TRUE])
def test_verdict_without_its_evidence_cannot_be_published(cast: Cast, rating: Rating) -> None:
    verdict = verdict_at(CaseStatus.APPROVED, cast, rating=rating)
    _run(
        "UPDATE factcheck_evidence SET withdrawn_at = added_at, withdrawn_by_id = %s",
        cast.checker.pk,
    )
    with pytest.raises(IntegrityError, match="refused"):
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)


def test_python_guards_removed_the_database_still_refuses(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "missing", lambda verdict: [])
    verdict = verdict_at(CaseStatus.CHECKING, cast)
    _run(
        "UPDATE factcheck_evidence SET withdrawn_at = added_at, withdrawn_by_id = %s",
        cast.checker.pk,
    )
    from factcheck.domain.editorial import notices

    verdicts.submit_for_review(verdict, by=cast.checker)
    reviews.approve(verdict, by=cast.reviewer)
    with pytest.raises(IntegrityError, match="refused"), transaction.atomic():
        notices.publish(verdict, by=cast.approver)


def test_nobody_approves_their_own_verdict(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    approve = (
        "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s, "
        "reviewed_at = written_at, reviewer_unit_id = %s WHERE id = %s"
    )
    _refused(approve, cast.checker.pk, cast.xa.pk, verdict.pk)
    _refused("UPDATE factcheck_verdict SET state = 'approved' WHERE id = %s", verdict.pk)
    _refused(
        "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s WHERE id = %s",
        cast.reviewer.pk,
        verdict.pk,
    )


def test_a_unit_does_not_approve_about_itself(cast: Cast) -> None:
    from factcheck.domain.cases import lifecycle
    from tests.factories import case_at

    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    _refused(
        "UPDATE factcheck_verdict SET state = 'approved', reviewed_by_id = %s, "
        "reviewed_at = written_at, reviewer_unit_id = %s WHERE id = %s",
        cast.own_reviewer.pk,
        cast.school.pk,
        verdict.pk,
    )
    _refused("UPDATE factcheck_verdict SET about_own_unit = false WHERE id = %s", verdict.pk)


def test_state_of_a_verdict_goes_forward_only(cast: Cast) -> None:
    draft = verdict_at(CaseStatus.CHECKING, cast)
    set_state = "UPDATE factcheck_verdict SET state = %s WHERE id = %s"
    _refused(set_state, "approved", draft.pk)
    approved = verdict_at(CaseStatus.APPROVED, cast, text="Tin về đồng phục của trường")
    for state in ("draft", "in_review", "returned"):
        _refused(set_state, state, approved.pk)
    public = published(cast, text="Tin về thực đơn của trường").verdict
    _refused(set_state, "withdrawn", public.pk)


@pytest.mark.parametrize("status", [CaseStatus.IN_REVIEW, CaseStatus.APPROVED])
def test_words_of_a_verdict_are_fixed_from_submission(cast: Cast, status: CaseStatus) -> None:
    verdict = verdict_at(status, cast)
    for column, value in {
        "headline": "'x'", "rating": "'true'", "explanation": "'x'", "claim": "'x'", "reach": "''",
        "checklist": "'[]'", "tags": "'[\"scam\"]'", "review_by": "NULL", "kind": "'correction'",
        "written_by_id": str(cast.colleague.pk), "author_unit_id": str(cast.so.pk),
    }.items():  # fmt: skip
        _refused(f"UPDATE factcheck_verdict SET {column} = {value} WHERE id = %s", verdict.pk)
    if status == CaseStatus.APPROVED:
        _refused(
            "UPDATE factcheck_verdict SET reviewed_by_id = %s WHERE id = %s",
            make_user().pk,
            verdict.pk,
        )
        _refused("UPDATE factcheck_verdict SET review_note = 'x' WHERE id = %s", verdict.pk)
    _refused("DELETE FROM factcheck_verdict WHERE id = %s", verdict.pk)


def test_published_version_is_never_changed_or_deleted(cast: Cast) -> None:
    version, days = published(cast), ("review_by", "published_at", "rerated_on")
    for name in [f.column for f in NoticeVersion._meta.concrete_fields if f.column != "id"]:
        if name != "is_current":
            _refused(
                f'UPDATE factcheck_noticeversion SET "{name}" = %s WHERE id = %s',
                "2020-01-01" if name in days else "7",
                version.pk,
            )
    _refused("DELETE FROM factcheck_noticeversion WHERE id = %s", version.pk)
    _refused("UPDATE factcheck_noticeversion SET is_current = false WHERE id = %s", version.pk)


def test_there_is_one_current_version(cast: Cast) -> None:
    version = published(cast)
    columns = ", ".join(
        f'"{field.column}"'
        for field in NoticeVersion._meta.concrete_fields
        if field.column not in ("id", "number")
    )
    _refused(
        f"INSERT INTO factcheck_noticeversion (number, {columns}) "
        f"SELECT 2, {columns} FROM factcheck_noticeversion WHERE id = %s",
        version.pk,
    )


def test_notice_keeps_its_address_and_its_case(cast: Cast) -> None:
    notice = published(cast).notice
    _refused("UPDATE factcheck_notice SET slug = 'khac' WHERE id = %s", notice.pk)
    _refused("DELETE FROM factcheck_notice WHERE id = %s", notice.pk)


def test_evidence_is_neither_rewritten_nor_deleted(cast: Cast) -> None:
    item = verdict_at(CaseStatus.IN_REVIEW, cast).case.evidence.get()
    for column, value in {
        "quote": "'x'", "stance": "'supports'", "official": "false", "url": "''",
        "document_date": "NULL", "host_reason": "'x'", "on_source_domain": "false",
        "archive_sha256": "'0'", "archive_path": "'x'", "archive_state": "'none'",
        "provenance": "'signed'", "signed_by": "'x'", "added_by_id": str(cast.admin.pk),
    }.items():  # fmt: skip
        _refused(f"UPDATE factcheck_evidence SET {column} = {value} WHERE id = %s", item.pk)
    _refused("DELETE FROM factcheck_evidence WHERE id = %s", item.pk)
    _run("UPDATE factcheck_evidence SET archive_error = 'x' WHERE id = %s", item.pk)


def test_citation_is_rewritten_in_the_draft_alone_and_never_its_copy(cast: Cast) -> None:
    case = verdict_at(CaseStatus.CHECKING, cast).case
    item = case.evidence.get()
    _run("UPDATE factcheck_evidence SET quote = 'Câu khác.' WHERE id = %s", item.pk)
    _refused("UPDATE factcheck_evidence SET provenance = 'signed' WHERE id = %s", item.pk)
    _refused("UPDATE factcheck_evidence SET archive_sha256 = '0' WHERE id = %s", item.pk)


@pytest.mark.parametrize(
    "change", ["text = 'x'", "quote_match = 'absent'", "state = 'waiting'", "quote_end = 99999"]
)
def test_words_of_a_copy_are_fixed_from_submission(cast: Cast, change: str) -> None:
    item = verdict_at(CaseStatus.IN_REVIEW, cast).case.evidence.get()
    _refused(f"UPDATE factcheck_copytext SET {change} WHERE evidence_id = %s", item.pk)
    _refused("DELETE FROM factcheck_copytext WHERE evidence_id = %s", item.pk)


def test_words_belong_to_an_archived_copy(cast: Cast) -> None:
    bare = add_evidence(verdict_at(CaseStatus.CHECKING, cast).case, cast.checker, upload=None)
    _refused(
        "INSERT INTO factcheck_copytext (evidence_id, state, needs_ocr, text, pages, error, tries, "
        "created_at, quote_match, quote_start, quote_end) "
        "SELECT id, 'read', false, quote, 1, '', 0, added_at, 'whole', 0, 5 "
        "FROM factcheck_evidence WHERE id = %s",
        bare.pk,
    )


STATE = (
    "INSERT INTO factcheck_evidencestatement (verdict_id, evidence_id, compared_by_eye, "
    "original_seen, original_where, names_nobody, stated_at, stated_by_id) "
    "SELECT %s, id, true, 'paper', 'Văn thư', false, added_at, %s "
    "FROM factcheck_evidence WHERE id = %s"
)


@pytest.mark.parametrize("who", ["author", "who cited it"])
def test_nobody_states_about_their_own_evidence(cast: Cast, who: str) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.colleague, upload=pdf())
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    user = cast.checker if who == "author" else cast.colleague
    _refused(STATE, verdict.pk, user.pk, item.pk)
    _run(STATE, verdict.pk, cast.reviewer.pk, item.pk)  # the control
    _refused("UPDATE factcheck_evidencestatement SET original_where = 'x'")
    _refused("DELETE FROM factcheck_evidencestatement")


def test_statement_is_made_while_the_verdict_is_in_review(cast: Cast) -> None:
    for status in (CaseStatus.CHECKING, CaseStatus.APPROVED):
        verdict = verdict_at(status, cast, text=f"Tin về {status}: đồng phục 640.000 đồng")
        item = verdict.case.evidence.get()
        _refused(STATE, verdict.pk, cast.pooled.pk, item.pk)


@pytest.mark.parametrize("stated", [True, False])
def test_handed_in_copy_proves_nothing_without_the_second_person(
    cast: Cast, stated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when nothing in Python asks for the statement."""
    case = case_at(CaseStatus.CHECKING, cast)
    add_evidence(case, cast.checker, upload=pdf())
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    statements = statements_for(verdict) if stated else {}
    monkeypatch.setattr(proof, "lacking", lambda *args: [])
    reviews.approve(verdict, statements=statements, by=cast.reviewer)
    if stated:
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)
        return
    with pytest.raises(IntegrityError, match="refused"):
        _publish_by_hand(verdict, _notice(verdict), cast.approver.pk)


def test_closed_merged_and_checked_cases_are_whole(cast: Cast) -> None:
    case = verdict_at(CaseStatus.CHECKING, cast).case
    write = "UPDATE factcheck_case SET {} WHERE id = %s"
    for change in (
        "status = 'closed'",
        "status = 'closed', outcome = 'spam'",
        "outcome = 'spam'",
        "status = 'merged'",
        "assignee_id = NULL",
    ):
        _refused(write.format(change), case.pk)


def test_every_rule_is_installed(db: None) -> None:
    tables = [table for table, _name in rules.installed(connection)]
    for name in ("noticeversion", "notice", "verdict", "evidence"):
        assert f"factcheck_{name}" in tables


def _rejected_pair(cast: Cast) -> tuple[PairDecision, Match]:
    from factcheck import merge_tree
    from factcheck.domain.duplicates import matches

    first = case_of(submit_report(RUMOUR, cast.school))
    second = case_of(submit_report("Xe buýt của trường đổi giờ chạy từ thứ Hai", cast.school))
    report = second.matches.get().report
    pair = Match.objects.create(report=report, case=first, state="suggested")
    matches.reject(pair, reason="Khác việc", by=cast.checker)
    assert merge_tree.confirmed_reports(second).count() == 1
    pair.refresh_from_db()
    return PairDecision.objects.get(), pair


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'related'",
        "reason = 'Khác'",
        "decided_at = '2020-01-01T00:00:00Z'",
        "case_id = other_id, other_id = case_id",
    ],
)
def test_decision_about_two_cases_cannot_be_rewritten(cast: Cast, change: str) -> None:
    decision, _pair = _rejected_pair(cast)
    _refused(f"UPDATE factcheck_pairdecision SET {change} WHERE id = %s", decision.pk)
    _refused("DELETE FROM factcheck_pairdecision")


def test_decision_about_two_cases_is_undone_once(cast: Cast) -> None:
    decision, _pair = _rejected_pair(cast)
    undo = "UPDATE factcheck_pairdecision SET undone_at = {}, undone_by_id = %s WHERE id = %s"
    _run(undo.format("decided_at"), cast.checker.pk, decision.pk)
    _refused(undo.format("'2030-01-01T00:00:00Z'"), cast.colleague.pk, decision.pk)
    _refused(
        "UPDATE factcheck_pairdecision SET undone_at = NULL, undone_by_id = NULL WHERE id = %s",
        decision.pk,
    )


def test_words_of_a_decision_may_go_and_nothing_else(cast: Cast) -> None:
    decision, pair = _rejected_pair(cast)
    _run("UPDATE factcheck_pairdecision SET reason = '' WHERE id = %s", decision.pk)
    _run("UPDATE factcheck_match SET reason = '', explanation = '{}' WHERE id = %s", pair.pk)
    decision.refresh_from_db()
    assert (decision.kind, decision.decided_by) == ("different", cast.checker)


@pytest.mark.parametrize(
    "change",
    [
        "state = 'confirmed'",
        "state = 'suggested', decided_at = NULL, decided_by_id = NULL",
        "reason = 'Khác'",
        "decided_by_id = decided_by_id + 1",
        "case_id = case_id + 1",
    ],
)
def test_rejected_pair_cannot_be_rewritten(cast: Cast, change: str) -> None:
    _decision, pair = _rejected_pair(cast)
    _refused(f"UPDATE factcheck_match SET {change} WHERE id = %s", pair.pk)
    _refused("DELETE FROM factcheck_match WHERE id = %s", pair.pk)


def test_pair_nobody_decided_may_be_deleted_and_rejected_by_nobody_may_not_be(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school)
    other = case_of(submit_report("Xe buýt của trường đổi giờ chạy từ thứ Hai", cast.school))
    pair = Match.objects.create(report=report, case=other, state="suggested")
    _refused("UPDATE factcheck_match SET state = 'rejected' WHERE id = %s", pair.pk)
    _run("DELETE FROM factcheck_match WHERE id = %s", pair.pk)


def test_exclusion_from_matching_stays_on_record(cast: Cast) -> None:
    from factcheck.domain.index import exclusions

    case = case_of(submit_report(RUMOUR, cast.school))
    exclusion = exclusions.exclude(case, "Vô nghĩa", by=cast.checker)
    _refused("DELETE FROM factcheck_matchingexclusion")
    _refused("UPDATE factcheck_matchingexclusion SET reason = 'Khác'")
    _refused("UPDATE factcheck_matchingexclusion SET excluded_by_id = %s", cast.colleague.pk)
    exclusions.include_again(case, by=cast.colleague)
    _refused(
        "UPDATE factcheck_matchingexclusion SET ended_at = NULL, ended_by_id = NULL WHERE id = %s",
        exclusion.pk,
    )
    _run("UPDATE factcheck_matchingexclusion SET reason = ''")
