from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from intake.domain import answer_objections, receipts, replies
from public.forms.report import LookupForm
from public.presenters.picture_words import picture_context
from web.caching import no_store


@csrf_exempt  # whoever has the code may read the answer and object to it, from any page
@no_store
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """The answers to a report, for whoever has its receipt code.

    The code comes in the body of a POST only. A wrong code costs the same index lookup as a right
    one and gets one sentence, on the same page.
    """
    if request.method != "POST":
        return render(request, "public/track.html", {"form": LookupForm(), "nav": "track"})
    form = LookupForm(request.POST)
    report = receipts.find(form.cleaned_data["code"]) if form.is_valid() else None
    if form.is_valid() and report is None:
        form.add_error(
            "code",
            _("No report has this code. Check each group of four against the code you kept; a "
              "single wrong character is enough."),
        )  # fmt: skip
    if report is None:
        return render(request, "public/track.html", {"form": form, "nav": "track"}, status=404)
    if request.POST.get("step") == "objection":
        answer_objections.object_to_answer(report)
    timeline = replies.timeline(report)
    context = {
        "form": form,
        "report": report,
        "code": form.cleaned_data["code"],
        "timeline": timeline,
        **({} if timeline.answer else picture_context(report)),
        "nav": "track",
    }
    return render(request, "public/track.html", context)
