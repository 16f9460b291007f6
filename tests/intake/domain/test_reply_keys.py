import pytest
from django.db.models import Value

from accounts.models import Unit
from intake.domain import reply_keys
from intake.domain.reply_keys import ReplyKey
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from intake.enums import Stage
from intake.models import Report


def test_stored_keys_keep_their_form() -> None:
    assert ReplyKey.for_notice(12, 3) == "notice:12:v3"
    assert ReplyKey.for_verdict(7) == "verdict:7"
    assert ReplyKey.for_closing(5, "opinion") == "closed:5:opinion"
    assert [ReplyKey.for_stage(stage) for stage in (Stage.CHECKING, Stage.IN_REVIEW)] == [
        "stage:checking",
        "stage:in_review",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "notice:12",
        "notice:12:v",
        "verdict:",
        "told:1",
        " stage:x",
        "notice:01:v1",
        "notice:١:v١",
        "verdict:0",
    ],
)
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Not the key of a reply"):
        ReplyKey(text)


def test_versions_of_a_notice_are_its_own_and_the_former_ones() -> None:
    key = ReplyKey("notice:12:v3")
    assert key.notice_versions() == ["notice:12:v1", "notice:12:v2", "notice:12:v3"]
    assert ReplyKey("closed:12:spam").notice_versions() == []


@pytest.mark.django_db
def test_sql_builds_the_same_keys(unit: Unit) -> None:
    report = submit(Submission(text="Ngày mai nghỉ học")).report
    row = Report.objects.annotate(
        notice=reply_keys.notice_key_sql("pk", "unit_id"),
        verdict=reply_keys.verdict_key_sql(Value(41)),
        closing=reply_keys.closing_key_sql("pk", "origin"),
        stage=reply_keys.stage_key_sql(Stage.IN_REVIEW),
        handover=reply_keys.handover_key_sql("unit_id", Stage.CHECKING),
    ).get(pk=report.pk)
    assert row.notice == ReplyKey.for_notice(report.pk, report.unit_id)
    assert row.verdict == ReplyKey.for_verdict(41)
    assert row.closing == ReplyKey.for_closing(report.pk, report.origin)
    assert row.stage == ReplyKey.for_stage(Stage.IN_REVIEW)
    assert row.handover == ReplyKey.for_handover(report.unit_id, Stage.CHECKING)
