from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from intake.domain.notice_suggestions import suggest as suggestions_for
from intake.models.report import TEXT_LIMIT, URL_LIMIT
from matching.details.danger_signs import find_danger
from matching.text.normalisation import clean, one_line
from public.forms.report import field_marks
from web.caching import no_store
from web.methods import post_only


@csrf_exempt  # nothing is stored
@post_only("public:submit")
@no_store
def suggest(request: HttpRequest) -> HttpResponse:
    """The suggestions above the button while somebody types. Nothing is stored."""
    text = clean(request.POST.get("text", ""))[:TEXT_LIMIT].strip()
    url = one_line(request.POST.get("url", ""))[:URL_LIMIT]
    suggestions = suggestions_for(text, url)
    context = {
        "suggestions": suggestions,
        "marks": field_marks(suggestions),
        "emergency_typed": find_danger(text).personal,
    }
    return render(request, "public/_suggestions.html", context)
