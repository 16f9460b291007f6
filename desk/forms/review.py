from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms.base import DeskForm

_NOTE = {"rows": 3, "class": "kt-input--s"}


class ReviewForm(DeskForm):
    """One form, two buttons. To approve, the reviewer declares no conflict and has read every
    citation; to send it back, only the reason is needed."""

    conflict = forms.ChoiceField(
        label=_("Conflict of interest"),
        help_text=_("Is the claim about your own school, unit or work?"),
        choices=[("no", _("No")), ("yes", _("Yes, another reviewer should decide"))],
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("To the checker"),
        help_text=_("Required when you return it: what should be changed?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={**_NOTE}),
    )
    read = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    decision = forms.ChoiceField(
        choices=[("approve", ""), ("send_back", "")], widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args: Any,
        evidence: Collection[int],
        strikes: Mapping[int, str] | None = None,
        keys: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``strikes``: id of each concerned unit proposed to be struck out, with its name;
        ``keys``: id of each address proposed as a key, with the address."""
        super().__init__(*args, **kwargs)
        self.strikes = {f"strike_{pk}": pk for pk in strikes or {}}
        for name, unit in zip(self.strikes, (strikes or {}).values(), strict=True):
            self.fields[name] = forms.ChoiceField(
                label=_("Is the claim about %(unit)s?") % {"unit": unit},
                choices=[("no", _("No, strike it out")), ("yes", _("Yes, it stays"))],
                required=False,
                widget=forms.RadioSelect,
            )
        self.evidence = {str(pk) for pk in evidence}
        self.fields["read"].choices = [(pk, pk) for pk in self.evidence]  # type: ignore[attr-defined]

        self.fields["keys"] = forms.TypedMultipleChoiceField(
            label=_("Does the claim itself stand at this address?"),
            help_text=_("Whoever sends one of those ticked alone is answered at once."),
            choices=list((keys or {}).items()),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def strike_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.strikes]

    @property
    def struck(self) -> list[int] | None:
        """Ids of the concerned units to strike out; None where not every question is answered."""
        answers = {pk: self.cleaned_data.get(name) for name, pk in self.strikes.items()}
        if not all(answers.values()):
            return None
        return [pk for pk, answer in answers.items() if answer == "no"]

    @property
    def approves(self) -> bool:
        return self.cleaned_data["decision"] == "approve"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == "send_back":
            if not data.get("note"):
                self.add_error("note", _("Write what should be changed."))
        elif data.get("conflict") != "no":
            self.add_error(
                "conflict",
                _("Then another reviewer has to decide; nothing was changed.")
                if data.get("conflict")
                else _("Say whether the claim is about your own school, unit or work."),
            )
        elif self.struck is None:
            self.add_error(None, _("Say of each unit named above whether the claim is about it."))
        elif self.evidence - set(data.get("read", [])):
            self.add_error(None, _("Read every citation and tick that its quote is word for word."))
        return data


class DecisionForm(DeskForm):
    """The answer to a request for reconsideration; public, like the request's reason."""

    accept = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("no", _("Keep the notice")), ("yes", _("Reopen the case"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label=_("Reason"),
        help_text=_("Shown publicly with the notice. No names."),
        max_length=2000,
        widget=forms.Textarea(attrs={**_NOTE}),
    )
