"""Purging of texts: a report that turned out to be an opinion, a personal matter, spam or an
emergency loses its text after ``settings.OPINION_TEXT_DAYS``."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import merge_tree, workflow
from factcheck.domain.index import packing, wordings
from factcheck.enums import CaseStatus, MatchState, VerdictState
from factcheck.models import Case, Match, MatchingExclusion, PairDecision, Verdict, Wording
from factcheck.outcomes import PURGED_OUTCOMES
from intake.domain import reports
from intake.models import Report

_VERDICT_TEXTS = ("claim", "headline", "explanation", "what_is_true", "what_to_do", "why_checked")


def period() -> timedelta:
    return timedelta(days=settings.OPINION_TEXT_DAYS)


def lock_reports(case: Case) -> list[Report]:
    """Confirmed reports of the case and of cases merged into it, locked: who changes several
    reports locks their rows before the audit chain."""
    confirmed = merge_tree.confirmed_reports(case)
    locked = Report.objects.select_for_update(no_key=True).filter(pk__in=confirmed.values("pk"))
    return list(locked.order_by("pk"))


def schedule(case: Case, *, by: User | None) -> None:
    """Set when the case's texts are emptied; called when it is closed."""
    for report in lock_reports(case):
        reports.schedule_purge(report, timezone.now() + period(), by=by)


def schedule_if_closed(case: Case, report: Report) -> None:
    """The same for a report that arrives after the case was closed."""
    if case.status == CaseStatus.CLOSED and case.outcome in PURGED_OUTCOMES:
        reports.schedule_purge(report, timezone.now() + period(), by=None)


def cancel(case: Case, *, by: User) -> None:
    """Keep the texts after all: the case was reopened in time."""
    for report in lock_reports(case):
        reports.cancel_purge(report, by=by)


def purge_closed(*, by: User | None) -> int:
    """Empty every closed case whose period is over; return how many."""
    late = (
        Match.objects.filter(  # came after the closing; perhaps in a case that was merged into it
            state=MatchState.CONFIRMED,
            report__purge_after__lte=timezone.now(),
            report__purged_at__isnull=True,
        ).values_list(merge_tree.canonical_id("case"), flat=True)
    )
    over = Q(closed_at__lte=timezone.now() - period()) & ~Q(claim="")
    due = Case.objects.filter(status=CaseStatus.CLOSED, outcome__in=PURGED_OUTCOMES)
    done = 0
    for pk in list(due.filter(over | Q(pk__in=set(late))).values_list("pk", flat=True)):
        done += purge(Case(pk=pk), by=by)
    if done:
        packing.pack_waiting()  # removes their terms from the index, too
    return done


@transaction.atomic
def purge(case: Case, *, by: User | None) -> bool:
    """Empty the texts of one closed case everywhere; False, and nothing is written, when no text
    of it is due.

    Rows, fingerprints and decisions stay, for counting and to recognise the same text again.
    """
    case = workflow.lock(case)
    if case.status != CaseStatus.CLOSED or case.outcome not in PURGED_OUTCOMES:
        return False
    now = timezone.now()
    over = case.closed_at is not None and case.closed_at <= now - period()
    with_text = [report for report in lock_reports(case) if report.purged_at is None]
    due = [r for r in with_text if over or (r.purge_after and r.purge_after <= now)]
    if not due and not (over and case.claim):
        return False
    _empty_reports(due)
    if over:
        _empty_cases(merge_tree.group_ids(case))
    for report in due:
        reports.purge_text(report, by=by)
    log.record(AuditEvent.CASE_PURGED, case, by=by, unit=case.unit, reports=len(due))
    return True


def _empty_reports(due: list[Report]) -> None:
    """Empty what was derived from these reports: wordings, index, reasons for matches."""
    wordings.empty(Wording.objects.filter(report__in=due))
    Match.objects.filter(report__in=due).update(explanation={}, reason="")


def _empty_cases(case_ids: list[int]) -> None:
    """Empty all texts of these cases, also those of no report."""
    wordings.empty(Wording.objects.filter(case_id__in=case_ids))
    Match.objects.filter(case_id__in=case_ids).update(explanation={}, reason="")
    _empty_reasons(case_ids)
    Case.objects.filter(pk__in=case_ids).update(claim="")
    drafts = Verdict.objects.filter(case_id__in=case_ids).exclude(state=VerdictState.APPROVED)
    drafts.update(**dict.fromkeys(_VERDICT_TEXTS, ""))


def _empty_reasons(members: list[int]) -> None:
    """Decisions stay, with who and when; the reasons people gave may quote the texts."""
    about = Q(case_id__in=members) | Q(other_id__in=members)
    PairDecision.objects.filter(about).update(reason="")
    MatchingExclusion.objects.filter(case_id__in=members).update(reason="")
