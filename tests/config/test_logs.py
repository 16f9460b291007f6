import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.test import Client

from config.logs import drop_personal_data, logging_config


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What would be written to standard error, as JSON lines."""
    out = io.StringIO()
    config = logging_config(json=True, level="DEBUG")
    config["handlers"]["stderr"]["stream"] = out
    logging.config.dictConfig(config)
    yield out
    logging.config.dictConfig(settings.LOGGING)


def test_personal_data_is_removed_from_every_logger() -> None:
    event = drop_personal_data(
        None, "", {"event": "x", "email": "a@b.c", "receipt": "7K3M", "n": 1}
    )
    assert event == {"event": "x", "email": "[removed]", "receipt": "[removed]", "n": 1}


def test_log_line_is_one_json_object(lines: io.StringIO) -> None:
    structlog.get_logger("t").info("hello", case=12)
    entry = json.loads(lines.getvalue())
    assert (entry["event"], entry["case"], entry["level"]) == ("hello", 12, "info")


@pytest.mark.django_db
def test_request_line_names_the_route_and_not_what_was_sent(
    client: Client, lines: io.StringIO
) -> None:
    client.get("/?q=CANARY-QUERY", headers={"user-agent": "CANARY-AGENT"})
    written = lines.getvalue()
    assert '"route": "public:home"' in written
    assert "CANARY" not in written
    assert "127.0.0.1" not in written
