"""Form fields and their errors in the design's classes."""

from django import forms
from django.template.loader import render_to_string

from web.templatetags import form_tags


class Sample(forms.Form):
    text = forms.CharField(label="Nội dung", help_text="Dán nguyên văn.", widget=forms.Textarea)
    where = forms.ChoiceField(
        label="Ở đâu", choices=[("zalo", "Zalo"), ("sms", "SMS")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Đồng ý", help_text="Có thể rút lại.")
    note = forms.CharField(required=False, widget=forms.TextInput(attrs={"class": "kt-input--s"}))
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Cả biểu mẫu chưa ổn.")


def field(form: forms.Form, name: str) -> str:
    return render_to_string("web/form_field.html", {"field": form[name]})


def test_field_ties_label_hint_and_error_to_its_control() -> None:
    text = field(Sample({}), "text")
    assert '<label class="kt-label" for="id_text">' in text
    assert 'id="id_text_helptext"' in text
    assert 'id="id_text_error"' in text
    assert 'aria-describedby="id_text_helptext id_text_error"' in text
    assert 'aria-invalid="true"' in text
    assert 'class="kt-input"' in text


def test_choices_are_a_fieldset_with_a_legend() -> None:
    text = field(Sample({}), "where")
    assert '<fieldset class="kt-field" id="id_where"' in text
    assert '<legend class="kt-label">' in text
    assert text.count('class="kt-choice"') == 2


def test_check_optional_and_hidden_fields() -> None:
    assert 'class="kt-check"' in field(Sample(), "agree")
    note = field(Sample(), "note")
    assert 'class="kt-input kt-input--s"' in note
    assert "<span>" in note
    assert "<label" not in field(Sample(), "key")


def test_summary_lists_every_error_and_leads_to_the_field() -> None:
    form = Sample({"where": "zalo"})
    text = render_to_string("web/form_errors.html", {"form": form})
    assert 'href="#id_text"' in text
    assert "Cả biểu mẫu chưa ổn." in text
    assert "autofocus" in text
    assert len(form_tags.kt_problems(form)) == 4  # the form itself, text, agree, key


def test_summary_of_a_good_form_is_nothing() -> None:
    assert render_to_string("web/form_errors.html", {"form": Sample()}).strip() == ""
