from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms.base import DeskForm, date_input
from factcheck import ratings
from factcheck.checklist import CHECKLIST, SCOPES
from factcheck.enums import Rating, Reach, Tag
from factcheck.models import Verdict


def _text(label: Any, limit: int, rows: int, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=limit,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows, "class": "kt-input--s"}),
    )


class VerdictForm(DeskForm):
    """A draft may be half written: every field may be empty until it is submitted for review."""

    rating = forms.ChoiceField(
        label=_("Verdict"), choices=Rating.choices, required=False, widget=forms.RadioSelect
    )
    tags = forms.MultipleChoiceField(
        label=_("Tags"), choices=Tag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    headline = forms.CharField(
        label=_("Headline: what is true"),
        help_text=_("State what is true, in about 12 words."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"data-count": "160"}),
    )
    claim = forms.CharField(
        label=_("What is going round"),
        help_text=_("As the notice will quote it, in one neutral sentence."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "kt-input--s kt-input--2"}),
    )
    explanation = _text(
        _("Why this verdict"), 3000, 4, _("Refer to the evidence by its number: [1], [2].")
    )
    what_is_true = _text(_("What is true"), 3000, 4, _("One sentence a line."))
    what_to_do = _text(_("What parents should do"), 2000, 3, _("One step a line."))
    why_checked = forms.CharField(label=_("Why we checked this"), max_length=300, required=False)
    change_reason = _text(_("What changed and why"), 500, 3, _("Published with the new version."))
    review_by = forms.DateField(
        label=_("Look at this notice again by"), required=False, widget=date_input()
    )
    checklist = forms.MultipleChoiceField(
        label=_("Checklist"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reach = forms.ChoiceField(
        label=_("Would publishing spread it further?"),
        choices=Reach.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, revision: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checklist"].choices = [*CHECKLIST.items(), *SCOPES.items()]  # type: ignore[attr-defined]
        if not revision:
            del self.fields["change_reason"]

    def clean_tags(self) -> list[str]:
        tags: list[str] = self.cleaned_data["tags"]
        if refused := ratings.refused_tags(self.cleaned_data.get("rating", ""), tags):
            raise forms.ValidationError(
                _("Whoever asks holds this message: with the tag “%(tag)s” choose another verdict.")
                % {"tag": refused[0].label}
            )
        return tags

    @classmethod
    def initial_of(cls, verdict: Verdict) -> dict[str, Any]:
        return {name: getattr(verdict, name) for name in cls.base_fields}
