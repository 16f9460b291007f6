"""Labels of the queue's saved views, and its filters."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from factcheck.domain.cases.case_queue import ALL, search
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


class QueueFilterForm(forms.Form):
    """Filters of the queue over the cases a person sees; offers only units that occur in them."""

    q = forms.CharField(required=False, label=_("Find a case"))
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        required=False,
        to_field_name="slug",
        label=_("Topic"),
        empty_label=_("All topics"),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        required=False,
        to_field_name="code",
        label=_("Unit"),
        empty_label=_("All units"),
    )
    hide_waiting = forms.BooleanField(required=False, label=_("Hide cases waiting for an answer"))

    def __init__(self, data: QueryDict, cases: QuerySet[Case]) -> None:
        super().__init__(data, label_suffix="")
        self.cases = cases
        units = Unit.objects.filter(pk__in=cases.order_by().values("unit"))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def matching_cases(self) -> QuerySet[Case]:
        """The cases that pass every filter with a valid value; an invalid one is ignored."""
        self.full_clean()
        chosen, cases = self.cleaned_data, self.cases
        if words := chosen.get("q"):
            cases = search(cases, words)
        if topic := chosen.get("topic"):
            cases = cases.filter(topic=topic)
        if unit := chosen.get("unit"):
            cases = cases.filter(unit=unit)
        if chosen.get("hide_waiting"):
            cases = cases.exclude(status=CaseStatus.WAITING)
        return cases
