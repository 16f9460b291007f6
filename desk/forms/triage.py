from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from desk.forms.base import DeskForm
from factcheck import case_codes
from factcheck.enums import ConcernKind, Urgency, VerdictKind
from factcheck.models import Topic
from factcheck.outcomes import CLOSING_OUTCOMES


class ClaimForm(DeskForm):
    """The neutral sentence, with the version of the case it was read at."""

    claim = forms.CharField(
        label=_("Claim to be checked"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "class": "kt-input--s kt-input--2"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class TriageForm(DeskForm):
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.all(),
        required=False,
        empty_label=_("No topic yet"),
    )
    urgency = forms.TypedChoiceField(label=_("Urgency"), choices=Urgency.choices, coerce=int)
    concerns = forms.ModelMultipleChoiceField(
        label=_("Add units the claim is about"),
        help_text=_(
            "A unit never decides alone about itself: the reviewer must then be from another unit."
        ),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerns"].queryset = Unit.objects.active()  # type: ignore[attr-defined]


class ConcernForm(DeskForm):
    """What the claim has to do with a unit that it is about."""

    concern = forms.ChoiceField(label=_("Why is it concerned?"), choices=ConcernKind.choices)


class StrikeForm(DeskForm):
    reason = forms.CharField(
        label=_("Why is the claim not about it?"),
        help_text=_("The second person reads this and decides. No names."),
        max_length=300,
    )


class AssignForm(DeskForm):
    assignee = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.none())

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues  # type: ignore[attr-defined]


class WaitForm(DeskForm):
    waiting_for = forms.CharField(
        label=_("Who was asked?"),
        help_text=_("An office, never a person's name."),
        max_length=200,
    )


class CloseForm(DeskForm):
    """Closing without a notice; "answered" is reached through the approver's page."""

    outcome = forms.ChoiceField(
        choices=[(one.value, one.label) for one in CLOSING_OUTCOMES],
        widget=forms.RadioSelect,
    )


class CaseNumberField(forms.CharField):
    """A case by its code, as people write it: HS-0412, hs412, 412. The value is the number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            error_messages={"invalid": _("Write a case number such as HS-0412.")},
            widget=forms.TextInput(attrs={"placeholder": "HS-0412", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> int:
        number = case_codes.parse(super().clean(value))
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class MergeForm(DeskForm):
    into = CaseNumberField(label=_("Merge into case number"))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class CompareForm(DeskForm):
    """Another case to compare with; the field has a Vietnamese name, since it is in the address."""

    voi = CaseNumberField(label=_("Compare with case number"))


class PairForm(DeskForm):
    """A person's decision about two cases; the reason is optional."""

    decision = forms.ChoiceField(
        choices=[("merge", ""), ("different", ""), ("related", "")], widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One line, kept with the decision for whoever asks later. No names."),
        max_length=300,
        required=False,
    )


class ExclusionForm(DeskForm):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("For example: so general that everything is like it. No names."),
        max_length=300,
    )


class ReviseForm(DeskForm):
    kind = forms.ChoiceField(
        label=_("What is needed?"),
        choices=[c for c in VerdictKind.choices if c[0] != VerdictKind.FIRST],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("What changed and why"),
        help_text=_("Published with the new version."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "kt-input--s"}),
    )
