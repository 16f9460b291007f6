from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.domain import role_grants, users
from desk.decorators import current_user, post_data, staff_view
from desk.forms.units import ProfileForm
from desk.sign_in.language import remember_language


@staff_view
def profile(request: HttpRequest) -> HttpResponse:
    """Work name and language; the roles, and links to password and tokens."""
    user = current_user(request)
    initial = {"handle": user.handle, "language": user.language}
    form = ProfileForm(post_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        users.update_profile(user, **form.cleaned_data, by=user)
        response = redirect("accounts:profile")
        remember_language(response, user.language)
        messages.success(request, _("Saved."))
        return response
    memberships = user.memberships.select_related("unit").order_by("unit__name", "role")
    context = {
        "form": form,
        "memberships": memberships,
        "waiting": role_grants.waiting_for(user),
        "nav": "",
    }
    return render(request, "desk/accounts/profile.html", context)
