"""Matches of reports with cases. The pipeline links a report that is the same; a person decides the
rest, and the pipeline never overrides a person."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import merge_tree, permissions, workflow
from factcheck.domain import concerns, held_answers, notifications, suspensions
from factcheck.domain.cases import escalation, purging, resurfacing
from factcheck.domain.cases.opening import open_for
from factcheck.domain.duplicates import (
    decisions,
    equal_pictures,
    family_answers,
    merging,
    second_person,
    suggested_pairs,
)
from factcheck.domain.duplicates.suggested_pairs import PICTURE
from factcheck.domain.index import wordings
from factcheck.enums import CaseStatus, MatchState, PairKind
from factcheck.exceptions import WrongState
from factcheck.models import Case, Match
from factcheck.models.match import REASON_LIMIT
from factcheck.reasons import reason_line
from intake.domain import reports
from intake.models import Report
from matching.scoring import policy, ranking
from matching.scoring.core_text import says_nothing
from matching.scoring.policy import Action, Decision
from matching.scoring.ranking import RankedCandidate


@transaction.atomic
def match_report(report: Report) -> Decision:
    """Find the report's case, or open one. Safe to run twice and at the same moment.

    LINK: confirmed without a person; its reporter gets what the case's other reporters got.
    SUGGEST: a case of its own, with suggestions for a person. NEW: a case of its own.
    """
    query, pictures = wordings.query_for_report(report), equal_pictures.hashes_alone(report)
    wordings.lock_same_texts([query], pictures)
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    if linked := report.matches.filter(state=MatchState.CONFIRMED).first():
        reports.mark_matched(report)
        return Decision(Action.LINK, merge_tree.canonical(linked.case).pk)
    if pictures and (by_picture := _match_pictures(report, pictures)):
        reports.mark_matched(report)
        return by_picture
    refused = decisions.rejected_case_ids(report)
    ranked = ranking.rank(query, [c for c in wordings.candidates(query) if c.key not in refused])
    decision = policy.decide(ranked)
    best = next((r for r in ranked if r.key == decision.target), None)
    if best is None or not _link_words(report, best):
        open_for(report)
        suggested_pairs.create(report, decision.suggestions or _still_near(report, best))
    if match := current_match(report):
        family_answers.respond(report, merge_tree.canonical(match.case))
    reports.mark_matched(report)
    return decision


def _match_pictures(report: Report, pictures: frozenset[str]) -> Decision | None:
    """Join a report that is nothing but a picture to the case of the very same one, or suggest the
    cases that have it; None if there is none."""
    refused = decisions.rejected_case_ids(report)
    cases = [
        case
        for case in equal_pictures.cases_with_pictures(pictures, report)
        if case.pk not in refused
    ]
    for case in cases:
        if equal_pictures.may_join(workflow.lock(case)) and _link(report, case.pk, 1.0, PICTURE):
            return Decision(Action.LINK, case.pk)
    if not cases:
        return None
    open_for(report)
    suggested_pairs.create_for_pictures(report, cases[: policy.MAX_SUGGESTIONS])
    return Decision(Action.SUGGEST)


def _link_words(report: Report, best: RankedCandidate) -> bool:
    """Link a report with the same words or link, unless it says more than an answer was given to:
    another address, a question of its own or a picture that nobody has read."""
    says_more = not says_nothing(report.question) or report.attachments.exists()
    says_more = says_more or bool(report.url and not best.same_url)
    case = workflow.lock(merge_tree.canonical(Case.objects.get(pk=best.key)))
    if says_more and merging.is_answered(case):
        return False
    return _link(report, best.key, best.score, policy.explain(best))


def _still_near(report: Report, best: RankedCandidate | None) -> list[RankedCandidate]:
    """What was not linked is suggested, unless a person has decided against it meanwhile."""
    if best is None or best.key in decisions.rejected_case_ids(report):
        return []
    return [best]


def _confirm_link(
    report: Report, case: Case, score: float, explanation: dict[str, object]
) -> Match:
    match, _created = Match.objects.update_or_create(
        report=report,
        case=case,
        defaults={
            "state": MatchState.CONFIRMED,
            "score": score,
            "explanation": explanation,
        },
    )
    wordings.add_report(case, report)
    return match


def _link(report: Report, key: int, score: float, explanation: dict[str, object]) -> bool:
    """Link the report to the case ``key``; False when a person decided against it meanwhile."""
    case = workflow.lock(Case(pk=key))
    while case.merged_into is not None:  # between the search and the lock
        case = workflow.lock(case.merged_into)
    if case.pk in decisions.rejected_case_ids(report):
        return False
    match = _confirm_link(report, wordings.case_for_wording(case, report), score, explanation)
    last = max(case.last_report_at, report.created_at)
    Case.objects.filter(pk=case.pk).update(last_report_at=last)
    resurfaced = resurfacing.resurface(case, timezone.now())
    escalation.escalate_for(report, case)
    purging.schedule_if_closed(case, report)
    concerns.propose_from_report(case, report)
    log.record(
        AuditEvent.MATCH_LINKED,
        match,
        by=None,
        unit=case.unit,
        report=report.pk,
        case=case.pk,
        resurfaced=resurfaced,
    )
    suspensions.suspend_if_asked_anew(case)
    anew = suspensions.is_private_answer_asked_anew(case)
    if not held_answers.hold_if_lapsed(match, case, asked_anew=anew):
        notifications.notify_reporter(report, case)
    elif case.status == CaseStatus.CLOSED:
        resurfacing.resurface(case, timezone.now(), answer_held=True)
    return True


def current_match(report: Report) -> Match | None:
    """The match that says which case the report belongs to; None before matching."""
    return report.matches.filter(state=MatchState.CONFIRMED).select_related("case").first()


def _check_open(match: Match) -> None:
    if match.state == MatchState.REJECTED:
        raise WrongState(_("Someone has already decided that these are different claims."))


@transaction.atomic
def confirm(match: Match, *, reason: str = "", by: User) -> Match:
    """The suggestion is right: the report's case is merged into the suggested one.

    The whole case, since its reports make one claim; ``merging.split`` takes one report out again.
    A report that has no case is confirmed directly.
    """
    _check_open(match)
    own = current_match(match.report)
    if own is not None:
        case, other = merge_tree.canonical(own.case), merge_tree.canonical(match.case)
        if case.pk != other.pk:
            second_person.merge(case, other, reason=reason, by=by)
        return match
    case = workflow.lock(merge_tree.canonical(match.case))
    if merging.is_answered(case):  # first a case of its own, which a second person may merge
        open_for(match.report)
        return confirm(match, reason=reason, by=by)
    _join(match, case, reason=reason, by=by)
    return match


def _join(match: Match, case: Case, *, reason: str, by: User) -> None:
    """Confirm a report that has no case in the suggested one."""
    permissions.check_can_decide_pair(case, by)
    match.state, match.reason = MatchState.CONFIRMED, reason_line(reason, REASON_LIMIT)
    match.decided_by, match.decided_at = by, timezone.now()
    match.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    resurfacing.resurface(case, match.report.created_at)
    escalation.escalate_for(match.report, case)
    wordings.add_report(case, match.report)
    concerns.propose_from_report(case, match.report)
    log.record(
        AuditEvent.MATCH_CONFIRMED,
        match,
        by=by,
        unit=case.unit,
        report=match.report_id,
        case=case.pk,
    )
    notifications.enqueue_notifications(case)


@transaction.atomic
def reject(match: Match, *, reason: str = "", by: User) -> Match:
    """Not the same claim; neither this report nor its case is suggested there again."""
    own = current_match(match.report)
    other = merge_tree.canonical(match.case)
    case = merge_tree.canonical(own.case) if own else other
    if case.pk != other.pk:
        merging.mark_distinct(case, other, PairKind.DIFFERENT, reason=reason, by=by)
    permissions.check_can_decide_pair(workflow.lock(case), by)
    match = Match.objects.select_for_update(no_key=True).get(pk=match.pk)
    if match.state == MatchState.CONFIRMED:
        raise WrongState(_("The report belongs to this case: split it off instead."))
    if match.state == MatchState.SUGGESTED:
        decisions.reject_match(match, reason=reason, by=by)
    log.record(
        AuditEvent.MATCH_REJECTED,
        match,
        by=by,
        unit=case.unit,
        report=match.report_id,
        case=other.pk,
    )
    return match
