"""The database's rules on evidence, its words and statements, and on what a version rests on."""

from importlib import import_module

from audit.triggers import AppendOnly, FrozenColumns, NoDelete, RequireOnInsert

CITATION_COLUMNS = [
    *("source_id", "stance", "title", "url", "quote", "document_number", "document_date"),
    *("accessed_on", "official", "on_source_domain", "host_reason"),
]
ARCHIVE_COLUMNS = [
    *("archive_state", "archive_path", "archive_name", "archive_type", "archive_size"),
    *("archive_sha256", "archived_at", "archived_by_id", "provenance", "fetched_from", "signed_by"),
]
NEVER_SUBMITTED = """
    NOT EXISTS (
        SELECT 1 FROM factcheck_verdict v WHERE v.case_id = OLD.case_id
        AND v.submitted_at IS NOT NULL AND v.submitted_at >= OLD.added_at
    )
"""
TEXT_NEVER_SUBMITTED = """
    OLD.state <> 'read' OR NOT EXISTS (
        SELECT 1 FROM factcheck_verdict v
        JOIN factcheck_evidence e ON e.case_id = v.case_id
        WHERE e.id = OLD.evidence_id
        AND v.submitted_at IS NOT NULL AND v.submitted_at >= e.added_at
    )
"""
ARCHIVED = """
    EXISTS (
        SELECT 1 FROM factcheck_evidence e
        WHERE e.id = NEW.evidence_id AND e.archive_state = 'stored'
    )
"""
SECOND_PERSON = """
    EXISTS (
        SELECT 1 FROM factcheck_verdict v JOIN factcheck_evidence e ON e.case_id = v.case_id
        WHERE v.id = NEW.verdict_id AND e.id = NEW.evidence_id AND v.state = 'in_review'
        AND NEW.stated_by_id <> v.written_by_id AND NEW.stated_by_id <> e.added_by_id
        AND (e.archived_by_id IS NULL OR NEW.stated_by_id <> e.archived_by_id)
    )
"""
PROVED = """
    EXISTS (
        SELECT 1 FROM factcheck_evidence e
        JOIN factcheck_notice n ON n.id = NEW.notice_id
        JOIN factcheck_verdict v ON v.id = NEW.verdict_id
        JOIN factcheck_source s ON s.id = e.source_id
        LEFT JOIN factcheck_copytext t ON t.evidence_id = e.id
        LEFT JOIN factcheck_evidencestatement d
            ON d.evidence_id = e.id AND d.verdict_id = v.id AND d.stated_by_id = v.reviewed_by_id
        WHERE e.case_id = n.case_id AND e.withdrawn_at IS NULL AND e.quote <> ''
        AND (t.quote_match = 'whole' OR d.compared_by_eye)
        AND (e.provenance IN ('fetched', 'signed') OR d.original_seen <> '')
        AND {rule}
    )
"""
OFFICIAL = (
    "e.official AND e.archive_state = 'stored' AND e.archive_sha256 <> '' "
    "AND e.document_date IS NOT NULL AND e.stance IN ({})"
)
USABLE = "(e.url <> '' OR e.archive_state = 'stored')"
OUTSIDE = """
    NOT EXISTS (
        SELECT 1 FROM factcheck_concernedunit c
        WHERE c.case_id = n.case_id AND c.unit_id = s.speaks_for_id
        AND c.state IN ('proposed', 'accepted')
        AND (c.concern IN ('conduct', 'care') OR e.provenance NOT IN ('fetched', 'signed'))
    )
"""
OF_WARNINGS = "s.field IN ('health', 'police', 'finance', 'cyber', 'child_safety')"


def _proved(*conditions):
    return PROVED.format(rule=" AND ".join(conditions))


GROUNDED = f"""
    (NEW."rating" = 'false' AND {_proved(OFFICIAL.format("'refutes'"), OUTSIDE)})
    OR (NEW."rating" = 'misleading'
        AND {_proved(OFFICIAL.format("'refutes', 'context'"), OUTSIDE)})
    OR (NEW."rating" = 'partly_false' AND {_proved(USABLE, OUTSIDE)})
    OR (NEW."rating" IN ('true', 'outdated', 'missing_context') AND {_proved(USABLE)})
    OR (NEW."rating" IN ('scam', 'dangerous') AND TRIM(NEW.what_to_do) <> ''
        AND {_proved(OFFICIAL.format("'refutes', 'context'"), OF_WARNINGS)})
    OR (NEW."rating" IN ('unverifiable', 'opinion') AND NEW.explanation <> '')
"""


def former_grounded():
    """The rule as migration 0012 left it."""
    warnings = import_module("factcheck.migrations.0012_warnings")
    return next(rule for rule in warnings.rules() if getattr(rule, "name", "") == "grounded")


def grounded():
    """The rule with evidence that is proved."""
    former = former_grounded()
    return RequireOnInsert(former.table, former.name, GROUNDED, former.message)


def former_evidence_rules():
    """As migration 0002 created them."""
    first = [
        *("case_id", "source_id", "stance", "title", "url", "quote", "document_number"),
        *("document_date", "accessed_on", "official", "added_at", "added_by_id"),
    ]
    return [
        NoDelete("factcheck_evidence"),
        FrozenColumns("factcheck_evidence", columns=first),
        FrozenColumns(
            "factcheck_evidence",
            columns=ARCHIVE_COLUMNS[:8],
            unless="OLD.archive_state <> 'stored'",
        ),
        FrozenColumns(
            "factcheck_evidence",
            columns=["withdrawn_at", "withdrawn_by_id"],
            unless="OLD.withdrawn_at IS NULL",
        ),
    ]


def evidence_rules():
    return [
        NoDelete("factcheck_evidence"),
        FrozenColumns("factcheck_evidence", columns=["case_id", "added_at", "added_by_id"]),
        FrozenColumns("factcheck_evidence", columns=CITATION_COLUMNS, unless=NEVER_SUBMITTED),
        FrozenColumns(
            "factcheck_evidence", columns=ARCHIVE_COLUMNS, unless="OLD.archive_state <> 'stored'"
        ),
        FrozenColumns(
            "factcheck_evidence",
            columns=["withdrawn_at", "withdrawn_by_id"],
            unless="OLD.withdrawn_at IS NULL",
        ),
        NoDelete("factcheck_copytext"),
        RequireOnInsert(
            "factcheck_copytext", "archived", ARCHIVED, "the words are those of an archived copy"
        ),
        FrozenColumns("factcheck_copytext", columns=["evidence_id"]),
        FrozenColumns(
            "factcheck_copytext",
            columns=["state", "text", "pages", "read_at"],
            unless="OLD.state <> 'read'",
        ),
        FrozenColumns(
            "factcheck_copytext",
            columns=["quote_match", "quote_start", "quote_end"],
            unless=TEXT_NEVER_SUBMITTED,
        ),
        AppendOnly("factcheck_evidencestatement"),
        RequireOnInsert(
            "factcheck_evidencestatement",
            "second_person",
            SECOND_PERSON,
            "evidence is stated by a second person, while they review the verdict",
        ),
    ]
