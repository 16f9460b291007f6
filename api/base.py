"""Base classes of the API views."""

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
    """Refuses a body that is too large before a byte of it is read; offers no OPTIONS."""

    http_method_names = ["get", "head", "post"]  # the schema describes what OPTIONS would

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        multipart = (request.content_type or "").startswith("multipart/")
        limit = UPLOAD_LIMIT if multipart else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if int(request.META.get("CONTENT_LENGTH") or 0) > limit:
            raise TooLarge

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code >= 400:  # an error is JSON, whatever format was requested
            response.accepted_renderer = JSONRenderer()
        return response


class PublicView(BaseView):
    """Open to everyone. Reading is also open to scripts of other sites; sending is not."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            response["Access-Control-Allow-Origin"] = "*"
        return response


class MayViewCases(BasePermission):
    """Some role, in some unit, with permission to view cases; the queryset decides which ones."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(units_for(request.user, Permission.VIEW_CASES))


class StaffView(BaseView):
    """Needs a token; the response is private, so it is neither cached nor cross-origin."""

    permission_classes = (IsAuthenticated, MayViewCases)

    @property
    def user(self) -> User:
        """The token's owner, whom the permission classes guarantee."""
        return cast(User, self.request.user)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


class UnknownRoute(PublicView):
    """Any other address below /api/: the same 404 as for a missing object."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound
