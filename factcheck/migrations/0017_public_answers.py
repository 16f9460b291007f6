"""What the public is answered: released claims, suspended notices, held answers, objections to a
join; and the words by which notices are searched, in one spelling."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from factcheck.domain.editorial import search_words


def respell(apps, schema_editor):
    """Write the search words of every notice as the present normaliser spells them."""
    versions = apps.get_model("factcheck", "NoticeVersion").objects.filter(is_current=True)
    for version in versions.select_related("notice").iterator():
        texts = (version.headline, version.claim, version.what_is_true, version.explanation)
        version.notice.search_text = search_words.notice_words(*texts)
        version.notice.save(update_fields=["search_text"])


class Migration(migrations.Migration):

    dependencies = [
        ('factcheck', "0016_risen_urgency"),
        ('intake', '0007_reports_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='claim_released_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='claim_released_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims_released', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='match',
            name='answer_held_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='suspended_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='JoinObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('open', 'Open'), ('split', 'Split off'), ('kept', 'Same message')], default='open', max_length=8)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_objections', to='factcheck.case')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections_decided', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_objections', to='intake.report')),
            ],
            options={
                'ordering': ['made_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('report', 'case'), name='factcheck_objection_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='factcheck_objection_decided_pair')],
            },
        ),
        migrations.RunPython(respell, migrations.RunPython.noop, elidable=True),
    ]
