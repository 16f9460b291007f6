from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.domain import tokens as domain
from accounts.exceptions import AccountsError
from accounts.models import ApiToken
from desk.forms.units import TokenForm
from desk.unit_access import posted, staff


@login_required
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens. A new one is in the answer to its own POST and nowhere else: reloading
    the page would make another one, not show it again."""
    user = staff(request)
    form, plain = TokenForm(posted(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, plain = domain.issue(user, **form.cleaned_data, by=user)
            form = TokenForm()
        except AccountsError as error:
            form.add_error(None, str(error))
    mine = user.api_tokens.filter(expires_at__gt=timezone.now()).order_by("-created_at")
    context = {"form": form, "plain": plain, "tokens": mine, "nav": ""}
    return render(request, "desk/accounts/tokens.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    user = staff(request)
    token = get_object_or_404(ApiToken, pk=pk, user=user)
    domain.revoke(token, by=user)
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")
