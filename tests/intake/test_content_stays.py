"""Raw SQL cannot change what was sent or told; on both databases."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit import rules
from intake.domain import replies, reports
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.enums import Stage
from intake.models import Report
from tests.intake import sample_images

CONTENT = ["text", "url", "question", "normalised", "canonical_url"]
IDENTITY = [
    "public_id", "origin", "seen_where", "seen_when", "language", "fingerprint", "form_key",
    "receipt_hash", "sender_hash",
]  # fmt: skip


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def refused(sql: str) -> None:
    with pytest.raises(IntegrityError, match="refused:"):
        run(sql)


@pytest.fixture
def report(unit) -> Report:
    sent = Submission(
        text="Gốc", url="https://example.com/a", question="?", images=[sample_images.upload()]
    )
    return submit(sent).report


@pytest.mark.parametrize("column", [*CONTENT, *IDENTITY])
def test_raw_update_of_a_column_is_refused(report, column: str) -> None:
    value = "'00000000000040008000000000000001'" if column == "public_id" else "'khác'"
    refused(f"UPDATE intake_report SET {column} = {value}")


def test_raw_update_of_time_or_unit_is_refused(report) -> None:
    refused("UPDATE intake_report SET created_at = '2020-01-01 00:00:00+00'")
    refused("UPDATE intake_report SET unit_id = unit_id + 1")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE intake_report SET text = ''",
        "UPDATE intake_report SET text = '', purged_at = created_at",
        "UPDATE intake_report SET text = 'khác', purged_at = created_at",
    ],
)
def test_half_a_purge_is_refused(report, sql: str) -> None:
    refused(sql)


def test_purged_report_cannot_be_filled_or_unpurged(report) -> None:
    reports.purge_text(report, by=None)
    refused("UPDATE intake_report SET text = 'khác'")
    refused("UPDATE intake_report SET purged_at = NULL")
    refused("UPDATE intake_report SET purged_at = created_at")


def test_other_columns_can_be_changed(report) -> None:
    run("UPDATE intake_report SET matched_at = created_at, purge_after = created_at")


def test_attachment_cannot_be_swapped(report) -> None:
    for column, value in (("sha256", "'0'"), ("path", "'x'"), ("width", "1"), ("position", "3")):
        refused(f"UPDATE intake_attachment SET {column} = {value}")


def test_reply_is_append_only(report) -> None:
    replies.create_reply(report, Stage.ANSWERED, key="k", body="Đã trả lời")
    refused("UPDATE intake_reply SET body = 'khác'")
    refused("DELETE FROM intake_reply")
    with pytest.raises(DatabaseError):
        report.delete()


@pytest.mark.postgres
def test_truncate_of_replies_is_refused(report) -> None:
    refused("TRUNCATE intake_reply")


def test_rules_are_installed(db) -> None:
    tables = [table for table, _name in rules.installed(connection)]
    for table in ("intake_report", "intake_attachment", "intake_reply"):
        assert table in tables
