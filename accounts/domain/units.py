"""Units and their names. The links between units are in ``links``, the import of many units in
``csv_import``."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.links import create_link
from accounts.domain.memberships import check_can_manage, managing_unit
from accounts.domain.name_keys import name_key
from accounts.enums import LinkKind
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import Unit, UnitAlias, UnitKind, UnitLink, User
from accounts.models.unit import valid_on
from audit.domain.log import record
from audit.enums import AuditEvent


def parents(unit: Unit, on: date | None = None) -> QuerySet[Unit]:
    """The units directly above on the date; a lower school has two."""
    links = UnitLink.objects.filter(valid_on(on or timezone.localdate()), child=unit)
    return Unit.objects.filter(pk__in=links.values("parent"))


def default_unit() -> Unit:
    """The unit that receives reports without one.

    Raises:
        AccountsError: there is no unit yet.
    """
    unit = Unit.objects.filter(is_default=True).first()
    if unit is None:
        raise AccountsError(_("There is no unit yet: run `manage.py create_admin` first."))
    return unit


def find(code_or_alias: str) -> Unit | None:
    """The active unit with this code, name or alias; None when unknown or ambiguous."""
    text = code_or_alias.strip()
    units = Unit.objects.active()
    if by_code := units.filter(code=text.lower()).first():
        return by_code
    if not name_key(text):
        return None
    matches = units.filter(aliases__folded=name_key(text)).distinct()[:2]
    return matches[0] if len(matches) == 1 else None


def search(text: str, units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The ``units`` whose code, name or alias contains the text, with or without accents."""
    text = text.strip()
    if not text:
        return units
    named = UnitAlias.objects.filter(folded__contains=name_key(text)).values("unit")
    return units.filter(
        Q(code__icontains=text)
        | Q(name__icontains=text)
        | Q(short_name__icontains=text)
        | Q(pk__in=named)
    )


@transaction.atomic
def create(
    *,
    code: str,
    name: str,
    kind: UnitKind | str,
    short_name: str = "",
    aliases: Iterable[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
    is_default: bool = False,
    parents: Mapping[LinkKind, Unit] | None = None,
    by: User | None,
) -> Unit:
    """A new unit, the first as default one. NotAllowed unless ``by`` administers its parents."""
    parents = parents or {}
    _check_parents(by, parents.values())
    kind = UnitKind.objects.get(code=kind) if isinstance(kind, str) else kind
    unit = Unit.objects.create(
        code=code.strip().lower(),
        kind=kind,
        name=name.strip(),
        short_name=short_name.strip(),
        is_default=is_default or not Unit.objects.exists(),
        valid_from=valid_from or timezone.localdate(),
        valid_to=valid_to,
    )
    _write_names(unit, [unit.name, unit.short_name, *aliases])
    linked = _link_parents(unit, parents)
    record(AuditEvent.UNIT_CREATED, unit, by=by, kind=kind.code, parents=linked)
    return unit


def _link_parents(unit: Unit, parents: Mapping[LinkKind, Unit]) -> dict[str, int]:
    """Write the links of a new unit; returns kind of link → id of the parent, for the record."""
    return {
        kind.value: create_link(parent, unit, kind, unit.valid_from, None).parent_id
        for kind, parent in parents.items()
    }


def _write_names(unit: Unit, names: Iterable[str]) -> None:
    """Store each name as a folded alias, so that a search without accents finds the unit."""
    distinct = dict.fromkeys(name.strip() for name in names)
    UnitAlias.objects.bulk_create(
        UnitAlias(unit=unit, name=name, folded=name_key(name)) for name in distinct if name
    )


def _check_parents(by: User | None, parents: Collection[Unit]) -> None:
    if by is not None and not parents and not by.is_superuser:
        raise NotAllowed(_("Give the unit a parent that you administer."))
    for parent in parents:
        check_can_manage(by, parent)


@transaction.atomic
def rename(unit: Unit, name: str, *, by: User | None) -> Unit:
    """Rename the unit; the old name stays as an alias that ends today."""
    check_can_manage(by, unit)
    old, unit.name = unit.name, name.strip()
    if old == unit.name:
        return unit
    if not unit.name:
        raise AccountsError(_("Write the new name first."))
    unit.save(update_fields=["name"])
    today = timezone.localdate()
    UnitAlias.objects.update_or_create(
        unit=unit, name=old, defaults={"folded": name_key(old), "valid_to": today}
    )
    UnitAlias.objects.update_or_create(
        unit=unit, name=unit.name, defaults={"folded": name_key(unit.name), "valid_to": None}
    )
    record(AuditEvent.UNIT_RENAMED, unit, by=by, unit=managing_unit(by, unit))
    return unit


@transaction.atomic
def add_alias(unit: Unit, name: str, *, by: User | None) -> UnitAlias:
    check_can_manage(by, unit)
    name = name.strip()
    if not name:
        raise AccountsError(_("Write the other name first."))
    alias, created = UnitAlias.objects.get_or_create(
        unit=unit, name=name, defaults={"folded": name_key(name)}
    )
    if created:
        record(
            AuditEvent.UNIT_ALIAS_ADDED, unit, by=by, unit=managing_unit(by, unit), alias=alias.pk
        )
    return alias


@transaction.atomic
def make_default(unit: Unit, *, by: User | None) -> None:
    """Make this the unit that receives reports without one."""
    check_can_manage(by, unit)
    Unit.objects.filter(is_default=True).exclude(pk=unit.pk).update(is_default=False)
    Unit.objects.filter(pk=unit.pk).update(is_default=True)
    unit.is_default = True
    record(AuditEvent.UNIT_MADE_DEFAULT, unit, by=by)
