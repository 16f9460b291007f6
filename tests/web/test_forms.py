from django import forms
from django.http import QueryDict

from web.forms import CleanedForm


class _Form(CleanedForm):
    text = forms.CharField(max_length=5)
    choices = forms.MultipleChoiceField(choices=[("a", "a"), ("b", "b")], required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)


def test_forbidden_characters_are_taken_out_before_validation() -> None:
    form = _Form(QueryDict("text=ho%CC%80%EF%BF%BEa%00&choices=a&choices=b&password=a%E2%80%8Bb"))
    assert form.is_valid()
    assert form.cleaned_data == {"text": "hòa", "choices": ["a", "b"], "password": "a\u200bb"}


def test_a_paste_is_counted_and_never_cut() -> None:
    form = _Form({"text": "123456"})
    html = str(form["text"])
    assert "maxlength" not in html
    assert 'data-limit="5"' in html
    assert not form.is_valid()
    assert "6" in str(form.errors["text"])


def test_an_unbound_form_keeps_its_initial_values() -> None:
    assert _Form(initial={"text": "a"})["text"].value() == "a"
