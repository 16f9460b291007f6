import re
import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.models.reconsideration import TEXT_LIMIT
from web.forms import CleanedForm


def new_key() -> str:
    return secrets.token_hex(16)


class ReconsiderForm(CleanedForm):
    """What someone thinks is wrong with a notice. No name and no address are asked for."""

    text = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        help_text=_(
            "A link to a document helps most. Please leave out names and phone numbers; "
            "your words are read by the checkers and are not published."
        ),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Write one sentence about what is wrong."),
            "max_length": _("That is longer than 3,000 characters: shorten it, or send a link."),
        },
    )
    # Makes a double click or a retry the same request.
    form_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_key": new_key()})
        super().__init__(*args, **kwargs)

    def clean_form_key(self) -> str:
        """A key as this form issues them; a malformed one is replaced without an error."""
        key: str = self.cleaned_data["form_key"]
        return key if re.fullmatch(r"[0-9a-f]{32}", key) else new_key()
