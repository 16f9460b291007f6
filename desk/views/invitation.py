from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.domain import invitations
from accounts.exceptions import DomainError, InvitationRefused
from accounts.models import Invitation, User
from desk.decorators import post_data
from desk.forms.units import AcceptForm
from desk.sign_in.language import remember_language

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an e-mailed link: a new account, or a further role for an existing one."""
    try:
        offer = invitations.find(token)
    except InvitationRefused as error:
        context = {"reason": str(error)}
        return render(request, "desk/accounts/invitation_refused.html", context, status=410)
    if invitations.has_account(offer):
        return _for_existing_account(request, offer, token)
    form = AcceptForm(post_data(request), email=offer.email)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            user = invitations.accept(token, data["handle"], data["password1"])
        except DomainError:  # accepted meanwhile: the page shows the state of now
            return redirect(request.path)
        return _welcome(request, user)
    return render(request, "desk/accounts/invitation.html", {"form": form, "invitation": offer})


def _for_existing_account(request: HttpRequest, offer: Invitation, token: str) -> HttpResponse:
    user = request.user
    own = isinstance(user, User) and user.email == offer.email
    if request.method == "POST" and own and isinstance(user, User):
        try:
            membership = invitations.accept_as(token, user)
        except DomainError:
            return redirect(request.path)
        if membership is None:
            messages.info(request, _("Accepted. The role begins once it has been confirmed."))
        else:
            messages.success(request, _("You have the new role."))
        return redirect(resolve_url("accounts:profile"))
    sign_in = reverse("account_login") + "?" + urlencode({"next": request.path})
    context = {"invitation": offer, "own": own, "sign_in": sign_in}
    return render(request, "desk/accounts/invitation_existing.html", context)


def _welcome(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=BACKEND)
    messages.success(request, _("Welcome. Your account is ready."))
    response = redirect("accounts:profile")
    remember_language(response, user.language)
    return response
