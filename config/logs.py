"""Structured logs without personal data: events and ids, never texts, addresses or receipts."""

from typing import Any

import structlog

# Keys that must never reach a log, whoever adds them by mistake.
FORBIDDEN = frozenset(
    {"email", "recipient", "contact", "text", "body", "question", "receipt", "ip", "user_agent"}
)


def drop_personal_data(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Structlog processor: replaces the value of every forbidden key."""
    return {k: ("[removed]" if k in FORBIDDEN else v) for k, v in event.items()}


def logging_config(*, json: bool, level: str) -> dict[str, Any]:
    """A ``logging.config.dictConfig`` dict; also sets structlog up.

    Args:
        json: one JSON object per line (production) instead of readable lines.
        level: name of the lowest level that is written.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    processors = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        renderer,
    ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": processors,
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's request log prints paths with query strings; ours prints the route.
            "django.server": {"handlers": [], "propagate": False},
            "django.request": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # it would write every address a checker has fetched
        },
    }
