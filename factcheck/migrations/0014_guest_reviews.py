"""Guest reviewers: a review of one case by somebody from an outside office."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_guarded_acts'),
        ('factcheck', '0013_concerned_units'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GuestReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('token_hash', models.CharField(blank=True, max_length=64)),
                ('code_hash', models.CharField(blank=True, max_length=64)),
                ('code_sent_at', models.DateTimeField(blank=True, null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guest_reviews', to='factcheck.case')),
                ('for_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guest_reviews', to='accounts.unit')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guest_reviewers', to='accounts.unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guest_reviews', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['token_hash'], name='factcheck_guest_token')],
            },
        ),
    ]
