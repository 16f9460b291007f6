"""What the shared templates need beyond Django's own tags: form fields in the design's classes,
and who is signed in."""

from dataclasses import dataclass

from django import forms, template
from django.contrib.auth.models import AnonymousUser
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import PERMISSIONS, SUPERUSER, Permission
from factcheck.models import NoticeVersion
from publishing.domain import pages, render

register = template.Library()


@dataclass(frozen=True)
class Account:
    """What the desk's header says about the person at it."""

    unit: str
    roles: list[str]
    manages_units: bool


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a form, and the field to jump to ("" for the form as a whole)."""

    text: str
    target: str


@register.filter
def kt_kind(field: BoundField) -> str:
    """How ``partials/form_field.html`` lays a field out: hidden, check, choices or input."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "input"


@register.filter
def kt_input(field: BoundField) -> SafeString:
    """The field's control in the design's class, besides the classes its form gave it."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"kt-input {own}".strip()})


@register.filter
def kt_problems(form: BaseForm) -> list[Problem]:
    """Every error of a form, those of the form as a whole first."""
    problems = [Problem(str(error), "") for error in form.non_field_errors()]
    for field in form:
        target = "" if field.is_hidden else (field.id_for_label or field.auto_id)
        problems += [Problem(str(error), target) for error in field.errors]
    return problems


@register.filter
def kt_tags(version: NoticeVersion) -> list[str]:
    """A version's tags in words."""
    return pages.tags(version)


@register.filter
def kt_headline(version: NoticeVersion) -> str:
    """A version's headline; for a retraction, that it is one."""
    return pages.headline(version)


@register.filter
def kt_html(text: str) -> SafeString:
    """A notice's text as safe HTML."""
    return render.html(text)


@register.filter
def kt_items(text: str) -> list[SafeString]:
    """A notice's text line by line, each as safe HTML."""
    return render.items(text)


@register.simple_tag
def desk_account(user: User | AnonymousUser) -> Account:
    """Handle's company: the unit shown beside the brand, the roles, and whether units are managed.

    One query for a member of staff, none for a visitor.
    """
    if not isinstance(user, User):
        return Account(unit="", roles=[], manages_units=False)
    managing = PERMISSIONS[Permission.MANAGE_UNIT]
    always = user.is_superuser and Permission.MANAGE_UNIT in SUPERUSER
    memberships = list(user.memberships.select_related("unit").order_by("created_at", "id"))
    return Account(
        unit=str(memberships[0].unit) if memberships else "",
        roles=[f"{Role(m.role).label}: {m.unit}" for m in memberships],
        manages_units=always or any(m.role in managing for m in memberships),
    )
