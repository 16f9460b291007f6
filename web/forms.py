"""Forms whose text fields are cleaned before any validator sees them, and never cut a paste."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from matching.text.normalisation import clean


def cleaned_data(data: Mapping[str, Any], verbatim: Collection[str]) -> Mapping[str, Any]:
    """Return posted data with every text in NFC and without invisible or forbidden characters,
    those of the fields ``verbatim`` as they are."""
    if isinstance(data, QueryDict):
        copy = data.copy()
        for name in set(copy) - set(verbatim):
            copy.setlist(name, [clean(value) for value in copy.getlist(name)])
        return copy
    texts = {k: clean(v) for k, v in data.items() if isinstance(v, str) and k not in verbatim}
    return {**data, **texts}


class CleanedForm(forms.Form):
    """A form with cleaned input. ``maxlength`` is replaced by ``data-limit``: with the first one a
    browser cuts a pasted text without a word; the second is counted by a script and checked here.
    """

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        if self.is_bound and data is not None:
            passwords = {
                self.add_prefix(name)
                for name, field in self.fields.items()
                if isinstance(field.widget, forms.PasswordInput)
            }
            self.data = cleaned_data(data, passwords)
        for field in self.fields.values():
            if limit := field.widget.attrs.pop("maxlength", None):
                field.widget.attrs["data-limit"] = limit
