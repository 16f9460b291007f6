from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from desk.forms.base import DeskForm
from factcheck.domain.editorial import sources
from factcheck.evidence_rules import OFFICIAL_WARNING
from factcheck.models import ScamFamily, Source
from factcheck.models.scam_family import WARNING_RATINGS
from factcheck.ratings import RATINGS

MAX_WORDINGS = 12
_LONG = {"rows": 4, "class": "kt-input--s"}


class FamilyForm(DeskForm):
    """A draft may be half written; wordings are separated by an empty line."""

    unit = forms.ModelChoiceField(label=_("For the unit"), queryset=Unit.objects.none())
    name = forms.CharField(label=_("Name for the desk"), max_length=120)
    rating = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    wordings = forms.CharField(
        label=_("Wordings"),
        help_text=_("As they circulate, an empty line between two. Slots in braces: see below."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9, "class": "kt-input--s"}),
    )
    headline = forms.CharField(label=_("Headline: what to do"), max_length=160, required=False)
    what_to_do = forms.CharField(
        label=_("What to do"),
        help_text=_("One step a line. First: call on a number saved earlier."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=dict(_LONG)),
    )
    explanation = forms.CharField(
        label=_("What they should know"),
        help_text=_("Never that nothing happened: nobody has looked at this child."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=dict(_LONG)),
    )
    source = forms.ModelChoiceField(
        label=_("Official source"), queryset=Source.objects.none(), required=False
    )
    quote = forms.CharField(
        label=_("Quote, word for word"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "kt-input--s"}),
    )

    def __init__(self, *args: Any, units: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units
        fields["rating"].choices = [(value, RATINGS[value].label) for value in WARNING_RATINGS]
        fields["source"].queryset = sources.active_sources(today).filter(
            field__in=OFFICIAL_WARNING.fields
        )

    def clean_wordings(self) -> list[str]:
        blocks = self.cleaned_data["wordings"].replace("\r\n", "\n").split("\n\n")
        texts = [block.strip() for block in blocks if block.strip()]
        if len(texts) > MAX_WORDINGS or any(len(text) > 1500 for text in texts):
            raise forms.ValidationError(_("At most 12 wordings of 1,500 characters each."))
        return texts

    @classmethod
    def initial_of(cls, family: ScamFamily) -> dict[str, Any]:
        names = ("unit", "name", "rating", "headline", "what_to_do", "explanation", "source")
        values = {name: getattr(family, name) for name in (*names, "quote")}
        texts = family.wordings.values_list("text", flat=True)
        return {**values, "wordings": "\n\n".join(texts)}


class ReasonForm(DeskForm):
    reason = forms.CharField(label=_("Reason"), max_length=500)
