"""Families of scam wordings: an approved one has the confirmed act of two people, and its words are
fixed from submission."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit.triggers import FrozenColumns, NoDelete, RequireOnInsert, RequireOnUpdate

CONTENT = [
    *("unit_id", "name", "rating", "language", "headline", "what_to_do", "explanation"),
    *("source_id", "quote", "written_by_id", "written_at"),
]
ACT = """
    EXISTS (
        SELECT 1 FROM accounts_guardedact a
        WHERE a.kind = '{kind}' AND a.subject = 'factcheck.scamfamily:' || NEW.id
        AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL
        AND a.proposed_by_id IS NOT NULL AND a.confirmed_by_id <> a.proposed_by_id {more}
    )
"""
APPROVED = ACT.format(
    kind="family",
    more="AND a.proposed_by_id = NEW.written_by_id AND a.confirmed_by_id = NEW.reviewed_by_id",
)
RETIRED = ACT.format(kind="family_retired", more="")
STEPS = """
    (OLD.state = 'draft' AND NEW.state = 'in_review')
    OR (OLD.state = 'in_review' AND NEW.state IN ('draft', 'approved'))
    OR (OLD.state = 'approved' AND NEW.state = 'retired')
"""
DRAFT_OF = "EXISTS (SELECT 1 FROM factcheck_scamfamily f WHERE f.id = {row}.family_id AND f.state = 'draft')"
RULES = [
    NoDelete("factcheck_scamfamily"),
    RequireOnInsert(
        "factcheck_scamfamily",
        "draft",
        "NEW.state = 'draft' AND NEW.reviewed_by_id IS NULL",
        "a family begins as a draft",
    ),
    FrozenColumns("factcheck_scamfamily", columns=CONTENT, unless="OLD.state = 'draft'"),
    FrozenColumns("factcheck_scamfamily", columns=["state"], unless=STEPS),
    FrozenColumns(
        "factcheck_scamfamily",
        columns=["reviewed_by_id", "reviewed_at", "review_note"],
        unless="OLD.state = 'in_review'",
    ),
    RequireOnUpdate(
        "factcheck_scamfamily",
        "acted",
        f"NEW.state <> 'approved' OR OLD.state = 'approved' OR {APPROVED}",
        "a family is approved with the confirmed act of its author and another person",
    ),
    RequireOnUpdate(
        "factcheck_scamfamily",
        "retired",
        f"NEW.state <> 'retired' OR OLD.state = 'retired' OR {RETIRED}",
        "a family is retired by two people",
    ),
    RequireOnInsert(
        "factcheck_familywording",
        "draft",
        DRAFT_OF.format(row="NEW"),
        "a wording is added to a draft",
    ),
    FrozenColumns("factcheck_familywording", columns=["family_id", "text"]),
    NoDelete(
        "factcheck_familywording",
        where=(
            "(SELECT f.state FROM factcheck_scamfamily f WHERE f.id = family_id) <> 'draft'"
        ),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_role_acts'),
        ('factcheck', '0018_independence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ScamFamily',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('approved', 'Approved'), ('retired', 'Retired')], default='draft', max_length=10)),
                ('rating', models.CharField(choices=[('scam', 'Scam'), ('dangerous', 'Dangerous')], max_length=20, verbose_name='verdict')),
                ('language', models.CharField(default='vi', max_length=5)),
                ('headline', models.CharField(blank=True, max_length=160, verbose_name='headline')),
                ('what_to_do', models.TextField(blank=True, max_length=2000, verbose_name='what to do')),
                ('explanation', models.TextField(blank=True, max_length=2000, verbose_name='what they should know')),
                ('quote', models.TextField(blank=True, max_length=2000, verbose_name='quote')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('review_note', models.CharField(blank=True, max_length=500)),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='families_reviewed', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scam_families', to='factcheck.source')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scam_families', to='accounts.unit')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='families_written', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='FamilyWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=1500)),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='factcheck.scamfamily')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='scamfamily',
            constraint=models.CheckConstraint(condition=models.Q(('rating__in', ['scam', 'dangerous'])), name='factcheck_family_rating'),
        ),
        migrations.AddConstraint(
            model_name='scamfamily',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('written_by')), _negated=True), _connector='OR'), name='factcheck_family_second_person'),
        ),
        migrations.AddConstraint(
            model_name='scamfamily',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='factcheck_family_reviewed_pair'),
        ),
        *RULES,
    ]
