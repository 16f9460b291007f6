"""Columns take the names of the vocabulary; every row keeps what it holds.

PostgreSQL's trigger functions name columns in their text, and SQLite rebuilds a table to rename a
foreign key: so the rules on verdicts and published versions are removed first and made anew last.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from audit.triggers import DropRules, FrozenColumns, NoDelete, RequireOnInsert

STEPS = """
    (OLD.state = 'draft' AND NEW.state IN ('in_review', 'withdrawn'))
    OR (OLD.state = 'in_review' AND NEW.state IN ('approved', 'returned', 'withdrawn'))
    OR (OLD.state = 'approved' AND NEW.state = 'withdrawn'
        AND NOT EXISTS (SELECT 1 FROM factcheck_noticeversion p WHERE p.verdict_id = OLD.id))
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


def rules(rating, author_unit, reviewer_unit):
    """The rules on verdicts and versions, with these names of columns."""
    approved = f"""
        EXISTS (
            SELECT 1 FROM factcheck_verdict v JOIN factcheck_notice n ON n.id = NEW.notice_id
            WHERE v.id = NEW.verdict_id AND v.case_id = n.case_id AND v.state = 'approved'
            AND v.reviewed_by_id IS NOT NULL AND v.reviewed_by_id <> v.written_by_id
            AND (NOT v.about_own_unit OR v.{reviewer_unit} <> v.{author_unit})
            AND v.reach = 'publish'
            AND v.kind = NEW.kind AND v."{rating}" = NEW."{rating}" AND v.claim = NEW.claim
            AND v.headline = NEW.headline AND v.explanation = NEW.explanation
            AND v.what_is_true = NEW.what_is_true AND v.what_to_do = NEW.what_to_do
        )
    """  # noqa: S608 -- names from this file, not from anyone's input
    refuted, in_context = OFFICIAL.format("'refutes'"), OFFICIAL.format("'refutes', 'context'")
    grounded = f"""
        (NEW."{rating}" = 'false' AND {CITED.format(rule=refuted)})
        OR (NEW."{rating}" = 'misleading' AND {CITED.format(rule=in_context)})
        OR (NEW."{rating}" IN ('true', 'partly_false', 'outdated', 'missing_context')
            AND {CITED.format(rule="(e.url <> '' OR e.archive_state = 'stored')")})
        OR (NEW."{rating}" IN ('unverifiable', 'opinion') AND NEW.explanation <> '')
    """
    version_columns = [
        *("notice_id", "number", "verdict_id", "kind", "language", rating, "tags", "claim"),
        *("headline", "explanation", "what_is_true", "what_to_do", "why_checked"),
        *("change_reason", "evidence", "review_by", "published_at", "published_by_id"),
    ]
    verdict_columns = [
        *("case_id", "kind", "language", rating, "tags", "claim", "headline", "explanation"),
        *("what_is_true", "what_to_do", "why_checked", "change_reason", "reach", "checklist"),
        *("review_by", "written_by_id", "written_at", author_unit, "about_own_unit"),
        "submitted_at",
    ]
    return [
        NoDelete("factcheck_noticeversion"),
        FrozenColumns("factcheck_noticeversion", columns=version_columns),
        FrozenColumns(
            "factcheck_noticeversion",
            columns=["is_current"],
            unless="OLD.is_current AND NOT NEW.is_current",
        ),
        RequireOnInsert(
            "factcheck_noticeversion",
            "approved",
            approved,
            "a version holds exactly what a second person has approved for publication",
        ),
        RequireOnInsert(
            "factcheck_noticeversion",
            "grounded",
            grounded,
            "a version needs the evidence its verdict asks for",
        ),
        NoDelete("factcheck_verdict"),
        FrozenColumns(
            "factcheck_verdict",
            columns=verdict_columns,
            unless="OLD.state IN ('draft', 'withdrawn', 'returned')",
        ),
        FrozenColumns(
            "factcheck_verdict",
            columns=["reviewed_by_id", "reviewed_at", reviewer_unit, "review_note"],
            unless="OLD.state = 'in_review'",
        ),
        FrozenColumns("factcheck_verdict", columns=["state"], unless=STEPS),
    ]


