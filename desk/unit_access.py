"""What the unit pages share: who may open them, and how a refusal becomes a message."""

from collections.abc import Callable

from django.contrib import messages
from django.forms.utils import ErrorDict
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from accounts.exceptions import AccountsError
from accounts.models import Unit, User
from accounts.permissions import Permission, units_for


def staff(request: HttpRequest) -> User:
    """The signed-in user as our own class (behind ``login_required``)."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is an answer too, and gets its errors."""
    return request.POST if request.method == "POST" else None


def managed_ids(request: HttpRequest) -> set[int]:
    """Ids of the units that the user administers; 404 for someone who administers none, since
    these pages do not exist for them."""
    ids = units_for(staff(request), Permission.MANAGE_UNIT)
    if not ids:
        raise Http404
    return ids


def managed_unit(request: HttpRequest, pk: int) -> Unit:
    """The unit, if the user administers it; 404 otherwise."""
    units = Unit.objects.select_related("kind").filter(pk__in=managed_ids(request))
    return get_object_or_404(units, pk=pk)


def attempt(request: HttpRequest, action: Callable[[], object], success: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        action()
    except AccountsError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, success)
    return True


def first_error(request: HttpRequest, errors: ErrorDict) -> None:
    """For the small forms of one or two fields, which come back as a message."""
    messages.error(request, " ".join(str(text) for texts in errors.values() for text in texts))
