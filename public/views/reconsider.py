"""Requests to reconsider a notice, from anyone, without an account."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.domain.editorial import reconsiderations
from factcheck.exceptions import ValidationError
from factcheck.models import NoticeVersion
from public.form_signature import sign, signed_form
from public.forms.reconsider import ReconsiderForm, new_key
from publishing.domain import notice_content


@never_cache
def show_again(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The filled form once more, for a POST whose key we did not sign."""
    form = ReconsiderForm(initial={"text": request.POST.get("text", ""), "form_key": new_key()})
    return _show_form(request, _current_version(slug), form, status=403)


@signed_form(show_again)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reconsider(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = _current_version(slug)
    form = ReconsiderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            reconsiderations.ask(version.notice, data["text"], data["form_key"])
            return redirect("public:reconsider_sent", slug)
        except ValidationError as refusal:
            form.add_error("text", str(refusal))
    return _show_form(request, version, form, status=422 if form.errors else 200)


def _current_version(slug: str) -> NoticeVersion:
    return get_object_or_404(notice_content.versions(), notice__slug=slug, is_current=True)


def _show_form(
    request: HttpRequest, version: NoticeVersion, form: ReconsiderForm, *, status: int
) -> HttpResponseBase:
    context = {
        "nav": "notices",
        "version": version,
        "form": form,
        "form_signature": sign(form["form_key"].value()),
    }
    return render(request, "public/reconsider.html", context, status=status)


@never_cache
@require_safe
def reconsider_sent(request: HttpRequest, slug: str) -> HttpResponseBase:
    context = {"nav": "notices", "version": _current_version(slug)}
    return render(request, "public/reconsider_sent.html", context)
