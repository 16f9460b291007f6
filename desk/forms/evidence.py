from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.forms.base import DeskForm, date_input
from factcheck.enums import Stance
from factcheck.models import Evidence, Source


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
        help_text=_("At least one whole sentence, word for word: it is searched in the copy."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "kt-input--s"}),
    )
    title = forms.CharField(
        label=_("Title of the page or document"), max_length=300, required=False
    )
    url = forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https")
    host_reason = forms.CharField(
        label=_("Why this address, if it is not one of the source’s own?"),
        help_text=_("Needed only then; the reviewer sees it in red and the notice says it."),
        max_length=300,
        required=False,
    )
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "1482/SGDĐT-VP"}),
    )
    document_date = forms.DateField(
        label=_("Date of issue"),
        help_text=_("Needed for a verdict against the claim."),
        required=False,
        widget=date_input(),
    )
    accessed_on = forms.DateField(label=_("Accessed on"), widget=date_input())
    upload = forms.FileField(
        label=_("File of the archived copy"),
        help_text=_("PDF, DOCX, JPEG, PNG or HTML, up to 10 MB."),
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


class EvidenceEditForm(EvidenceForm):
    """A citation that nobody has submitted yet; its copy stays."""

    upload = fetch = None  # type: ignore[assignment]

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        initial = {name: getattr(evidence, name) for name in self.base_fields}
        kwargs = {"initial": initial, **kwargs}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        return super(EvidenceForm, self).clean() or self.cleaned_data


class CopyForm(DeskForm):
    """An archived copy uploaded by hand, where fetching failed or there is no address."""

    copy = forms.FileField(
        label=_("File of the archived copy"),
        help_text=_("PDF, DOCX, JPEG, PNG or HTML, up to 10 MB."),
    )
