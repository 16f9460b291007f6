from typing import Any

from django import forms

from web.forms import CleanedForm


class DeskForm(CleanedForm):
    """A form of the staff pages: labels without a colon, as in the design."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def date_input() -> forms.DateInput:
    """A date in the browser's own picker, which sends and expects ISO dates."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
