from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.domain import tokens as domain
from accounts.exceptions import DomainError
from accounts.models import ApiToken
from desk.decorators import current_user, post_data, staff_view
from desk.forms.units import TokenForm
from web.methods import post_only


@staff_view
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens. A new one is in the response to its own POST and nowhere else:
    reloading the page would issue another one, not show it again."""
    user = current_user(request)
    form, plain = TokenForm(post_data(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, plain = domain.issue(user, **form.cleaned_data, by=user)
            form = TokenForm()
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "plain": plain, "tokens": domain.active(user), "nav": ""}
    return render(request, "desk/accounts/tokens.html", context)


@staff_view
@post_only("accounts:tokens")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = current_user(request)
    token = get_object_or_404(ApiToken, pk=pk, user=user)
    domain.revoke(token, by=user)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")
