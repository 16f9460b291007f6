"""The OpenAPI schema: the token scheme, and the error responses of every operation.

Everything is built when the schema is requested, not at import, so it is in the reader's language.
"""

from collections.abc import Iterable
from typing import Any, Literal

from drf_spectacular import openapi
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

from api.base import StaffView
from api.problems import MEDIA_TYPE, PROBLEMS, ProblemKind, problem

EXAMPLE_ID = "4f1c09d2b7aa"


class StaffTokenScheme(OpenApiAuthenticationExtension):
    target_class = "api.authentication.StaffTokenAuthentication"
    name = "StaffToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class FieldErrorSerializer(serializers.Serializer[Any]):
    field = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = FieldErrorSerializer(many=True)  # type: ignore[assignment]  # a field of that name
    request_id = serializers.CharField(allow_blank=True)


class AutoSchema(openapi.AutoSchema):
    """Adds to each operation the problems it can return, derived from its input."""

    def kinds(self) -> list[ProblemKind]:
        kinds = list(getattr(self.view, "problems", ()))
        if isinstance(self.view, StaffView):
            kinds += [ProblemKind.UNAUTHENTICATED, ProblemKind.NOT_ALLOWED]
        if "{" in self.path:
            kinds.append(ProblemKind.NOT_FOUND)
        if self.method == "POST":
            kinds += [
                ProblemKind.INVALID,
                ProblemKind.UNREADABLE,
                ProblemKind.TOO_LARGE,
                ProblemKind.MEDIA,
            ]
        elif self._is_list_view() and self._get_paginator():
            kinds.append(ProblemKind.INVALID)
        return [*kinds, ProblemKind.NOT_ACCEPTABLE, ProblemKind.SERVER, ProblemKind.UNAVAILABLE]

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status, response in problem_responses(self.kinds()).items():
            bodies[status] = self._get_response_for_code(response, status, [MEDIA_TYPE], direction)
        return dict(sorted(bodies.items()))


def problem_responses(kinds: Iterable[ProblemKind]) -> dict[str, OpenApiResponse]:
    """One response per status, with an example for each kind of that status."""
    by_status: dict[int, list[ProblemKind]] = {}
    for kind in kinds:
        by_status.setdefault(PROBLEMS[kind].status, []).append(kind)
    return {
        str(status): OpenApiResponse(
            ProblemSerializer,
            description=" / ".join(str(PROBLEMS[kind].title) for kind in same),
            examples=[_example(kind) for kind in same],
        )
        for status, same in by_status.items()
    }


def _example(kind: ProblemKind) -> OpenApiExample:
    errors = None
    if kind is ProblemKind.INVALID:
        errors = [{"field": "page_size", "code": "invalid", "message": "…"}]
    value = {**problem(kind, errors=errors), "request_id": EXAMPLE_ID}
    status = [str(PROBLEMS[kind].status)]
    return OpenApiExample(
        kind.value, value=value, media_type=MEDIA_TYPE, response_only=True, status_codes=status
    )
