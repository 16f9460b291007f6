"""The REST API and its OpenAPI description."""

from django.utils.translation import gettext_lazy as _

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.StaffTokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "api.parsers.ShallowJSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_SCHEMA_CLASS": "api.schema.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "api.pagination.CursorPagination",
    "EXCEPTION_HANDLER": "api.errors.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kiểm Tin API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DESCRIPTION": _(
        "Hand in reports, follow them, read published notices; with a staff token, the queue and "
        "its cases. Every error is a problem document (RFC 9457)."
    ),
    # Several fields are called status, kind or stage: each keeps a name of its own.
    "ENUM_NAME_OVERRIDES": {
        "CaseStatusEnum": "factcheck.enums.CaseStatus",
        "VerdictEnum": "factcheck.enums.Rating",
        "VerdictStateEnum": "factcheck.enums.VerdictState",
        "VerdictKindEnum": "factcheck.enums.VerdictKind",
        "MatchStateEnum": "factcheck.enums.MatchState",
        "StageEnum": "intake.enums.Stage",
    },
}
