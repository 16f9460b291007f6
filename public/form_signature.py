"""The signature of a public form's key, which stands in for a CSRF cookie.

Nobody is signed in on a public form, so there is no session to abuse; the signature only makes sure
that the form was ours. It needs no cookie and no Origin, which Zalo's browser, a private window or
a page opened from a file may not send. Staff pages keep Django's CSRF protection.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponseBase]
FIELD = "form_signature"
_SALT = "public.form_signature"


def sign(form_key: str) -> str:
    return Signer(salt=_SALT).signature(form_key)


def is_signed(form_key: str, signature: str) -> bool:
    try:
        Signer(salt=_SALT).unsign(f"{form_key}:{signature}")
    except BadSignature:
        return False
    return True


def signed_form(when_unsigned: View) -> Callable[[View], View]:
    """Decorator of a public form's view: a POST whose key we did not issue gets the view
    ``when_unsigned``, which shows the form again with all that was typed."""

    def decorator(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            unchecked = getattr(request, "_dont_enforce_csrf_checks", False)  # as Django's own
            if request.method == "POST" and not unchecked and not _is_ours(request):
                return when_unsigned(request, *args, **kwargs)
            return view(request, *args, **kwargs)

        return wrapped

    return decorator


def _is_ours(request: HttpRequest) -> bool:
    if request.POST.get("step") == "check":  # the front page only asks; nothing is stored
        return True
    return is_signed(request.POST.get("form_key", ""), request.POST.get(FIELD, ""))
