from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms.base import DeskForm
from factcheck.models.guest_review import NAME_LIMIT


class GuestForm(DeskForm):
    """A guest reviewer; the rules are in ``factcheck.domain.editorial.guest_reviews``."""

    name = forms.CharField(
        label=_("Name of the guest"),
        help_text=_("Only the desk sees it."),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    office = forms.CharField(
        label=_("Their office"),
        help_text=_("It stands in public on the notice, for example: Ward health station."),
        max_length=200,
    )
    email = forms.EmailField(
        label=_("Mail address of the office"),
        help_text=_("Not a private mailbox: the code is sent there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
