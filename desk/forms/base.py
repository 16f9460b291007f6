from typing import Any

from django import forms


class DeskForm(forms.Form):
    """A form of the desk: labels without a colon, as the design has them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def date_input() -> forms.DateInput:
    """A date in the browser's own picker, which sends and wants ISO dates."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
