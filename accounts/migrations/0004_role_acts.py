"""A role by which one decides for others has the confirmed act that granted it. Roles from before
keep none: nobody confirmed them, and no row says so afterwards.
"""

import django.db.models.deletion
from django.db import migrations, models

from audit.triggers import FrozenColumns, NoDelete, RequireOnInsert

GRANTED = """
    NEW.role NOT IN ('reviewer', 'approver', 'unit_admin') OR EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.id = NEW.act_id AND a.kind = 'role'
        AND a.subject = 'accounts.unit:' || NEW.unit_id
        AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL
        AND {role} = NEW.role
        AND (
            {user} = NEW.user_id
            OR EXISTS (
                SELECT 1 FROM accounts_invitation i
                WHERE i.id = {invitation} AND i.accepted_by_id = NEW.user_id
                AND i.unit_id = NEW.unit_id AND i.role = NEW.role
            )
        )
    )
"""
IN_DETAILS = {
    "sqlite": {
        name: f"json_extract(a.details, '$.{name}')" for name in ("role", "user", "invitation")
    },
    "postgresql": {
        "role": "a.details ->> 'role'",
        "user": "(a.details ->> 'user')::bigint",
        "invitation": "(a.details ->> 'invitation')::bigint",
    },
}
STANDING = """
    EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.id = accounts_membership.act_id AND a.ended_at IS NULL
    )
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_guarded_acts")]

    operations = [
        migrations.AddField(
            "membership",
            "act",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="membership",
                to="accounts.guardedact",
            ),
        ),
        RequireOnInsert(
            "accounts_membership",
            "granted",
            {vendor: GRANTED.format(**names) for vendor, names in IN_DETAILS.items()},
            "a role by which one decides for others needs its confirmed act",
        ),
        FrozenColumns(
            "accounts_membership", columns=["user_id", "unit_id", "role", "created_at", "act_id"]
        ),
        NoDelete("accounts_membership", where=STANDING),
        FrozenColumns(
            "accounts_invitation",
            columns=["email", "unit_id", "role", "invited_at", "invited_by_id"],
        ),
        FrozenColumns(
            "accounts_invitation",
            columns=["accepted_at", "accepted_by_id"],
            unless="OLD.accepted_at IS NULL",
        ),
        NoDelete("accounts_invitation", where="accepted_at IS NOT NULL"),
    ]
