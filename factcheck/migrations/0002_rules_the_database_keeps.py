"""What must hold even for someone who speaks SQL: nothing is published that a second person has
not approved and that lacks the evidence its verdict asks for; what is published stays."""

from django.db import migrations

from audit.triggers import FrozenColumns, NoDelete, RequireOnInsert

VERSION_COLUMNS = [
    *("notice_id", "number", "verdict_id", "kind", "language", "key", "tags", "claim", "headline"),
    *("explanation", "what_is_true", "what_to_do", "why_checked", "change_reason", "evidence"),
    *("review_by", "published_at", "published_by_id"),
]
VERDICT_COLUMNS = [
    *("case_id", "kind", "language", "key", "tags", "claim", "headline", "explanation"),
    *("what_is_true", "what_to_do", "why_checked", "change_reason", "reach", "checklist"),
    *("review_by", "written_by_id", "written_at", "written_for_id", "about_own_unit"),
    "submitted_at",
]
REVIEW_COLUMNS = ["reviewed_by_id", "reviewed_at", "reviewed_for_id", "review_note"]
EVIDENCE_COLUMNS = [
    *("case_id", "source_id", "stance", "title", "url", "quote", "document_number"),
    *("document_date", "accessed_on", "official", "added_at", "added_by_id"),
]
ARCHIVE_COLUMNS = [
    *("archive_state", "archive_path", "archive_name", "archive_type", "archive_size"),
    *("archive_sha256", "archived_at", "archived_by_id"),
]

STEPS = """
    (OLD.state = 'draft' AND NEW.state IN ('in_review', 'withdrawn'))
    OR (OLD.state = 'in_review' AND NEW.state IN ('approved', 'returned', 'withdrawn'))
    OR (OLD.state = 'approved' AND NEW.state = 'withdrawn'
        AND NOT EXISTS (SELECT 1 FROM factcheck_noticeversion p WHERE p.verdict_id = OLD.id))
"""
APPROVED = """
    EXISTS (
        SELECT 1 FROM factcheck_verdict v JOIN factcheck_notice n ON n.id = NEW.notice_id
        WHERE v.id = NEW.verdict_id AND v.case_id = n.case_id AND v.state = 'approved'
        AND v.reviewed_by_id IS NOT NULL AND v.reviewed_by_id <> v.written_by_id
        AND (NOT v.about_own_unit OR v.reviewed_for_id <> v.written_for_id)
        AND v.reach = 'publish'
        AND v.kind = NEW.kind AND v."key" = NEW."key" AND v.claim = NEW.claim
        AND v.headline = NEW.headline AND v.explanation = NEW.explanation
        AND v.what_is_true = NEW.what_is_true AND v.what_to_do = NEW.what_to_do
    )
"""
CITED = """
    EXISTS (
        SELECT 1 FROM factcheck_evidence e JOIN factcheck_notice n ON n.id = NEW.notice_id
        WHERE e.case_id = n.case_id AND e.withdrawn_at IS NULL AND e.quote <> '' AND {rule}
    )
"""
OFFICIAL = (
    "e.official AND e.archive_state = 'stored' AND e.archive_sha256 <> '' AND e.stance IN ({})"
)
GROUNDED = f"""
    (NEW."key" = 'false' AND {CITED.format(rule=OFFICIAL.format("'refutes'"))})
    OR (NEW."key" = 'misleading' AND {CITED.format(rule=OFFICIAL.format("'refutes', 'context'"))})
    OR (NEW."key" IN ('true', 'partly_false', 'outdated', 'missing_context')
        AND {CITED.format(rule="(e.url <> '' OR e.archive_state = 'stored')")})
    OR (NEW."key" IN ('unverifiable', 'opinion') AND NEW.explanation <> '')
"""


def make_sequence(apps, schema_editor):
    """Case numbers on PostgreSQL; on SQLite writers come one after another, so MAX + 1 will do."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE SEQUENCE factcheck_case_number")


def drop_sequence(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE factcheck_case_number")


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0001_initial")]

    operations = [
        migrations.RunPython(make_sequence, drop_sequence),
        # published versions
        NoDelete("factcheck_noticeversion"),
        FrozenColumns("factcheck_noticeversion", columns=VERSION_COLUMNS),
        FrozenColumns(
            "factcheck_noticeversion",
            columns=["is_current"],
            unless="OLD.is_current AND NOT NEW.is_current",
        ),
        RequireOnInsert(
            "factcheck_noticeversion",
            "approved",
            APPROVED,
            "a version holds exactly what a second person has approved for publication",
        ),
        RequireOnInsert(
            "factcheck_noticeversion",
            "grounded",
            GROUNDED,
            "a version needs the evidence its verdict asks for",
        ),
        NoDelete("factcheck_notice"),
        FrozenColumns("factcheck_notice", columns=["case_id", "slug", "first_published_at"]),
        # verdicts: fixed from the moment a second person is asked
        NoDelete("factcheck_verdict"),
        FrozenColumns(
            "factcheck_verdict",
            columns=VERDICT_COLUMNS,
            unless="OLD.state IN ('draft', 'withdrawn', 'returned')",
        ),
        FrozenColumns(
            "factcheck_verdict", columns=REVIEW_COLUMNS, unless="OLD.state = 'in_review'"
        ),
        FrozenColumns("factcheck_verdict", columns=["state"], unless=STEPS),
        # evidence: cited once, withdrawn by a stamp
        NoDelete("factcheck_evidence"),
        FrozenColumns("factcheck_evidence", columns=EVIDENCE_COLUMNS),
        FrozenColumns(
            "factcheck_evidence", columns=ARCHIVE_COLUMNS, unless="OLD.archive_state <> 'stored'"
        ),
        FrozenColumns(
            "factcheck_evidence",
            columns=["withdrawn_at", "withdrawn_by_id"],
            unless="OLD.withdrawn_at IS NULL",
        ),
    ]
