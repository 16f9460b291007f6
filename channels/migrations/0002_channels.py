"""Recipients are encrypted, not sealed; every message names its channel; inbound events."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0001_initial")]

    operations = [
        migrations.RenameField("message", "recipient_sealed", "recipient_encrypted"),
        migrations.AlterField("message", "channel", models.CharField(max_length=16)),
        migrations.CreateModel(
            name="InboundEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=16)),
                ("event_hash", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "event_hash"), name="channels_event_once"
                    )
                ],
            },
        ),
    ]
