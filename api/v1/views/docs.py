"""The schema, and the page that shows it to people."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import PublicView
from api.problems import PROBLEMS
from api.v1.operations import Operation, operations


@lru_cache(maxsize=4)  # one for each language; the code does not change while it runs
def schema_in(language: str) -> dict[str, Any]:
    """The OpenAPI document in the active language, which ``language`` must name."""
    return SchemaGenerator().get_schema(request=None, public=True)


@lru_cache(maxsize=4)
def operations_in(language: str) -> list[Operation]:
    return operations(schema_in(language))


class Schema(PublicView):
    """OpenAPI 3.1 as JSON, or as YAML where the Accept header names it."""

    schema = None
    renderer_classes = (OpenApiJsonRenderer2, OpenApiYamlRenderer)

    def get(self, request: Request) -> Response:
        return Response(schema_in(get_language() or "vi"))


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    language = get_language() or "vi"
    context = {
        "info": schema_in(language)["info"],
        "operations": operations_in(language),
        "problems": PROBLEMS.items(),
    }
    return render(request, "api/docs.html", context)
