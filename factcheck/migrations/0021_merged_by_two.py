"""No case is merged into one with a public notice unless two people stand behind it."""

from django.db import migrations

from audit.triggers import RequireOnUpdate

MERGED_BY_TWO = """
    NEW.merged_into_id IS NULL
    OR (OLD.merged_into_id IS NOT NULL AND OLD.merged_into_id = NEW.merged_into_id)
    OR NOT EXISTS (SELECT 1 FROM factcheck_notice n WHERE n.case_id = NEW.merged_into_id)
    OR EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.kind = 'merge' AND a.subject = 'factcheck.case:' || NEW.id
        AND a.confirmed_by_id IS NOT NULL AND a.confirmed_by_id <> a.proposed_by_id
        AND a.ended_at IS NULL
    )
"""


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0020_publishers")]

    operations = [
        RequireOnUpdate(
            "factcheck_case",
            "merged_by_two",
            MERGED_BY_TWO,
            "two people merge a case into one with a public notice",
        )
    ]
