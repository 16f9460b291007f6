"""Keyset pagination: as fast on the last page as on the first, and stable while rows arrive."""

import base64
import binascii
import json
from typing import Any

from django.core.exceptions import ValidationError as ModelValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
CURSOR_LIMIT = 500  # characters


class CursorPagination(BasePagination):
    """``{"next": url or null, "results": […]}``.

    A view gives ``ordering``: field names without nulls, the last one unique, "-" for descending;
    and ``annotations``, the fields of those names that its queryset computes.
    The cursor contains the last row's values; a row is never shown twice or skipped, whatever is
    inserted in the meantime.
    """

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request, self.ordering = request, tuple(view.ordering)
        size = self._size(request)
        self.annotations = getattr(view, "annotations", {})
        rows = queryset.order_by(*self.ordering)
        cursor = request.query_params.get("cursor")
        if cursor:
            rows = rows.filter(self._after(queryset.model, cursor))
        page = list(rows[: size + 1])
        self.last = page[size - 1] if len(page) > size else None
        return page[:size]

    def get_paginated_response(self, data: Any) -> Response:
        url = None
        if self.last is not None:
            current_url = self.request.build_absolute_uri()
            url = replace_query_param(current_url, "cursor", self._cursor(self.last))
        return Response({"next": url, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "additionalProperties": False,
            "properties": {
                "next": {"type": ["string", "null"], "format": "uri"},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor = {"type": "string", "maxLength": CURSOR_LIMIT}
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": _("Taken from next; not to be made up."),
                "schema": cursor,
            },
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": _("Rows on a page."),
                "schema": size,
            },
        ]

    def _size(self, request: Request) -> int:
        size = request.query_params.get("page_size", str(PAGE_SIZE))
        if not (size.isascii() and size.isdigit() and 1 <= int(size[:4]) <= MAX_PAGE_SIZE):
            message = _("Give a number from 1 to %(max)d.") % {"max": MAX_PAGE_SIZE}
            raise ValidationError({"page_size": message}, code="invalid")
        return int(size)

    def _cursor(self, row: Model) -> str:
        values = [getattr(row, name.lstrip("-")) for name in self.ordering]
        raw = json.dumps(values, cls=_ExactEncoder, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def _after(self, model: type[Model], cursor: str) -> Q:
        """The rows after the cursor's: (a, b) > (x, y), written out for any database."""
        names = [name.lstrip("-") for name in self.ordering]
        try:
            raw = base64.urlsafe_b64decode(cursor[:CURSOR_LIMIT] + "=" * (-len(cursor) % 4))
            decoded = json.loads(raw)
            fields: list[Any] = [
                self.annotations.get(name) or model._meta.get_field(name) for name in names
            ]
            if not isinstance(decoded, list) or len(decoded) != len(names):
                raise ValueError(cursor)
            values = [field.to_python(value) for field, value in zip(fields, decoded, strict=True)]
            if None in values or not _storable(decoded):
                raise ValueError(cursor)
        except (binascii.Error, ValueError, TypeError, OverflowError, ModelValidationError):
            message = _("This cursor is not one of ours: start from the first page.")
            raise ValidationError({"cursor": message}, code="invalid") from None
        condition, equal = Q(), Q()
        for name, ordered, value in zip(names, self.ordering, values, strict=True):
            lookup = "lt" if ordered.startswith("-") else "gt"
            condition |= equal & Q(**{f"{name}__{lookup}": value})
            equal &= Q(**{name: value})
        return condition


def _storable(values: list[Any]) -> bool:
    """Whether no text has a NUL or a lone surrogate: databases refuse them with their own error."""
    return all(
        "\x00" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
        for value in values
        if isinstance(value, str)
    )


class _ExactEncoder(DjangoJSONEncoder):
    """Django's encoder cuts microseconds, which would repeat or lose rows of the same second."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)
