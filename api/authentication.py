"""Staff tokens: ``Authorization: Bearer …``. No session, no cookie, so no cross-site request."""

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.domain import tokens
from accounts.models import User

SCHEME = "Bearer"


class StaffTokenAuthentication(BaseAuthentication):
    """Authenticates the owner of an issued, unrevoked, unexpired token of an active account."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        """None without the header; AuthenticationFailed for anything but a valid token."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME.lower().encode():
            return None
        refused = AuthenticationFailed(_("The token is unknown, revoked or past its end date."))
        if len(parts) != 2:
            raise refused
        try:
            user = tokens.authenticate(parts[1].decode("ascii"))
        except UnicodeDecodeError:
            raise refused from None
        if user is None:
            raise refused
        return user, SCHEME

    def authenticate_header(self, request: Request) -> str:
        return SCHEME
