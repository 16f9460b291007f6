"""Forms for accounts and units; the rules are in ``accounts.domain``."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.csv_text import MAX_BYTES
from accounts.enums import LinkKind, Role
from accounts.models import Unit, UnitKind, User
from desk.forms.base import date_input
from web.forms import CleanedForm


class ProfileForm(CleanedForm):
    handle = forms.CharField(
        label=_("Work name"),
        max_length=60,
        help_text=_("Colleagues see it instead of your name; the public never does."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class AcceptForm(CleanedForm):
    handle = forms.CharField(
        label=_("Work name"),
        max_length=60,
        help_text=_("For example kiemchung-02. Colleagues see it; the public never does."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    password1 = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_("At least 10 characters, and nothing that is easy to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        elif first and second:
            try:
                user = User(email=self.email, handle=data.get("handle", ""))
                password_validation.validate_password(first, user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return data


class InviteForm(CleanedForm):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.CHECKER)


class RoleForm(CleanedForm):
    """A further role for someone who belongs to the unit already."""

    user = forms.ModelChoiceField(label=_("Member"), queryset=User.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = User.objects.filter(memberships__unit=unit).distinct().order_by("handle")
        self.fields["user"] = forms.ModelChoiceField(label=_("Member"), queryset=members)


class NameForm(CleanedForm):
    name = forms.CharField(label=_("Name"), max_length=200)


class PoolForm(CleanedForm):
    name = forms.CharField(
        label=_("Name of the pool"),
        max_length=120,
        help_text=_("An existing pool of this name is joined; otherwise it is made."),
    )


class PoolProposalForm(forms.Form):
    other = forms.CharField(
        label=_("Code or name of the other unit"),
        max_length=200,
        help_text=_("One of its administrators has to accept, on the page of that unit."),
    )


class LinkForm(CleanedForm):
    """The parent is typed, by code or name: a list of 1,200 units would not help."""

    parent = forms.CharField(label=_("Code or name of the parent unit"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of line"), choices=LinkKind.choices)
    valid_from = forms.DateField(label=_("From"), widget=date_input(), initial=timezone.localdate)


class EndLinkForm(CleanedForm):
    valid_to = forms.DateField(label=_("No longer from"), widget=date_input())


class UnitForm(CleanedForm):
    code = forms.SlugField(
        label=_("Code"),
        max_length=64,
        help_text=_("Letters without accents, digits and hyphens, for example th-nang-mai."),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    kind = forms.ModelChoiceField(label=_("Kind"), queryset=UnitKind.objects.all())
    administrative = forms.CharField(
        label=_("Administrative parent (code or name)"), max_length=200, required=False
    )
    professional = forms.CharField(
        label=_("Professional parent (code or name)"), max_length=200, required=False
    )
    valid_from = forms.DateField(label=_("From"), widget=date_input(), initial=timezone.localdate)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("A unit has this code already: choose another."))
        return code


class UploadForm(CleanedForm):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8, up to 5 MB. Nothing is changed before you confirm."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"empty": _("The file is empty.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 5 MB: split it into smaller files.")
            )
        return file


class TokenForm(CleanedForm):
    DAYS = ((30, _("30 days")), (90, _("90 days")), (365, _("1 year")))

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("For example the name of the system that will use it."),
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), choices=DAYS, coerce=int, initial=90, empty_value=None
    )
