"""What every view of the API does alike."""

from typing import Any, cast

from django.conf import settings
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.permissions import Permission, units_for
from api.errors import TooLarge

UPLOAD_LIMIT = 4 * 5 * 1024 * 1024 + settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # bytes: images, fields


class BaseView(APIView):
    """Refuses a body that is too large before a byte of it is read; never says what it parses."""

    http_method_names = ["get", "head", "post"]  # no OPTIONS: the schema is the description

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        multipart = (request.content_type or "").startswith("multipart/")
        limit = UPLOAD_LIMIT if multipart else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit:
            raise TooLarge

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code >= 400:  # an error is JSON, whatever format was asked for
            answer.accepted_renderer = JSONRenderer()
        return answer


class PublicView(BaseView):
    """Open to everyone. Reading is also open to scripts of other sites; sending is not."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            answer["Access-Control-Allow-Origin"] = "*"
        return answer


class MayViewCases(BasePermission):
    """Some role, in some unit, that may look into cases; which ones is the queryset's matter."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(units_for(request.user, Permission.VIEW_CASES))


class StaffView(BaseView):
    """Needs a token; the answer is nobody else's, so it is neither cached nor cross-origin."""

    permission_classes = (IsAuthenticated, MayViewCases)

    @property
    def user(self) -> User:
        """The token's owner; the permissions above have made sure of one."""
        return cast(User, self.request.user)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


class UnknownRoute(PublicView):
    """Any other address below /api/: the same 404 as for a thing that is not there."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound
