"""Keys that answer by themselves: an address, once two people have confirmed it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit.triggers import FrozenColumns, NoDelete, RequireOnInsert, RequireOnUpdate

CONFIRMED = """
    NEW.confirmed_at IS NULL OR EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.kind = 'link_key' AND a.subject = 'factcheck.claimkey:' || NEW.id
        AND a.confirmed_by_id IS NOT NULL AND a.confirmed_by_id <> a.proposed_by_id
        AND a.ended_at IS NULL
    )
"""
RULES = [
    NoDelete("factcheck_claimkey"),
    FrozenColumns(
        "factcheck_claimkey", columns=["case_id", "kind", "value", "value_hash", "created_at"]
    ),
    RequireOnInsert(
        "factcheck_claimkey",
        "unconfirmed",
        "NEW.confirmed_at IS NULL",
        "a key begins as a proposal",
    ),
    RequireOnUpdate(
        "factcheck_claimkey",
        "confirmed_by_two",
        CONFIRMED,
        "a key answers once two people have confirmed it",
    ),
]



class Migration(migrations.Migration):

    dependencies = [
        ('factcheck', '0014_guest_reviews'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('address', 'Address of a page')], default='address', max_length=10)),
                ('value', models.CharField(max_length=2000)),
                ('value_hash', models.CharField(db_index=True, max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claim_keys', to='factcheck.case')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('case', 'kind', 'value_hash'), name='factcheck_key_once'), models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False)), fields=('kind', 'value_hash'), name='factcheck_key_of_one_claim')],
            },
        ),
        *RULES,
    ]
