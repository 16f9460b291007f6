"""Suspension of a notice's automatic answer: many ask anew about illness, violence or an accident
at one unit, so it may have happened again, or for the first time.

It lasts until two people have written that the answer is still right, or a new version is public.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.models import GuardedAct
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import merge_tree
from factcheck.enums import Outcome
from factcheck.models import Case, Notice, NoticeVersion
from intake.domain import reports
from matching.details.grave_subjects import GraveSubject, grave_subjects, names_a_unit
from matching.details.slot_extraction import extract_slots

SENDERS = 5  # distinct, within WINDOW
WINDOW = timedelta(days=1)
_HARM = frozenset({GraveSubject.ILLNESS, GraveSubject.VIOLENCE, GraveSubject.ACCIDENT})


def last_confirmation(notice: Notice) -> GuardedAct | None:
    """The newest "still right" that two people stand behind."""
    subject = guarded_acts.subject_of(notice)
    return guarded_acts.confirmed(GuardedKind.STILL_RIGHT, subject).last()


def _is_about_harm(claim: str) -> bool:
    return bool(grave_subjects(claim) & _HARM) and names_a_unit(extract_slots(claim))


def is_private_answer_asked_anew(case: Case) -> bool:
    """Whether as many new senders ask within a day about harm that was answered privately."""
    if case.outcome != Outcome.ANSWERED or case.closed_at is None:
        return False
    since = max(case.closed_at, timezone.now() - WINDOW)
    asked = merge_tree.confirmed_reports(case).filter(created_at__gt=since)
    return _is_about_harm(case.claim) and reports.distinct_senders(asked) >= SENDERS


@transaction.atomic
def suspend_if_asked_anew(case: Case) -> bool:
    """Suspend the case's notice when as many new senders ask within a day; whether it was now."""
    version = (
        NoticeVersion.objects.filter(notice__case=case, is_current=True)
        .select_related("notice")
        .first()
    )
    if version is None or version.notice.suspended_at or not _is_about_harm(version.claim):
        return False
    now = timezone.now()
    confirmation = last_confirmation(version.notice)
    answered = [version.published_at, now - WINDOW]
    if confirmation is not None and confirmation.confirmed_at is not None:
        answered.append(confirmation.confirmed_at)
    asked = merge_tree.confirmed_reports(case).filter(created_at__gt=max(answered))
    if reports.distinct_senders(asked) < SENDERS:
        return False
    Notice.objects.filter(pk=version.notice_id).update(suspended_at=now)
    log.record(AuditEvent.ANSWER_SUSPENDED, version.notice, by=None, unit=case.unit, case=case.pk)
    return True


def end(notice: Notice) -> None:
    """Let the notice answer by itself again; the caller has what allows it, and its audit row."""
    Notice.objects.filter(pk=notice.pk, suspended_at__isnull=False).update(suspended_at=None)
    notice.suspended_at = None
