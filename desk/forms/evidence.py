from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.forms.base import DeskForm, date_input
from factcheck.enums import Stance
from factcheck.models import Source


class EvidenceForm(DeskForm):
    source = forms.ModelChoiceField(
        label=_("Source"),
        help_text=_("From the registry of official sources in force today."),
        queryset=Source.objects.none(),
    )
    stance = forms.ChoiceField(
        label=_("What it says about the claim"), choices=Stance.choices, widget=forms.RadioSelect
    )
    quote = forms.CharField(
        label=_("Quote"),
        help_text=_("Word for word, as it stands in the source."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "kt-input--s"}),
    )
    title = forms.CharField(
        label=_("Title of the page or document"), max_length=300, required=False
    )
    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "1482/SGDĐT-VP"}),
    )
    document_date = forms.DateField(label=_("Date of issue"), required=False, widget=date_input())
    accessed_on = forms.DateField(label=_("Accessed on"), widget=date_input())
    upload = forms.FileField(
        label=_("File of the archived copy"),
        help_text=_("PDF, DOCX, JPEG, PNG, HTML or plain text, up to 10 MB."),
        required=False,
    )
    fetch = forms.BooleanField(
        label=_("Fetch a copy from the address when no file is given"), required=False
    )

    def __init__(self, *args: Any, sources: "QuerySet[Source]", **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"accessed_on": timezone.localdate(), "fetch": True})
        kwargs.setdefault("prefix", "evidence")
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        # A copy is fetched only where there is an address and no file was uploaded.
        data["fetch"] = bool(data.get("fetch") and data.get("url") and not data.get("upload"))
        return data


class CopyForm(DeskForm):
    """An archived copy uploaded by hand, where fetching failed or there is no address."""

    copy = forms.FileField(
        label=_("File of the archived copy"),
        help_text=_("PDF, DOCX, JPEG, PNG, HTML or plain text, up to 10 MB."),
    )
