"""The error format (RFC 9457) and the closed list of error kinds.

``type`` leads to the kind's paragraph on the documentation page, so an error explains itself.
"""

from dataclasses import dataclass
from enum import StrEnum

import structlog
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"
DOCS_PATH = "/api/v1/docs"


class ProblemKind(StrEnum):
    """Anchors on the documentation page; never renamed within a version of the API."""

    INVALID = "invalid"
    UNREADABLE = "unreadable"
    UNAUTHENTICATED = "unauthenticated"
    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"
    METHOD = "method-not-allowed"
    NOT_ACCEPTABLE = "not-acceptable"
    KEY_REUSED = "key-reused"
    TOO_LARGE = "too-large"
    MEDIA = "unsupported-media-type"
    TOO_MANY = "too-many-requests"
    SERVER = "server-error"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class ProblemDefinition:
    status: int
    title: str | Promise
    meaning: str | Promise


PROBLEMS: dict[ProblemKind, ProblemDefinition] = {
    ProblemKind.INVALID: ProblemDefinition(
        400,
        _("The request is not valid"),
        _("One or more fields or parameters are not valid; errors names each of them."),
    ),
    ProblemKind.UNREADABLE: ProblemDefinition(
        400,
        _("The request could not be read"),
        _("The body is not well-formed JSON or multipart data."),
    ),
    ProblemKind.UNAUTHENTICATED: ProblemDefinition(
        401,
        _("A valid token is needed"),
        _("No token was sent, or it is unknown, revoked or past its end date."),
    ),
    ProblemKind.NOT_ALLOWED: ProblemDefinition(
        403,
        _("Your role does not allow this"),
        _("The token is valid, but its owner has no role that may do this."),
    ),
    ProblemKind.NOT_FOUND: ProblemDefinition(
        404,
        _("Nothing was found here"),
        _("It does not exist, or you may not know that it does."),
    ),
    ProblemKind.METHOD: ProblemDefinition(
        405,
        _("This method is not available here"),
        _("The Allow header lists the methods that are."),
    ),
    ProblemKind.NOT_ACCEPTABLE: ProblemDefinition(
        406,
        _("Only JSON can be answered"),
        _("The Accept header leaves no format in which this can be answered."),
    ),
    ProblemKind.TOO_LARGE: ProblemDefinition(
        413,
        _("The request is too large"),
        _("The body is larger than is accepted, or has too many parts."),
    ),
    ProblemKind.MEDIA: ProblemDefinition(
        415,
        _("This content type is not accepted"),
        _("Send application/json or multipart/form-data."),
    ),
    ProblemKind.KEY_REUSED: ProblemDefinition(
        422,
        _("This key was used for another report"),
        _("The Idempotency-Key came with other content before: choose a new key."),
    ),
    ProblemKind.TOO_MANY: ProblemDefinition(
        429,
        _("Too many requests"),
        _("Wait as long as the Retry-After header says, then send the same request again."),
    ),
    ProblemKind.SERVER: ProblemDefinition(
        500,
        _("Something went wrong on our side"),
        _("The same request may be sent again; quote request_id when asking for help."),
    ),
    ProblemKind.UNAVAILABLE: ProblemDefinition(
        503,
        _("Nothing can be stored or read right now"),
        _("Nothing was stored. Send the same request again after as long as Retry-After says."),
    ),
}


def problem(
    kind: ProblemKind, *, detail: str = "", errors: list[dict[str, str]] | None = None
) -> dict[str, object]:
    """The body of an error answer, in the reader's language.

    Args:
        detail: one sentence about this occurrence; the kind's own meaning when empty.
        errors: dicts of field, code and message, for what is wrong with single fields.
    """
    definition = PROBLEMS[kind]
    return {
        "type": f"{DOCS_PATH}#{kind}",
        "title": str(definition.title),
        "status": definition.status,
        "detail": detail or str(definition.meaning),
        "errors": errors or [],
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
