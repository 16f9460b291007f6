"""Exclusions from matching: cases of junk, or of words so general that they resemble everything.

No report is linked or suggested to such a case, and nothing is suggested for its own reports; a new
report of the same text opens a case. A person decides it, with a reason, and can undo it.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import permissions, workflow
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, MatchingExclusion
from factcheck.models.match import REASON_LIMIT
from factcheck.reasons import reason_line


def _active_exclusions() -> QuerySet[MatchingExclusion]:
    return MatchingExclusion.objects.filter(ended_at__isnull=True)


def current(case: Case) -> MatchingExclusion | None:
    """The active exclusion of exactly this case."""
    return _active_exclusions().filter(case=case).select_related("excluded_by").first()


def excluded_cases() -> QuerySet[Case]:
    """The excluded cases, without those merged into them."""
    return Case.objects.filter(pk__in=_active_exclusions().values("case"))


def excluded_case_ids() -> set[int]:
    """Ids of all excluded cases and of the cases merged into those."""
    excluded = level = set(_active_exclusions().values_list("case_id", flat=True))
    while level:
        merged = Case.objects.filter(merged_into__in=level).values_list("pk", flat=True)
        level = set(merged) - excluded
        excluded = excluded | level
    return excluded


def excluded_among(case_ids: Iterable[int]) -> set[int]:
    """Which of these unmerged cases are excluded."""
    return set(
        _active_exclusions().filter(case_id__in=set(case_ids)).values_list("case_id", flat=True)
    )


@transaction.atomic
def exclude(case: Case, reason: str, *, by: User) -> MatchingExclusion:
    """Exclude the case from matching from now on; the reports it has stay in it.

    Raises ValidationError without a reason, WrongState when it is excluded already.
    """
    permissions.check_can_exclude(workflow.lock(case), by)
    line = reason_line(reason, REASON_LIMIT)
    if not line:
        raise ValidationError(_("Write in one line why this case should be left out of matching."))
    if current(case) is not None:
        raise WrongState(_("This case is left out of matching already."))
    exclusion = MatchingExclusion.objects.create(case=case, reason=line, excluded_by=by)
    log.record(AuditEvent.CASE_EXCLUDED, case, by=by, unit=case.unit, exclusion=exclusion.pk)
    return exclusion


@transaction.atomic
def include_again(case: Case, *, by: User) -> MatchingExclusion:
    """End the exclusion of the case; it stays on record."""
    permissions.check_can_exclude(workflow.lock(case), by)
    exclusion = current(case)
    if exclusion is None:
        raise WrongState(_("This case is not left out of matching."))
    exclusion.ended_at, exclusion.ended_by = timezone.now(), by
    exclusion.save(update_fields=["ended_at", "ended_by"])
    log.record(AuditEvent.CASE_INCLUDED_AGAIN, case, by=by, unit=case.unit, exclusion=exclusion.pk)
    return exclusion
