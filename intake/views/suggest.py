from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from intake.domain.submissions import URL_LIMIT
from intake.domain.suggestions import suggest as suggestions_for
from intake.forms import marks_of
from intake.models.report import TEXT_LIMIT
from intake.views.caching import not_stored
from matching.text.normalise import clean, one_line


@not_stored
@require_POST
def suggest(request: HttpRequest) -> HttpResponse:
    """The fragment above the button while somebody types. Nothing is stored."""
    text = clean(request.POST.get("text", ""))[:TEXT_LIMIT].strip()
    url = one_line(request.POST.get("url", ""))[:URL_LIMIT]
    found = suggestions_for(text, url)
    return render(
        request, "intake/_suggestions.html", {"suggestions": found, "marks": marks_of(found)}
    )
