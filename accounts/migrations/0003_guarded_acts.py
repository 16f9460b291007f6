"""The table of guarded acts, and its rules: born as a proposal, confirmed once, ended once."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.triggers import FrozenColumns, NoDelete, RequireOnInsert

PROPOSED = [
    *("kind", "subject", "details", "reason", "proposed_by_id", "proposed_unit_id", "proposed_at"),
]
CONFIRMED = ["confirmed_by_id", "confirmed_unit_id", "confirmed_at", "confirmed_by_operator"]
RULES = [
    NoDelete("accounts_guardedact"),
    FrozenColumns("accounts_guardedact", columns=PROPOSED),
    FrozenColumns(
        "accounts_guardedact",
        columns=CONFIRMED,
        unless="OLD.confirmed_at IS NULL AND OLD.ended_at IS NULL AND NEW.ended_at IS NULL",
    ),
    FrozenColumns(
        "accounts_guardedact",
        columns=["ended_by_id", "ended_at", "end_reason"],
        unless="OLD.ended_at IS NULL",
    ),
    RequireOnInsert(
        "accounts_guardedact",
        "proposal",
        "NEW.confirmed_at IS NULL AND NEW.ended_at IS NULL",
        "a guarded act begins as a proposal",
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_unit_kinds'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuardedAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=32)),
                ('subject', models.CharField(max_length=100)),
                ('details', models.JSONField(default=dict)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by_operator', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=500)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['subject', 'kind'], name='accounts_act_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('proposed_by__isnull', False), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='accounts_act_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True), ('confirmed_by_operator', False), ('confirmed_unit__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), ('confirmed_by_operator', False)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', True), ('confirmed_by_operator', True)), _connector='OR'), name='accounts_act_confirmed_pair'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), models.Q(('end_reason', ''), ('ended_by__isnull', True)), _connector='OR'), name='accounts_act_ended_pair')],
            },
        ),
        *RULES,
    ]
