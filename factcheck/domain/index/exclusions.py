"""Cases that matching leaves out: junk, or words so general that they are like everything.

Nobody's report joins such a case or is suggested to it, and nothing is suggested to its own; each
such report opens a case of its own. A person decides it, with a reason, and can take it back.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import merge_tree, permissions, workflow
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, MatchingExclusion, Wording
from factcheck.models.match import REASON_LIMIT
from matching.text.normalisation import one_line


def _active_exclusions() -> QuerySet[MatchingExclusion]:
    return MatchingExclusion.objects.filter(ended_at__isnull=True)


def current(case: Case) -> MatchingExclusion | None:
    """The exclusion in force of exactly this case."""
    return _active_exclusions().filter(case=case).select_related("excluded_by").first()


def excluded_cases() -> QuerySet[Case]:
    """The cases left out, without those merged into them."""
    return Case.objects.filter(pk__in=_active_exclusions().values("case"))


def excluded_case_ids() -> set[int]:
    """Ids of every case left out, and of the cases merged into those."""
    found = level = set(_active_exclusions().values_list("case_id", flat=True))
    while level:
        merged = Case.objects.filter(merged_into__in=level).values_list("pk", flat=True)
        level = set(merged) - found
        found = found | level
    return found


def excluded_among(case_ids: Iterable[int]) -> set[int]:
    """Which of these unmerged cases are left out."""
    return set(
        _active_exclusions().filter(case_id__in=set(case_ids)).values_list("case_id", flat=True)
    )


def is_excluded() -> Exists:
    """Condition on a queryset of wordings: the case, or one that it was merged into, is left out.

    ``Wording.objects.filter(~exclusions.is_excluded())`` is what matching may look at.
    """
    above = Q(case=OuterRef("case_id"))
    for depth in range(1, merge_tree.MAX_DEPTH + 1):
        above |= Q(case=OuterRef("case" + "__merged_into" * depth + "_id"))
    return Exists(_active_exclusions().filter(above))


def searchable(wordings: QuerySet[Wording]) -> QuerySet[Wording]:
    """The wordings matching may look at."""
    return wordings.filter(~is_excluded())


@transaction.atomic
def exclude(case: Case, reason: str, *, by: User) -> MatchingExclusion:
    """Leave the case out of matching from now on; what it holds already stays in it.

    Raises Invalid without a reason, WrongState when it is left out already.
    """
    permissions.check_can_exclude(workflow.lock(case), by)
    words = one_line(reason, REASON_LIMIT)
    if not words:
        raise ValidationError(_("Write in one line why this case should be left out of matching."))
    if current(case) is not None:
        raise WrongState(_("This case is left out of matching already."))
    exclusion = MatchingExclusion.objects.create(case=case, reason=words, excluded_by=by)
    log.record(AuditEvent.CASE_EXCLUDED, case, by=by, unit=case.unit, exclusion=exclusion.pk)
    return exclusion


@transaction.atomic
def include_again(case: Case, *, by: User) -> MatchingExclusion:
    """Let matching look at the case again. The exclusion stays on record."""
    permissions.check_can_exclude(workflow.lock(case), by)
    exclusion = current(case)
    if exclusion is None:
        raise WrongState(_("This case is not left out of matching."))
    exclusion.ended_at, exclusion.ended_by = timezone.now(), by
    exclusion.save(update_fields=["ended_at", "ended_by"])
    log.record(AuditEvent.CASE_INCLUDED_AGAIN, case, by=by, unit=case.unit, exclusion=exclusion.pk)
    return exclusion
