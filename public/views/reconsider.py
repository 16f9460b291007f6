"""Requests to reconsider a notice, from anyone, without an account."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.domain.editorial import reconsiderations
from factcheck.exceptions import ValidationError
from public.forms.reconsider import ReconsiderForm
from publishing.domain import notice_content


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reconsider(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, is_current=True)
    form = ReconsiderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            reconsiderations.ask(version.notice, data["text"], data["form_key"])
            return redirect("public:reconsider_sent", slug)
        except ValidationError as refusal:
            form.add_error("text", str(refusal))
    context = {"nav": "notices", "version": version, "form": form}
    status = 422 if form.errors else 200
    return render(request, "public/reconsider.html", context, status=status)


@never_cache
@require_safe
def reconsider_sent(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = get_object_or_404(notice_content.versions(), notice__slug=slug, is_current=True)
    return render(request, "public/reconsider_sent.html", {"nav": "notices", "version": version})
