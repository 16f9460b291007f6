"""A verdict is born as a draft and approved only with its confirmed act; a version is hidden only by
a newer one; a request for reconsideration stays, and is decided once by somebody new to the notice.
"""

from django.db import migrations

from audit.triggers import (
    DropRules,
    FrozenColumns,
    NoDelete,
    RequireOnInsert,
    RequireOnUpdate,
)

ACTED = """
    NEW.state <> 'approved' OR OLD.state = 'approved' OR EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.kind = 'verdict' AND a.subject = 'factcheck.verdict:' || NEW.id
        AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL
        AND a.proposed_by_id = NEW.written_by_id AND a.confirmed_by_id = NEW.reviewed_by_id
    )
"""
NEWER = """
    EXISTS (
        SELECT 1 FROM factcheck_noticeversion n
        WHERE n.notice_id = OLD.notice_id AND n.number > OLD.number
    )
"""
SUCCEEDED = f"""
    OLD.is_current = NEW.is_current
    OR (OLD.is_current AND NOT NEW.is_current AND {NEWER})
    OR (NOT OLD.is_current AND NEW.is_current AND NOT {NEWER})
"""
DECIDED_BY_SOMEBODY_NEW = """
    NEW.decided_by_id IS NULL OR OLD.decided_by_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM factcheck_noticeversion n JOIN factcheck_verdict v ON v.id = n.verdict_id
        WHERE n.notice_id = NEW.notice_id
        AND NEW.decided_by_id IN (v.written_by_id, v.reviewed_by_id, n.published_by_id)
    )
"""
DECISION = ["state", "decision", "decided_at", "decided_by_id"]


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0009_ratings"),
        ("accounts", "0003_guarded_acts"),
    ]

    operations = [
        # verdicts
        RequireOnInsert(
            "factcheck_verdict",
            "draft",
            "NEW.state = 'draft' AND NEW.reviewed_by_id IS NULL",
            "a verdict begins as a draft",
        ),
        RequireOnUpdate(
            "factcheck_verdict",
            "acted",
            ACTED,
            "a verdict is approved with the confirmed act of its author and its reviewer",
        ),
        # published versions
        DropRules(
            FrozenColumns(
                "factcheck_noticeversion",
                columns=["is_current"],
                unless="OLD.is_current AND NOT NEW.is_current",
            )
        ),
        RequireOnUpdate(
            "factcheck_noticeversion",
            "succeeded",
            SUCCEEDED,
            "a version is current until a newer one is",
        ),
        # requests for reconsideration
        NoDelete("factcheck_reconsideration"),
        FrozenColumns(
            "factcheck_reconsideration", columns=["notice_id", "text", "form_key", "created_at"]
        ),
        FrozenColumns(
            "factcheck_reconsideration", columns=DECISION, unless="OLD.state = 'open'"
        ),
        RequireOnInsert(
            "factcheck_reconsideration",
            "open",
            "NEW.state = 'open'",
            "a request for reconsideration begins undecided",
        ),
        RequireOnUpdate(
            "factcheck_reconsideration",
            "somebody_new",
            DECIDED_BY_SOMEBODY_NEW,
            "a request is decided by somebody new to the notice",
        ),
    ]
