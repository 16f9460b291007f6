"""The queue's saved views and filters, declared once for the page and for the API."""

import re
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import permissions as roles
from accounts.models import Unit, User
from factcheck import permissions
from factcheck.domain.index import case_search, exclusions
from factcheck.enums import CaseStatus, VerdictState
from factcheck.models import Case, Topic, Verdict

OPEN = [
    CaseStatus.NEW,
    CaseStatus.CHECKING,
    CaseStatus.WAITING,
    CaseStatus.IN_REVIEW,
    CaseStatus.APPROVED,
]
ALL = "all"

VIEW_LABELS = {
    ALL: _("All open"),
    "mine": _("Mine"),
    "unassigned": _("Nobody's yet"),
    "waiting": _("Waiting for an answer"),
    "overdue": _("Overdue"),
    "resurfaced": _("An old rumour is back"),
    "excluded": _("Left out of matching"),
    "review": _("In review, for me"),
    "publish": _("Approved, to publish"),
}

_NUMBER = re.compile(r"(?:hs-?)?0*([1-9]\d{0,8})", re.IGNORECASE)


def for_review(user: User) -> Q:
    """Cases in review that this user may decide on: never a verdict of their own."""
    own = Verdict.objects.filter(state=VerdictState.IN_REVIEW, written_by=user).values("case")
    units = permissions.reviewable_units(user)
    return Q(status=CaseStatus.IN_REVIEW, unit__in=units) & ~Q(pk__in=own)


def view_conditions(user: User) -> dict[str, Q]:
    """The condition of each saved view, for this user and this moment."""
    is_open = Q(status__in=OPEN)
    # Closed, answered to its askers alone, and asked about again: somebody has to look.
    is_back = Q(status=CaseStatus.CLOSED, resurfaced_at__isnull=False)
    return {
        ALL: is_open | is_back,
        "mine": is_open & Q(assignee=user),
        "unassigned": Q(status=CaseStatus.NEW, assignee=None),
        "waiting": Q(status=CaseStatus.WAITING),
        "overdue": is_open & Q(due_at__lt=timezone.now()),
        "resurfaced": is_back | is_open & Q(resurfaced_at__isnull=False),
        "excluded": Q(pk__in=exclusions.excluded_cases().order_by().values("pk")),
        "review": for_review(user),
        "publish": Q(
            status=CaseStatus.APPROVED,
            unit__in=roles.units_for(user, roles.Permission.PUBLISH),
        ),
    }


def search(cases: QuerySet[Case], words: str) -> QuerySet[Case]:
    """Cases with this number, these words in the claim, or these words in any wording of it.

    The index of wordings is folded, so "hoc sinh" finds "học sinh".
    """
    found = Q(claim__icontains=words)
    if number := _NUMBER.fullmatch(words):
        found |= Q(number=int(number[1]))
    return cases.filter(found | Q(pk__in=case_search.cases_with(words)))


class QueueFilter(filters.FilterSet):
    """Narrows a queryset of visible cases; offers only units that occur in it."""

    q = filters.CharFilter(method="by_words", label=_("Find a case"))
    topic = filters.ModelChoiceFilter(
        queryset=Topic.objects.all(),
        to_field_name="slug",
        label=_("Topic"),
        empty_label=_("All topics"),
    )
    unit = filters.ModelChoiceFilter(
        queryset=Unit.objects.all(),
        to_field_name="code",
        label=_("Unit"),
        empty_label=_("All units"),
    )
    hide_waiting = filters.BooleanFilter(
        method="without_waiting",
        label=_("Hide cases waiting for an answer"),
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Unit.objects.filter(pk__in=self.queryset.order_by().values("unit"))
        self.filters["unit"].field.queryset = seen
        self.form.label_suffix = ""

    def by_words(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return search(cases, value.strip()) if value.strip() else cases

    def without_waiting(self, cases: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        return cases.exclude(status=CaseStatus.WAITING) if value else cases
