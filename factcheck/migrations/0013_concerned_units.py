"""Concerned units get a row each: who proposed and accepted them, and what they have to do with the
claim. Those of before become proposals, which count the same."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from audit.triggers import FrozenColumns, NoDelete, RequireOnInsert, RequireOnUpdate

STRUCK_BY_TWO = """
    NEW.state <> 'struck' OR EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.kind = 'concerned_unit' AND a.subject = 'factcheck.concernedunit:' || NEW.id
        AND a.confirmed_by_id IS NOT NULL AND a.confirmed_by_id <> a.proposed_by_id
        AND a.ended_at IS NULL
        AND (NEW.accepted_at IS NULL OR a.confirmed_at >= NEW.accepted_at)
    )
"""
RULES = [
    NoDelete("factcheck_concernedunit"),
    FrozenColumns(
        "factcheck_concernedunit",
        columns=["case_id", "unit_id", "origin", "proposed_at", "proposed_by_id"],
    ),
    RequireOnInsert(
        "factcheck_concernedunit",
        "not_struck",
        "NEW.state IN ('proposed', 'accepted')",
        "a concerned unit begins as a proposal or accepted",
    ),
    RequireOnUpdate(
        "factcheck_concernedunit",
        "struck_by_two",
        STRUCK_BY_TWO,
        "two people strike a concerned unit out",
    ),
]


def copy_rows(apps, schema_editor):
    Case, ConcernedUnit, Unit = (
        apps.get_model("factcheck", "Case"),
        apps.get_model("factcheck", "ConcernedUnit"),
        apps.get_model("accounts", "Unit"),
    )
    offices = {"ministry", "province_department", "commune", "cluster"}
    deciding = set(Unit.objects.filter(kind__code__in=offices).values_list("pk", flat=True))
    rows = Case.concerns.through.objects.values_list("case_id", "unit_id", "case__opened_at")
    ConcernedUnit.objects.bulk_create(
        [
            ConcernedUnit(
                case_id=case_id,
                unit_id=unit_id,
                concern="decision" if unit_id in deciding else "conduct",
                state="proposed",
                origin="checker",
                proposed_at=opened_at,
            )
            for case_id, unit_id, opened_at in rows
        ],
        batch_size=500,
    )


def copy_back(apps, schema_editor):
    Case, ConcernedUnit = (
        apps.get_model("factcheck", "Case"),
        apps.get_model("factcheck", "ConcernedUnit"),
    )
    through = Case.concerns.through
    rows = ConcernedUnit.objects.exclude(state="struck").values_list("case_id", "unit_id")
    through.objects.bulk_create(
        [through(case_id=case_id, unit_id=unit_id) for case_id, unit_id in rows], batch_size=500
    )


def _person(related_name):
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_guarded_acts"),
        ("factcheck", "0012_warnings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConcernedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "concern",
                    models.CharField(
                        choices=[
                            ("conduct", "Its act or conduct"),
                            ("decision", "It issued or decided it"),
                            ("care", "In its care or on its premises"),
                            ("issuer", "Issuer of the quoted or forged document"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("question", "A question to the second person"),
                            ("struck", "Struck out"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("text", "Text of the first report"),
                            ("picture", "Words in a picture"),
                            ("later_report", "A later report"),
                            ("reporter", "Unit the reporter chose and the text points to"),
                            ("claim", "The written claim"),
                            ("checker", "A checker"),
                        ],
                        max_length=12,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_by", _person("concerned_units_accepted")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerned_units",
                        to="factcheck.case",
                    ),
                ),
                ("proposed_by", _person("concerned_units_proposed")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerned_in",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "unit"), name="factcheck_concerned_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                        | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                        name="factcheck_concerned_accepted_pair",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                        name="factcheck_concerned_accepted_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state="question")
                        | Q(origin__in=["text", "picture", "later_report"]),
                        name="factcheck_concerned_question",
                    ),
                ],
            },
        ),
        migrations.RunPython(copy_rows, copy_back),
        migrations.RemoveField(model_name="case", name="concerns"),
        *RULES,
    ]
