from django.http import HttpRequest, HttpResponse

from desk.decorators import current_user, staff_page, visible_case
from desk.presenters import case_page


@staff_page
def case(request: HttpRequest, number: int) -> HttpResponse:
    """A case with everything a checker needs to work on it."""
    return case_page.render_case(request, visible_case(current_user(request), number))
