"""Structured logs without personal data: events and ids, never texts, addresses or receipts."""

from typing import Any

import structlog

# Keys that must never reach a log, even by mistake.
FORBIDDEN = frozenset(
    {"email", "recipient", "contact", "text", "body", "question", "receipt", "ip", "user_agent"}
)


def drop_personal_data(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Structlog processor: replaces the value of every forbidden key."""
    return {k: ("[removed]" if k in FORBIDDEN else v) for k, v in event.items()}


def _shared_processors() -> list[Any]:
    """Processors of every line, whether it comes from structlog or from another package."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal_data,
    ]


def _formatter(*, json: bool) -> dict[str, Any]:
    """The formatter of every handler: JSON objects, or readable lines."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
        "foreign_pre_chain": _shared_processors(),
    }


def logging_config(*, json: bool, level: str) -> dict[str, Any]:
    """A ``logging.config.dictConfig`` dict; also configures structlog.

    Args:
        json: one JSON object per line (production) instead of readable lines.
        level: name of the lowest level that is written.
    """
    structlog.configure(
        processors=[*_shared_processors(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structured": _formatter(json=json)},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's request log prints paths with query strings; RequestLogMiddleware the route.
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # it would write every address a checker has fetched
        },
    }
