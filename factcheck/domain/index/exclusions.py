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
from factcheck import merge_tree, permissions, workflow
from factcheck.exceptions import Invalid, WrongState
from factcheck.models import Case, MatchingExclusion, Variant
from factcheck.models.match import REASON_LIMIT
from matching.text.normalise import one_line


def _active() -> QuerySet[MatchingExclusion]:
    return MatchingExclusion.objects.filter(ended_at__isnull=True)


def current(case: Case) -> MatchingExclusion | None:
    """The exclusion in force of exactly this case."""
    return _active().filter(case=case).select_related("excluded_by").first()


def excluded_cases() -> QuerySet[Case]:
    """The cases left out, without those merged into them."""
    return Case.objects.filter(pk__in=_active().values("case"))


def excluded_case_ids() -> set[int]:
    """Ids of every case left out, and of the cases merged into those."""
    found = level = set(_active().values_list("case_id", flat=True))
    while level:
        merged = Case.objects.filter(merged_into__in=level).values_list("pk", flat=True)
        level = set(merged) - found
        found = found | level
    return found


def among(case_ids: Iterable[int]) -> set[int]:
    """Which of these unmerged cases are left out."""
    return set(_active().filter(case_id__in=set(case_ids)).values_list("case_id", flat=True))


def of_variant() -> Exists:
    """Condition on a queryset of wordings: the case, or one that it was merged into, is left out.

    ``Variant.objects.filter(~exclusions.of_variant())`` is what matching may look at.
    """
    above = Q(case=OuterRef("case_id"))
    for depth in range(1, merge_tree.DEPTH + 1):
        above |= Q(case=OuterRef("case" + "__merged_into" * depth + "_id"))
    return Exists(_active().filter(above))


def admitted(variants: QuerySet[Variant]) -> QuerySet[Variant]:
    """The wordings matching may look at."""
    return variants.filter(~of_variant())


@transaction.atomic
def exclude(case: Case, reason: str, *, by: User) -> MatchingExclusion:
    """Leave the case out of matching from now on; what it holds already stays in it.

    Raises Invalid without a reason, WrongState when it is left out already.
    """
    permissions.check_can_exclude(workflow.lock(case), by)
    words = one_line(reason, REASON_LIMIT)
    if not words:
        raise Invalid(_("Write in one line why this case should be left out of matching."))
    if current(case) is not None:
        raise WrongState(_("This case is left out of matching already."))
    exclusion = MatchingExclusion.objects.create(case=case, reason=words, excluded_by=by)
    log.record("case.excluded", case, by=by, unit=case.unit, exclusion=exclusion.pk)
    return exclusion


@transaction.atomic
def readmit(case: Case, *, by: User) -> MatchingExclusion:
    """Let matching look at the case again. The exclusion stays on record."""
    permissions.check_can_exclude(workflow.lock(case), by)
    exclusion = current(case)
    if exclusion is None:
        raise WrongState(_("This case is not left out of matching."))
    exclusion.ended_at, exclusion.ended_by = timezone.now(), by
    exclusion.save(update_fields=["ended_at", "ended_by"])
    log.record("case.readmitted", case, by=by, unit=case.unit, exclusion=exclusion.pk)
    return exclusion
