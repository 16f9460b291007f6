"""What somebody typed on a staff page and sent after their session had ended.

It is kept in the new session while they sign in, and offered to the same account alone: a school's
computer has many users. Files are not kept.
"""

from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase

_SESSION_KEY = "unsent"
_COOKIE = "kt_account"  # whose browser this was last, signed
_SALT = "desk.unsent"
_MAX_LENGTH = 60_000  # characters; a verdict with all its texts has 15,000
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "version", "form_key"})


@dataclass(frozen=True)
class UnsentForm:
    path: str
    fields: list[tuple[str, str]]  # as they are sent again

    @property
    def texts(self) -> list[str]:
        """What is shown: the values that a person typed or chose."""
        return [value for name, value in self.fields if name not in _NOT_TYPED and value.strip()]


def remember_account(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Set the cookie that names the signed-in account, unless it does already."""
    value = Signer(salt=_SALT).sign(str(request.user.pk))
    if request.COOKIES.get(_COOKIE) != value and hasattr(response, "set_cookie"):
        response.set_cookie(
            _COOKIE, value, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def keep(request: HttpRequest) -> None:
    """Keep a signed-out POST for the account that used this browser last; drop it where that is
    not known, or where it is too long to be typed."""
    try:
        account = Signer(salt=_SALT).unsign(request.COOKIES.get(_COOKIE, ""))
    except BadSignature:
        return
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and isinstance(value, str)
    ]
    if fields and sum(len(value) for _name, value in fields) <= _MAX_LENGTH:
        form = {"account": account, "path": request.path, "fields": fields}
        request.session[_SESSION_KEY] = form


def waiting(request: HttpRequest) -> UnsentForm | None:
    """The form kept for this address and account. One of another account is deleted."""
    kept: dict[str, Any] | None = request.session.get(_SESSION_KEY)
    if kept is None:
        return None
    if kept["account"] != str(request.user.pk):
        discard(request)
        return None
    if kept["path"] != request.path:
        return None
    return UnsentForm(request.path, [(name, value) for name, value in kept["fields"]])


def discard(request: HttpRequest) -> None:
    request.session.pop(_SESSION_KEY, None)
