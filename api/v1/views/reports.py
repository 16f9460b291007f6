"""Reports from other systems: submission, and tracking by receipt."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Unit
from api.base import PublicView
from api.errors import KeyReused
from api.problems import ProblemKind
from api.v1 import idempotency
from api.v1.examples import RECEIPT, REPORT, TRACK, TRACKED
from api.v1.serializers.reports import (
    ReceiptSerializer,
    ReportRequestSerializer,
    ReportUploadSerializer,
    TrackRequestSerializer,
    TrackSerializer,
)
from intake.domain import contacts, readers, receipts, replies, reports, submissions
from intake.enums import Origin
from intake.models import Report
from web.network import sender_of

KEY = OpenApiParameter(
    idempotency.HEADER,
    {"type": "string", "minLength": 1, "maxLength": idempotency.LIMIT},
    OpenApiParameter.HEADER,
    required=True,
    description=gettext_lazy(
        "Up to 64 characters, best a fresh UUID. The same key with the same content gives the "
        "same receipt, however often it is sent."
    ),
)


@extend_schema_view(
    post=extend_schema(
        tags=["reports"],
        operation_id="report_submit",
        summary=gettext_lazy("Hand in a report"),
        description=gettext_lazy(
            "201 and a receipt: the report is stored and will be looked at. 200: it already was."
        ),
        parameters=[KEY],
        request={
            "application/json": ReportRequestSerializer,
            "multipart/form-data": ReportUploadSerializer,
        },
        responses={201: ReceiptSerializer, 200: ReceiptSerializer},
        examples=[
            OpenApiExample("report", REPORT, request_only=True, media_type="application/json"),
            OpenApiExample("receipt", RECEIPT, response_only=True, status_codes=["201"]),
            OpenApiExample(
                "again", {**RECEIPT, "created": False}, response_only=True, status_codes=["200"]
            ),
        ],
    )
)
class Reports(PublicView):
    """201 and a receipt: the report is stored and will be looked at. 200: it already was."""

    problems = (ProblemKind.KEY_REUSED,)

    def post(self, request: Request) -> Response:
        header = _idempotency_key(request)
        serializer = ReportUploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        submission = _submission(request, header, serializer.validated_data)
        if idempotency.is_reused(header, submission.form_key):
            raise KeyReused
        received = reports.submit(submission)
        answer = {
            "receipt": received.receipt,
            "receipt_grouped": receipts.pretty(received.receipt),
            "created": received.created,
            "read_by": received.report.unit.name,
            "track_url": receipts.tracking_url(),
        }
        return _private(Response(answer, status=201 if received.created else 200))


@extend_schema_view(
    post=extend_schema(
        tags=["reports"],
        operation_id="report_track",
        summary=gettext_lazy("Follow a report by its receipt"),
        description=gettext_lazy(
            "The receipt travels in the body, never in an address that a log could keep."
        ),
        request=TrackRequestSerializer,
        responses=TrackSerializer,
        examples=[
            OpenApiExample("receipt", TRACK, request_only=True),
            OpenApiExample("stage", TRACKED, response_only=True, status_codes=["200"]),
        ],
    )
)
class Track(PublicView):
    """The receipt travels in the body, never in an address that a log could keep."""

    problems = (ProblemKind.NOT_FOUND,)

    def post(self, request: Request) -> Response:
        serializer = TrackRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        code = receipts.parse(serializer.validated_data["receipt"])
        report = receipts.find(code) if code else None
        if report is None:
            raise NotFound
        return _private(Response(TrackSerializer(_progress(report)).data))


def _idempotency_key(request: Request) -> str:
    key = str(request.headers.get(idempotency.HEADER, "")).strip()
    if not 1 <= len(key) <= idempotency.LIMIT:
        message = _("Send the header Idempotency-Key with 1 to 64 characters, best a fresh UUID.")
        raise ValidationError({idempotency.HEADER: message}, code="required")
    return key


def _submission(request: Request, header: str, data: dict[str, Any]) -> submissions.Submission:
    fields = {name: value for name, value in data.items() if name != "images"}
    images = data.get("images", [])
    key = idempotency.form_key(header, fields, images)
    unit = _find_unit(fields.pop("unit", ""))
    texts = [fields.get(name, "") for name in ("text", "question")]
    reader = fields.pop("reader", "") or readers.default_reader(unit, *texts)
    language = fields.pop("language", None) or (get_language() or "vi")[:2]
    contact = contacts.from_email(fields.pop("contact_email", ""))
    return submissions.Submission(
        **fields,
        unit=unit,
        reader=reader,
        language=language,
        contact=contact,
        images=images,
        form_key=key,
        origin=Origin.API,
        sender=sender_of(request._request),
    )


def _find_unit(code: str) -> Unit | None:
    unit = Unit.objects.active().filter(code=code).first() if code else None
    if code and unit is None:
        raise ValidationError({"unit": _("No active unit has this code.")}, code="unknown")
    return unit


def _progress(report: Report) -> dict[str, Any]:
    timeline = replies.timeline(report)
    return {
        "stage": timeline.stage,
        "stage_label": timeline.stage.label,
        "read_by": report.unit.name,
        "steps": timeline.steps,
        "answers": replies.shown_answers(report),
    }


def _private(response: Response) -> Response:
    """A receipt, and what it gives access to, is for the sender alone."""
    response["Cache-Control"] = "no-store"
    return response
