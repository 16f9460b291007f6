"""Two people of a unit may say how a copy differs from its own letter, stated by the second one."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from audit.triggers import DropRules, RequireOnInsert, RequireOnUpdate

OWN_LETTER = """
    NEW.own_letter_of_id IS NULL OR EXISTS (
        SELECT 1 FROM factcheck_verdict v
        JOIN factcheck_evidence e ON e.case_id = v.case_id
        JOIN factcheck_source s ON s.id = e.source_id
        JOIN factcheck_concernedunit c ON c.case_id = v.case_id AND c.unit_id = s.speaks_for_id
        WHERE v.id = NEW.verdict_id AND e.id = NEW.evidence_id
        AND s.speaks_for_id = NEW.own_letter_of_id
        AND v.rating IN ('false', 'partly_false', 'misleading', 'missing_context', 'outdated')
        AND c.state IN ('proposed', 'accepted') AND c.concern IN ('decision', 'issuer')
        AND e.official AND e.withdrawn_at IS NULL AND e.archive_state = 'stored'
        AND e.provenance IN ('fetched', 'signed')
        AND e.document_number <> '' AND e.document_date IS NOT NULL
    )
"""
# A concerned unit whose letter the approving person, not the author, has stated.
_STATED = """
    AND NOT (c.concern IN ('decision', 'issuer') AND EXISTS (
        SELECT 1 FROM factcheck_evidencestatement d JOIN factcheck_evidence e ON e.id = d.evidence_id
        WHERE d.verdict_id = NEW.id AND d.stated_by_id = NEW.reviewed_by_id
        AND d.stated_by_id <> NEW.written_by_id AND d.own_letter_of_id = c.unit_id
        AND e.withdrawn_at IS NULL
    ))
"""


def former():
    """The rules as migration 0018 created them."""
    operations = import_module("factcheck.migrations.0018_independence").Migration.operations
    named = {(rule.table, rule.name): rule for rule in operations}
    return [
        named["factcheck_verdict", "independent_unit"],
        named["factcheck_verdict", "independent_person"],
    ]


def widened(rule):
    """The rule, which passes over a unit whose own letter is stated."""
    before, closing, after = rule.condition_sql.rpartition(")")
    return RequireOnUpdate(rule.table, rule.name, before + _STATED + closing + after, rule.message)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_role_acts"), ("factcheck", "0025_handovers")]

    operations = [
        migrations.AddField(
            "evidencestatement",
            "own_letter_of",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.unit",
            ),
        ),
        RequireOnInsert(
            "factcheck_evidencestatement",
            "own_letter",
            OWN_LETTER,
            "a unit's own letter is official, numbered, dated, fetched or signed, and never about "
            "its conduct",
        ),
        *[DropRules(rule) for rule in former()],
        *[widened(rule) for rule in former()],
    ]
