"""Families of scam wordings: written by one person, approved by another, retired by two."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.exceptions import NotAllowed
from accounts.models import Unit, User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import authority
from factcheck.domain.editorial import family_rules
from factcheck.enums import FamilyState
from factcheck.exceptions import EvidenceMissing, SecondPersonRequired, ValidationError, WrongState
from factcheck.models import ScamFamily
from matching.text.normalisation import clean

NOTE_LIMIT = 500


def visible_families(user: User) -> QuerySet[ScamFamily]:
    """Families of the user's units, of units above them (which answer for them) and to review."""
    scope = roles.units_for(user, Permission.VIEW_CASES)
    above = {pk for unit in scope for pk in Unit.objects.ancestors(unit)}
    families = ScamFamily.objects.filter(unit_id__in={*scope, *above})
    return families.select_related("unit", "source", "written_by", "reviewed_by")


def answering(unit_id: int) -> QuerySet[ScamFamily]:
    """Approved families that answer reports of the unit: its own and those of units above."""
    units = {unit_id, *Unit.objects.ancestors(unit_id)}
    return ScamFamily.objects.filter(state=FamilyState.APPROVED, unit_id__in=units)


def _lock(family: ScamFamily, *states: FamilyState) -> ScamFamily:
    family.refresh_from_db(from_queryset=ScamFamily.objects.select_for_update(no_key=True))
    if family.state not in states:
        raise WrongState(_("This is not possible now: someone has changed it meanwhile."))
    return family


def review_unit(family: ScamFamily, user: User) -> Unit:
    """The unit in whose name the user decides.

    Raises:
        SecondPersonRequired: the user wrote it.
        NotAllowed: the user is no reviewer for its unit.
    """
    if family.written_by_id == user.pk:
        raise SecondPersonRequired(_("You wrote this: another person has to decide on it."))
    units = roles.may_review_for(user, family.unit)
    if not units:
        raise NotAllowed(_("You are not a reviewer for this unit."))
    return units[0]


def check_can_write(family: ScamFamily, user: User) -> None:
    """Raise unless it is the user's own draft."""
    if family.written_by_id != user.pk or family.state != FamilyState.DRAFT:
        raise NotAllowed(_("Only the person who writes it may change it, and only as a draft."))
    roles.check(user, Permission.CHECK, family.unit)


_LINES = ("what_to_do", "explanation", "quote")
_ONE_LINE = ("name", "headline")


def _cleaned(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as they are stored. Raises TypeError for one that a draft does not have."""
    if unknown := set(fields) - {"rating", "source", *_LINES, *_ONE_LINE}:
        raise TypeError(f"not fields of a draft: {sorted(unknown)}")
    lines = {name: clean(fields[name]).strip() for name in _LINES if name in fields}
    one_line = {name: " ".join(clean(fields[name]).split()) for name in _ONE_LINE if name in fields}
    return {**fields, **lines, **one_line}


@transaction.atomic
def draft(
    family: ScamFamily | None, *, unit: Unit, wordings: Sequence[str], by: User, **fields: Any
) -> ScamFamily:
    """Create or replace the user's draft; it may be incomplete.

    ``fields``: name, rating, headline, what_to_do, explanation, source, quote.
    """
    roles.check(by, Permission.CHECK, unit)
    values = {**_cleaned(fields), "unit": unit, "written_at": timezone.now()}
    if family is None:
        family = ScamFamily.objects.create(written_by=by, **values)
    else:
        check_can_write(_lock(family, FamilyState.DRAFT), by)
        ScamFamily.objects.filter(pk=family.pk).update(**values)
        family.refresh_from_db()
        family.wordings.all().delete()
    for text in dict.fromkeys(clean(text).strip() for text in wordings):
        if text:
            family.wordings.create(text=text)
    log.record(AuditEvent.FAMILY_DRAFTED, family, by=by, unit=unit, fields=sorted(fields))
    return family


@transaction.atomic
def submit(family: ScamFamily, *, by: User) -> ScamFamily:
    """Put the family before a second person; from now on its words are fixed.

    Raises:
        EvidenceMissing: it is incomplete; with a sentence for each thing.
    """
    check_can_write(_lock(family, FamilyState.DRAFT), by)
    if sentences := family_rules.missing(family):
        raise EvidenceMissing(sentences)
    family.state = FamilyState.IN_REVIEW
    family.save(update_fields=["state"])
    authority.propose_family(family)
    log.record(AuditEvent.FAMILY_SUBMITTED, family, by=by, unit=family.unit)
    return family


@transaction.atomic
def approve(family: ScamFamily, *, by: User) -> ScamFamily:
    """Approve it: from now on it answers. Not for its author."""
    unit = review_unit(_lock(family, FamilyState.IN_REVIEW), by)
    if sentences := family_rules.missing(family):
        raise EvidenceMissing(sentences)
    authority.confirm_family(family, by=by, unit=unit)
    family.state, family.reviewed_by = FamilyState.APPROVED, by
    family.reviewed_at, family.review_note = timezone.now(), ""
    family.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_note"])
    log.record(AuditEvent.FAMILY_APPROVED, family, by=by, unit=unit)
    return family


@transaction.atomic
def send_back(family: ScamFamily, *, reason: str, by: User) -> ScamFamily:
    """Return it to its author with a reason; it is a draft again."""
    unit = review_unit(_lock(family, FamilyState.IN_REVIEW), by)
    note = " ".join(clean(reason).split())
    if not note or len(note) > NOTE_LIMIT:
        raise ValidationError(_("Write what should be changed."))
    authority.decline_family(family, by=by, unit=unit)
    family.state, family.reviewed_by = FamilyState.DRAFT, by
    family.reviewed_at, family.review_note = timezone.now(), note
    family.save(update_fields=["state", "reviewed_by", "reviewed_at", "review_note"])
    log.record(AuditEvent.FAMILY_SENT_BACK, family, by=by, unit=unit)
    return family


@transaction.atomic
def propose_retirement(family: ScamFamily, *, reason: str, by: User) -> None:
    """Ask for it to stop answering; it goes on until another person confirms."""
    roles.check(by, Permission.CHECK, _lock(family, FamilyState.APPROVED).unit)
    if authority.pending_retirement(family) is not None:
        raise WrongState(_("Somebody has proposed this already."))
    authority.propose_retirement(family, reason=reason, by=by)


@transaction.atomic
def retire(family: ScamFamily, *, by: User) -> ScamFamily:
    """Confirm the retirement somebody else proposed: it answers nobody any more."""
    units = roles.may_review_for(by, _lock(family, FamilyState.APPROVED).unit)
    if not units:
        raise NotAllowed(_("You are not a reviewer for this unit."))
    authority.confirm_retirement(family, by=by, unit=units[0])
    family.state = FamilyState.RETIRED
    family.save(update_fields=["state"])
    log.record(AuditEvent.FAMILY_RETIRED, family, by=by, unit=units[0])
    return family
