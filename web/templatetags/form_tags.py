"""Form fields with the CSS classes of the design."""

from dataclasses import dataclass

from django import forms, template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One error of a form, and the field to jump to ("" for the form as a whole)."""

    text: str
    target: str


@register.filter
def kt_kind(field: BoundField) -> str:
    """How ``web/form_field.html`` lays a field out: hidden, check, choices or input."""
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
    """The field's control with the design's class added to the classes of its form."""
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
