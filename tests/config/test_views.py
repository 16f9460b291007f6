from errno import ENOSPC
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client


def test_health_answers_without_the_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_with_everything_migrated_is_200(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_ready_with_a_database_that_fails_is_503(client: Client) -> None:
    with patch("config.views.MigrationExecutor", side_effect=OperationalError):
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "database"


@pytest.mark.django_db
def test_ready_with_a_pending_migration_is_503(client: Client) -> None:
    with patch("config.views.MigrationExecutor.migration_plan", return_value=["0009"]):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["reason"]) == (503, "migrations")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError, 503), (OSError(ENOSPC, "full"), 503), (ValueError, 500)],
)
def test_broken_page_says_what_to_do(client: Client, error: Exception, status: int) -> None:
    client.raise_request_exception = False
    with patch("public.views.notices.notices.listed", side_effect=error):
        answer = client.get("/")
    assert answer.status_code == status
    assert ("Retry-After" in answer) == (status == 503)
    assert "Quay lại" in answer.content.decode()


@pytest.mark.django_db
def test_report_that_could_not_be_taken_is_shown_to_copy(client: Client) -> None:
    client.raise_request_exception = False
    with patch("public.views.submit.reports.replay", side_effect=OperationalError):
        answer = client.post(
            "/gui/", {"text": "Mai nghỉ học </textarea><b>?", "form_key": "k" * 32}
        )
    assert answer.status_code == 503
    assert ">Mai nghỉ học &lt;/textarea&gt;&lt;b&gt;?</textarea>" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_broken_page_without_a_report_has_nothing_to_copy(client: Client) -> None:
    client.raise_request_exception = False
    with patch("public.views.notices.notices.listed", side_effect=OperationalError):
        assert "<textarea" not in client.get("/").content.decode()
