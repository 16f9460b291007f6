from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.forms.base import date_input
from factcheck.models import Source


class SourceForm(forms.ModelForm):
    """A registry entry; ``factcheck.domain.editorial.sources`` checks the rules and writes it."""

    class Meta:
        model = Source
        fields = (
            "name_vi", "name_en", "domain", "field", "kind", "use_for", "caveat", "confidence",
            "valid_from", "valid_to",
        )  # fmt: skip
        labels = {"confidence": _("Confidence of this entry")}
        help_texts = {
            "domain": _("Without https://, for example moet.gov.vn."),
            "confidence": _("A: seen by us. B: commonly known, check before relying on it."),
            "valid_to": _("Leave empty while it holds."),
        }
        widgets = {
            "use_for": forms.Textarea(attrs={"rows": 2, "class": "kt-input--s"}),
            "caveat": forms.Textarea(attrs={"rows": 2, "class": "kt-input--s"}),
            "valid_from": date_input(),
            "valid_to": date_input(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate
