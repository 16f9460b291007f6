"""Evidence is proved: where each copy came from, its words, and what the second person stated.

What exists gets its provenance from what was recorded: a copy that a worker fetched from a domain
of its source counts as fetched, any other one as handed in. The words of existing copies are read
in the background (``factcheck.sweep_copies``). Published versions stay as they are.

SQLite rebuilds a table to add a column with a default and drops its triggers with the old one: so
the rules on evidence, and the one on versions that reads it, are removed first and created again last.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

from audit.triggers import DropRules
from factcheck.migrations import _evidence_rules as evidence_rules
from factcheck.migrations import _provenance as provenance

PROVENANCE = [
    ("fetched", "Fetched by us from the source"),
    ("signed", "Digitally signed by the source"),
    ("handed_in", "Handed in by the checker"),
]
SEEN = [
    ("address", "At the source’s own address"),
    ("paper", "On paper, at the office"),
    ("phone", "By phone, through the office’s public number"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("factcheck", "0022_undecided_requests"),
        ("accounts", "0003_guarded_acts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        DropRules(evidence_rules.former_grounded()),
        *[DropRules(rule) for rule in reversed(evidence_rules.former_evidence_rules())],
        migrations.AddField(
            "source",
            "speaks_for",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="own_sources",
                to="accounts.unit",
            ),
        ),
        migrations.AddField(
            "source",
            "signer",
            models.CharField(
                blank=True, max_length=200, verbose_name="name on its signing certificate"
            ),
        ),
        migrations.AddField("source", "is_placeholder", models.BooleanField(default=False)),
        migrations.AddField(
            "evidence", "on_source_domain", models.BooleanField(blank=True, null=True)
        ),
        migrations.AddField(
            "evidence",
            "host_reason",
            models.CharField(blank=True, max_length=300, verbose_name="why this address"),
        ),
        migrations.AddField(
            "evidence",
            "provenance",
            models.CharField(blank=True, choices=PROVENANCE, max_length=10),
        ),
        migrations.AddField(
            "evidence", "fetched_from", models.CharField(blank=True, max_length=1000)
        ),
        migrations.AddField("evidence", "signed_by", models.CharField(blank=True, max_length=200)),
        migrations.CreateModel(
            name="CopyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=[("waiting", "Waiting"), ("read", "Read"), ("failed", "Could not be read")], default="waiting", max_length=8)),
                ("needs_ocr", models.BooleanField(default=False)),
                ("text", models.TextField(blank=True)),
                ("pages", models.PositiveSmallIntegerField(default=1)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("quote_match", models.CharField(blank=True, choices=[("whole", "Found word for word"), ("part", "Found, but it cuts a sentence"), ("hidden", "Only in words that cannot be seen"), ("absent", "Not found")], max_length=8)),
                ("quote_start", models.PositiveIntegerField(default=0)),
                ("quote_end", models.PositiveIntegerField(default=0)),
                ("evidence", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="copy_text", to="factcheck.evidence")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(quote_match__in=["whole", "part"])
                        | Q(state="read", quote_end__gt=F("quote_start")),
                        name="factcheck_copytext_place",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["created_at"],
                        condition=Q(state="waiting"),
                        name="factcheck_copytext_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceStatement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("compared_by_eye", models.BooleanField(default=False)),
                ("original_seen", models.CharField(blank=True, choices=SEEN, max_length=8)),
                ("original_where", models.CharField(blank=True, max_length=300)),
                ("names_nobody", models.BooleanField(default=False)),
                ("stated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("evidence", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="statements", to="factcheck.evidence")),
                ("stated_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="evidence_statements", to=settings.AUTH_USER_MODEL)),
                ("verdict", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="evidence_statements", to="factcheck.verdict")),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["verdict", "evidence"], name="factcheck_statement_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(original_seen="", original_where="")
                        | (
                            Q(original_seen__in=["address", "paper", "phone"])
                            & ~Q(original_where="")
                        ),
                        name="factcheck_statement_original",
                    ),
                ],
            },
        ),
        migrations.RunPython(provenance.record, migrations.RunPython.noop),
        migrations.RunPython(provenance.mark_placeholders, migrations.RunPython.noop),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=Q(
                    archive_state="stored", provenance__in=["fetched", "signed", "handed_in"]
                )
                | (~Q(archive_state="stored") & Q(provenance="")),
                name="factcheck_evidence_provenance",
            ),
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=Q(on_source_domain__isnull=True)
                | Q(on_source_domain=True)
                | ~Q(host_reason=""),
                name="factcheck_evidence_host_reason",
            ),
        ),
        *evidence_rules.evidence_rules(),
        evidence_rules.grounded(),
    ]
