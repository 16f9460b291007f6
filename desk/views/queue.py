from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import permissions as roles
from desk.decorators import current_user, staff_page
from desk.forms.queue import VIEW_LABELS, QueueFilterForm
from desk.presenters.queue import lanes
from factcheck import permissions
from factcheck.domain.cases import case_queue, handovers
from factcheck.domain.cases.urgency import lane_order
from factcheck.domain.duplicates import objections

PER_PAGE = 20


@staff_page
def queue(request: HttpRequest) -> HttpResponse:
    """Open cases by urgency and due time; saved views, filters and search narrow them."""
    user = current_user(request)
    visible, views = permissions.visible_cases(user), case_queue.saved_views(user)
    counts = case_queue.count_by_view(visible, views)
    view = request.GET.get("view", case_queue.ALL)
    view = view if view in views else case_queue.ALL
    form = QueueFilterForm(request.GET, visible.filter(views[view]))
    cases = form.matching_cases().order_by(lane_order(), "due_at", "id")
    rows = cases.select_related("unit", "topic", "assignee")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    take_units = roles.units_for(user, roles.Permission.CHECK)
    context = {
        "nav": "queue",
        "handed_over": handovers.told(user),
        "objections": objections.open_in(visible).count(),
        "views": [(name, label, counts[name]) for name, label in VIEW_LABELS.items()],
        "view": view,
        "view_label": VIEW_LABELS[view],
        "counts": counts,
        "filter_form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "page_obj": page,
        "lanes": lanes(list(page), case_queue.count_by_urgency(cases), take_units),
    }
    return render(request, "desk/queue.html", context)
