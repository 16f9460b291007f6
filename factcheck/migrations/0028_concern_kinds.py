"""Plain SQL neither weakens the kind of a concern nor makes a unit a question, and nobody strikes
their own unit out."""

from django.db import migrations

from audit.triggers import RequireOnUpdate

_ACT = """
    SELECT 1 FROM accounts_guardedact a WHERE a.kind = 'concerned_unit' AND a.ended_at IS NULL
"""
WEAKENED_BY_TWO = f"""
    OLD.concern = NEW.concern OR OLD.concern NOT IN ('conduct', 'care')
    OR NEW.concern IN ('conduct', 'care') OR EXISTS (
        {_ACT} AND a.subject = 'factcheck.concernedunit:' || NEW.id || ':' || NEW.concern
        AND a.confirmed_by_id IS NOT NULL AND a.confirmed_by_id <> a.proposed_by_id
    )
"""
ASKED_IN_REVIEW = f"""
    NEW.state <> 'question' OR OLD.state = 'question' OR (
        OLD.state = 'proposed' AND NEW.concern = 'issuer' AND EXISTS (
            {_ACT} AND a.subject = 'factcheck.concernedunit:' || NEW.id
            AND a.confirmed_at IS NULL
        )
    )
"""
STRUCK_BY_OTHERS = f"""
    NEW.state <> 'struck' OR OLD.state = 'struck' OR EXISTS (
        {_ACT} AND a.subject = 'factcheck.concernedunit:' || NEW.id
        AND a.confirmed_by_id IS NOT NULL AND a.confirmed_unit_id <> NEW.unit_id
        AND NOT EXISTS (
            SELECT 1 FROM accounts_membership m
            WHERE m.user_id = a.confirmed_by_id AND m.unit_id = NEW.unit_id
        )
    )
"""  # noqa: S608 -- parts from this file, not from anyone's input
ANSWERED = """
    NEW.state <> 'approved' OR OLD.state = 'approved' OR NOT EXISTS (
        SELECT 1 FROM factcheck_concernedunit c
        WHERE c.case_id = NEW.case_id AND c.state = 'question'
    )
"""


class Migration(migrations.Migration):
    dependencies = [("factcheck", "0027_source_field")]

    operations = [
        RequireOnUpdate(
            "factcheck_concernedunit",
            "weakened_by_two",
            WEAKENED_BY_TWO,
            "two people weaken the kind of a concern",
        ),
        RequireOnUpdate(
            "factcheck_concernedunit",
            "asked_in_review",
            ASKED_IN_REVIEW,
            "only the issuer a sender named becomes a question, with the proposal to strike it out",
        ),
        RequireOnUpdate(
            "factcheck_concernedunit",
            "struck_by_others",
            STRUCK_BY_OTHERS,
            "nobody strikes out a unit in which they have a role",
        ),
        RequireOnUpdate(
            "factcheck_verdict",
            "questions_answered",
            ANSWERED,
            "a verdict is approved once every question about a concerned unit is answered",
        ),
    ]
