"""What migration 0023 fills in: provenance of existing copies, and placeholders among sources."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import Q

FETCH_SECONDS = 120


def _is_fetched(item):
    """Whether a worker fetched the copy, and from a domain of the source as it is today."""
    if item.archive_tried_at is None or not item.archived_at:
        return False
    if abs(item.archived_at - item.archive_tried_at) > timedelta(seconds=FETCH_SECONDS):
        return False  # the fetch had failed, and somebody uploaded a copy later
    return _is_on_source(item)


def _is_on_source(item):
    try:
        host = (urlsplit(item.url).hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    domain = item.source.domain.lower()
    return bool(host and domain) and (host == domain or host.endswith(f".{domain}"))


def record(apps, schema_editor):
    evidence, copy_text = (apps.get_model("factcheck", n) for n in ("Evidence", "CopyText"))
    for item in evidence.objects.select_related("source").iterator():
        on_source = (item.url and _is_on_source(item)) or None
        provenance = ""
        if item.archive_state == "stored":
            provenance = "fetched" if _is_fetched(item) else "handed_in"
            copy_text.objects.create(evidence=item)
        evidence.objects.filter(pk=item.pk).update(
            provenance=provenance, on_source_domain=on_source
        )


    if schema_editor.connection.vendor == "postgresql":  # or triggers could not be created below
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def mark_placeholders(apps, schema_editor):
    source = apps.get_model("factcheck", "Source")
    notes = Q(caveat__startswith="(cấu hình theo ") | Q(caveat__startswith="<")
    source.objects.filter(notes, domain="").update(is_placeholder=True)
    for name in ("who.int", "unicef.org"):
        with_path = source.objects.filter(domain="", caveat__startswith=f"{name}/")
        with_path.update(domain=name)
