from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from desk.forms.base import date_input
from factcheck.models import Source


class SourceForm(forms.ModelForm):
    """A registry entry; ``factcheck.domain.editorial.registry`` checks the rules and writes it."""

    class Meta:
        model = Source
        fields = (
            "unit", "name_vi", "name_en", "domain", "field", "kind", "use_for", "caveat",
            "confidence", "valid_from",
        )  # fmt: skip
        labels = {"confidence": _("Confidence of this entry")}
        help_texts = {
            "domain": _("Without https://, for example moet.gov.vn."),
            "confidence": _("A: seen by us. B: commonly known, check before relying on it."),
        }
        widgets = {
            "use_for": forms.Textarea(attrs={"rows": 2, "class": "kt-input--s"}),
            "caveat": forms.Textarea(attrs={"rows": 2, "class": "kt-input--s"}),
            "valid_from": date_input(),
        }

    def __init__(self, *args: Any, units: list[Unit], may_share: bool, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate
        if self.instance.pk:  # whose it is never changes
            del self.fields["unit"], self.fields["valid_from"]
            return
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("Whose entry"),
            help_text=_("A unit's entry can be cited by that unit and those below it."),
            queryset=Unit.objects.filter(pk__in=[unit.pk for unit in units]),
            required=not may_share,
            empty_label=_("Shared by all units") if may_share else None,
            initial=None if may_share or not units else units[0],
        )
