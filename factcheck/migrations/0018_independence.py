"""Who approves is independent of the units the claim is about, as far as the database can see it.

Being below an office bars where the claim is about its conduct or care; whether its own published
word is among the evidence, which frees those below it elsewhere, is left to the application.
"""

from django.db import migrations

from audit.triggers import RequireOnUpdate

# Links with an end date are left to the application, which knows the day of the installation.
INDEPENDENT_UNIT = """
    NEW.state <> 'approved' OR OLD.state = 'approved' OR NOT EXISTS (
        WITH RECURSIVE upwards(id) AS (
            SELECT NEW.reviewer_unit_id
            UNION
            SELECT l.parent_id FROM accounts_unitlink l JOIN upwards u ON l.child_id = u.id
            WHERE l.valid_from <= CURRENT_DATE AND l.valid_to IS NULL
        )
        SELECT 1 FROM factcheck_concernedunit c JOIN upwards u ON u.id = c.unit_id
        WHERE c.case_id = NEW.case_id AND c.state IN ('proposed', 'accepted')
        AND (c.unit_id = NEW.reviewer_unit_id OR c.concern IN ('conduct', 'care'))
    )
"""
_CONCERNED_MEMBER = """
    SELECT 1 FROM factcheck_concernedunit c JOIN accounts_membership m ON m.unit_id = c.unit_id
    WHERE c.case_id = {case} AND c.state IN ('proposed', 'accepted') AND m.user_id = {person}
"""
INDEPENDENT_PERSON = f"""
    NEW.state <> 'approved' OR OLD.state = 'approved' OR NOT EXISTS (
        {_CONCERNED_MEMBER.format(case="NEW.case_id", person="NEW.reviewed_by_id")}
    )
"""
VOUCHED_GUEST = """
    NEW.state <> 'approved' OR OLD.state = 'approved' OR NOT EXISTS (
        SELECT 1 FROM accounts_unit u JOIN accounts_unitkind k ON k.id = u.kind_id
        WHERE u.id = NEW.reviewer_unit_id AND k.code = 'outside_office'
    ) OR EXISTS (
        SELECT 1 FROM factcheck_guestreview g JOIN accounts_guardedact a
        ON a.kind = 'guest_reviewer' AND a.subject = 'factcheck.guestreview:' || g.id
        WHERE g.case_id = NEW.case_id AND g.user_id = NEW.reviewed_by_id
        AND g.office_id = NEW.reviewer_unit_id
        AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL
        AND a.proposed_by_id <> NEW.written_by_id
        AND (a.confirmed_by_id IS NULL OR a.confirmed_by_id <> NEW.written_by_id)
    )
"""
_CASE_OF_NOTICE = "(SELECT n.case_id FROM factcheck_notice n WHERE n.id = NEW.notice_id)"
NEW_AND_INDEPENDENT = f"""
    NEW.decided_by_id IS NULL OR OLD.decided_by_id IS NOT NULL OR NOT EXISTS (
        {_CONCERNED_MEMBER.format(case=_CASE_OF_NOTICE, person="NEW.decided_by_id")}
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_role_acts"),
        ("factcheck", "0017_public_answers"),
    ]

    operations = [
        RequireOnUpdate(
            "factcheck_verdict",
            "independent_unit",
            INDEPENDENT_UNIT,
            "the approving unit is neither concerned nor below a unit whose conduct it is about",
        ),
        RequireOnUpdate(
            "factcheck_verdict",
            "independent_person",
            INDEPENDENT_PERSON,
            "the approving person has no role in a concerned unit",
        ),
        RequireOnUpdate(
            "factcheck_verdict",
            "vouched_guest",
            VOUCHED_GUEST,
            "a guest reviewer approves the case for which somebody vouched for them",
        ),
        RequireOnUpdate(
            "factcheck_reconsideration",
            "independent_person",
            NEW_AND_INDEPENDENT,
            "a request is decided by somebody without a role in a concerned unit",
        ),
    ]
