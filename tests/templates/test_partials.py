from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.enums import Role
from desk.templatetags import desk_tags
from factcheck.enums import Rating
from factcheck.ratings import RATINGS
from tests.factories import make_unit, make_user
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


@pytest.mark.parametrize("rating", [*Rating.values, ""])
def test_verdict_has_an_icon_and_a_word(rating: str) -> None:
    with translation.override("vi"):
        label = str(Rating(rating).label if rating else "Chưa có kết luận")
        text = render_to_string("web/verdict.html", {"definition": RATINGS.get(rating)})
    assert f"kt-v-{rating or 'none'}" in text
    assert "<svg" in text
    assert "kt-vh" in text
    assert label in text


def test_pagination_keeps_the_query(rf: RequestFactory) -> None:
    page = Paginator(range(30), 10).page(2)
    text = render_to_string("web/pagination.html", {"page_obj": page}, rf.get("/?q=a+b"))
    assert "?q=a+b&amp;page=1" in text
    assert "?q=a+b&amp;page=3" in text


def test_account_of_a_visitor_is_empty() -> None:
    assert desk_tags.desk_account(AnonymousUser()) == desk_tags.Account(
        unit="", roles=[], manages_units=False
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "manages"), [(Role.CHECKER, False), (Role.UNIT_ADMIN, True)])
def test_account_knows_roles_in_one_query(
    role: Role, manages: bool, django_assert_num_queries: Any
) -> None:
    user = make_user(role, make_unit(name="Trường Nắng Mai"))
    with django_assert_num_queries(1):
        account = desk_tags.desk_account(user)
    assert account.unit == "Trường Nắng Mai"
    assert account.manages_units is manages
    assert account.roles[0].endswith(": Trường Nắng Mai")


@pytest.mark.django_db
def test_account_of_a_superuser_manages_units() -> None:
    user = make_user()
    user.is_superuser = True
    assert desk_tags.desk_account(user).manages_units


@pytest.mark.django_db
def test_language_is_switched_by_a_form_without_script(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/dinh-chinh/"})
    assert response["Location"] == "/dinh-chinh/"
    assert '<html lang="en">' in client.get("/dinh-chinh/").content.decode()
