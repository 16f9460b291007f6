"""Labels of the queue's saved views, and its filters."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from factcheck.domain.cases.queue import ALL, search
from factcheck.enums import CaseStatus
from factcheck.models import Case, Topic

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
        units = Unit.objects.filter(pk__in=self.queryset.order_by().values("unit"))
        self.filters["unit"].field.queryset = units
        self.form.label_suffix = ""

    def by_words(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        return search(cases, value.strip()) if value.strip() else cases

    def without_waiting(self, cases: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        return cases.exclude(status=CaseStatus.WAITING) if value else cases
