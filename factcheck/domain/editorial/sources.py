"""Sources: the registry of sources that evidence may cite, official ones among them."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.models import Unit, User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck.enums import SourceField, SourceKind
from factcheck.exceptions import ValidationError
from factcheck.models import Source

SHIPPED = Path(__file__).resolve().parent.parent.parent / "data" / "official_sources.tsv"
SHIPPED_SINCE = date(2025, 7, 1)  # the day the two-tier administration began
FIELDS = (
    "name_vi", "name_en", "domain", "field", "kind", "use_for", "caveat", "confidence",
    "speaks_for", "signer", "valid_from", "valid_to",
)  # fmt: skip
# Changed through ``registry`` only.
FIXED = (
    "name_vi", "domain", "field", "kind", "speaks_for", "signer", "valid_from", "valid_to",
)  # fmt: skip
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_PATH = re.compile(rf"({_DOMAIN.pattern})/\S*")
_PLACEHOLDER = re.compile(r"\(cấu hình theo |<")  # the file's notes where each place has its own


def active_sources(on: date | None = None) -> QuerySet[Source]:
    """Confirmed entries valid on a date; today by default."""
    day = on or timezone.localdate()
    until = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return Source.objects.filter(until, valid_from__lte=day, is_confirmed=True)


def usable_in(unit: Unit, on: date | None = None) -> QuerySet[Source]:
    """Those that evidence on a case of the unit may cite: shared ones, its own, and those of the
    units above it."""
    above = Unit.objects.ancestors(unit.pk)
    return citable(on).filter(Q(unit__isnull=True) | Q(unit__in=above))


def search(words: str = "", field: str = "", *, include_retired: bool = False) -> QuerySet[Source]:
    """Entries with these words in a name or the domain, of one field or of all."""
    every = Source.objects.filter(is_confirmed=True)
    entries = (every if include_retired else active_sources()).select_related("unit")
    if words:
        entries = entries.filter(
            Q(name_vi__icontains=words) | Q(name_en__icontains=words) | Q(domain__icontains=words)
        )
    return entries.filter(field=field) if field else entries


def placeholder_message(source: Source) -> str:
    """Why an entry such as "the province's department" cannot be cited, and what to do."""
    return _(
        "“%(source)s” stands for an office that this installation has not named yet. An "
        "administrator adds the office with its name and domain to the registry of official "
        "sources, or runs “manage.py name_sources”."
    ) % {"source": source}


def unnamed() -> QuerySet[Source]:
    """Placeholders that are still in the registry."""
    return active_sources().filter(is_placeholder=True)


def any_named() -> bool:
    """Whether an office of the province was named here: an entry the file does not ship."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        shipped = [row["name_vi"] for row in csv.DictReader(file, delimiter="\t")]
    return active_sources().exclude(name_vi__in=shipped).exists()


def citable(on: date | None = None) -> QuerySet[Source]:
    """Entries that evidence may cite on a date."""
    return active_sources(on).filter(is_placeholder=False)


def _entry(row: dict[str, str]) -> dict[str, Any]:
    """Return a line of the file as fields. A note in place of a domain ("set per province") goes
    into the caveat, and makes the entry a placeholder: no URL can be compared with it."""
    entry: dict[str, Any] = {name: (row.get(name) or "").strip() for name in FIELDS if name in row}
    entry["kind"] = entry["kind"].replace(" ", "_")
    entry["field"] = entry["field"].replace(" ", "_")
    if entry["kind"] not in SourceKind.values:
        raise ValidationError(_("Unknown kind of source: %(kind)s.") % {"kind": entry["kind"]})
    if entry["field"] not in SourceField.values:
        raise ValidationError(
            _("Unknown field of a source: %(field)s.") % {"field": entry["field"]}
        )
    entry["is_placeholder"] = bool(_PLACEHOLDER.match(entry["domain"]))
    if path := _PATH.fullmatch(entry["domain"]):
        entry["domain"] = path[1]
    elif entry["domain"] and not _DOMAIN.fullmatch(entry["domain"]):
        entry["caveat"] = "; ".join(part for part in (entry["domain"], entry["caveat"]) if part)
        entry["domain"] = ""
    return entry


def act_details(source: Source) -> dict[str, Any]:
    """What the act about an entry keeps of it: ids and codes."""
    return {"unit": source.unit_id, "kind": str(source.kind), "replaces": source.replaces_id}


@transaction.atomic
def name_by_operator(*, unit: Unit | None = None, **fields: Any) -> Source:
    """An entry that a command on the server names: shipped with the program, or an office of this
    installation. It can be cited at once."""
    source = Source.objects.create(unit=unit, **fields)
    act = guarded_acts.propose(
        GuardedKind.SOURCE_NAMED,
        guarded_acts.subject_of(source),
        details=act_details(source),
        by=None,
        unit=None,
    )
    guarded_acts.confirm_by_operator(act)
    source.is_confirmed = True
    source.save(update_fields=["is_confirmed"])
    return source


@transaction.atomic
def seed(path: Path | str = SHIPPED, *, by: User | None = None) -> int:
    """Add the entries of a TSV file that the registry lacks; return how many.

    An entry that a person has changed or retired stays as it is.
    """
    with Path(path).open(encoding="utf-8", newline="") as file:
        entries = [_entry(row) for row in csv.DictReader(file, delimiter="\t")]
    existing = set(Source.objects.values_list("name_vi", flat=True))
    added = []
    for entry in entries:
        if entry["name_vi"] not in existing:
            added.append(name_by_operator(**entry, valid_from=SHIPPED_SINCE))
    log.record_all([log.NewEntry(AuditEvent.SOURCE_SEEDED, source) for source in added], by=by)
    return len(added)


@transaction.atomic
def name_office(*, by: User | None = None, **fields: Any) -> Source:
    """Name an office of this installation in the place of a placeholder: the operator's act, at the
    first start or by command. One that is there by this name is returned as it is."""
    existing = Source.objects.filter(name_vi=fields.get("name_vi", "")).first()
    if existing is not None:
        return existing
    values = {"kind": SourceKind.PRIMARY, "valid_from": SHIPPED_SINCE, **cleaned(fields)}
    if not _DOMAIN.fullmatch(values.get("domain", "").lower()):
        raise ValidationError(_("Write the domain without https://, for example moet.gov.vn."))
    source = name_by_operator(**values)
    log.record(AuditEvent.SOURCE_CREATED, source, by=by, kind=source.kind, domain=source.domain)
    return source


def cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a source: {sorted(unknown)}")
    if "name_vi" in fields and not str(fields["name_vi"]).strip():
        raise ValidationError(_("Write the source's name."))
    if "kind" in fields and fields["kind"] not in SourceKind.values:
        raise ValidationError(_("Choose the kind of source."))
    if "field" in fields and fields["field"] not in SourceField.values:
        raise ValidationError(_("Choose the field of the source."))
    nullable = ("valid_to", "speaks_for")
    return {
        name: "" if value is None and name not in nullable else value
        for name, value in fields.items()
    }


def check_dates(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError(_("The end must be later than the beginning."))