def removed():
    """The same rules with the former names. The column list decides a trigger's name, so it has
    to be the one that migration 0002 gave."""
    former = rules("key", "written_for_id", "reviewed_for_id")
    return [DropRules(rule) for rule in reversed(former)]


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0007_fewer_indexes"),
        ("intake", "0004_earlier_pictures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *removed(),
        # verdicts and versions
        migrations.RemoveConstraint("verdict", "factcheck_second_unit"),
        migrations.RemoveConstraint("verdict", "factcheck_verdict_reviewed_pair"),
        migrations.RemoveConstraint("verdict", "factcheck_submitted_has_verdict"),
        migrations.RenameField("verdict", "key", "rating"),
        migrations.RenameField("verdict", "written_for", "author_unit"),
        migrations.RenameField("verdict", "reviewed_for", "reviewer_unit"),
        migrations.AddConstraint(
            "verdict",
            models.CheckConstraint(
                condition=Q(about_own_unit=False)
                | Q(reviewer_unit__isnull=True)
                | ~Q(reviewer_unit=F("author_unit")),
                name="factcheck_second_unit",
            ),
        ),
        migrations.AddConstraint(
            "verdict",
            models.CheckConstraint(
                condition=Q(
                    reviewed_by__isnull=True, reviewed_at__isnull=True, reviewer_unit__isnull=True
                )
                | Q(
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                    reviewer_unit__isnull=False,
                ),
                name="factcheck_verdict_reviewed_pair",
            ),
        ),
        migrations.AddConstraint(
            "verdict",
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | ~Q(rating=""),
                name="factcheck_submitted_has_verdict",
            ),
        ),
        migrations.RenameField("noticeversion", "key", "rating"),
        # cases
        migrations.RemoveConstraint("case", "factcheck_case_kept_pair"),
        migrations.RenameField("case", "kept_at", "reaffirmed_at"),
        migrations.RenameField("case", "kept_by", "reaffirmed_by"),
        migrations.AlterField(
            "case",
            "reaffirmed_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases_reaffirmed",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(reaffirmed_at__isnull=True, reaffirmed_by__isnull=True)
                | Q(reaffirmed_at__isnull=False, reaffirmed_by__isnull=False),
                name="factcheck_case_reaffirmed_pair",
            ),
        ),
        # the candidate index; the wordings' table keeps its name
        migrations.AlterModelTable("variant", "factcheck_variant"),
        migrations.RenameModel("Variant", "Wording"),
        migrations.AlterField(
            "wording",
            "case",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wordings",
                to="factcheck.case",
            ),
        ),
        migrations.AlterField(
            "wording",
            "report",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="wordings",
                to="intake.report",
            ),
        ),
        migrations.RemoveIndex("wording", "factcheck_variant_unpacked"),
        migrations.RenameField("wording", "packed", "generation"),
        migrations.AddIndex(
            "wording",
            models.Index(
                fields=["generation", "id"],
                condition=Q(generation=0),
                name="factcheck_variant_unpacked",
            ),
        ),
        migrations.RemoveConstraint("embedding", "factcheck_embedding_once"),
        migrations.RenameField("embedding", "variant", "wording"),
        migrations.AddConstraint(
            "embedding",
            models.UniqueConstraint(fields=["model", "wording"], name="factcheck_embedding_once"),
        ),
        migrations.RenameField("postingblock", "full", "full_blocks"),
        migrations.RenameModel("Forgotten", "PendingRemoval"),
        migrations.RenameField("pendingremoval", "variant", "wording"),
        *rules("rating", "author_unit_id", "reviewer_unit_id"),
    ]
