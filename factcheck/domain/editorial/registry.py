"""The registry's changes: naming a source, changing what it is and retiring it need two people.

A proposal is a row that cannot be cited yet. A change of name, domain or kind is a new entry that
replaces the former one when it is confirmed; notes are edited at once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.domain import guarded_acts
from accounts.domain.same_person import shared_sign
from accounts.enums import GuardedKind
from accounts.exceptions import DomainError
from accounts.models import GuardedAct, Unit, User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import authority
from factcheck.domain.editorial import sources
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Source

KINDS = (GuardedKind.SOURCE_NAMED, GuardedKind.SOURCE_CHANGED, GuardedKind.SOURCE_RETIRED)
# What a source is; a change of one of these is a new entry.
IDENTITY = ("name_vi", "domain", "field", "kind", "speaks_for", "signer")


@dataclass(frozen=True)
class SourceProposal:
    """A change that waits, as a page shows it; ``refusal``: why the reader cannot confirm it."""

    act: GuardedAct
    source: Source
    refusal: Promise | str | None
    is_own: bool


def _insert(unit: Unit | None, replaces: Source | None, fields: dict[str, Any]) -> Source:
    values = {"valid_from": timezone.localdate(), **sources.cleaned(fields)}
    sources.check_dates(values["valid_from"], values.get("valid_to"))
    same = Source.objects.filter(
        unit=unit,
        name_vi=values.get("name_vi", ""),
        domain=values.get("domain", ""),
        valid_from=values["valid_from"],
        is_confirmed=True,
    )
    if same.exists():
        raise ValidationError(_("The registry has this entry already."))
    return Source.objects.create(unit=unit, replaces=replaces, **values)


@transaction.atomic
def propose(*, by: User, unit: Unit | None, reason: str = "", **fields: Any) -> Source:
    """Propose an entry of a unit, or of all (None); without ``valid_from`` it holds from today.

    Raises:
        NotAllowed: the person may not propose here.
        ValidationError: incomplete, or there already.
    """
    acting = authority.check_can_propose_source(unit, by)
    source = _insert(unit, None, fields)
    guarded_acts.propose(
        GuardedKind.SOURCE_NAMED,
        guarded_acts.subject_of(source),
        details=sources.act_details(source),
        reason=reason,
        by=by,
        unit=acting,
    )
    return source


@transaction.atomic
def change(source: Source, *, by: User, **fields: Any) -> Source:
    """Edit the notes of an entry; propose a new entry where its name, domain or kind changes, and
    return that. Existing evidence keeps the entry as it was cited."""
    acting = authority.check_can_propose_source(source.unit, by)
    values = sources.cleaned(fields)
    if all(values.get(name, getattr(source, name)) == getattr(source, name) for name in IDENTITY):
        return _edit(source, values, by)
    _check_standing(source)
    kept = {name: getattr(source, name) for name in sources.FIELDS}
    fields = {**kept, **values, "valid_from": timezone.localdate(), "valid_to": None}
    successor = _insert(source.unit, source, fields)
    guarded_acts.propose(
        GuardedKind.SOURCE_CHANGED,
        guarded_acts.subject_of(successor),
        details=sources.act_details(successor),
        by=by,
        unit=acting,
    )
    return successor


def _edit(source: Source, values: dict[str, Any], by: User) -> Source:
    notes = {name: value for name, value in values.items() if name not in sources.FIXED}
    for name, value in notes.items():
        setattr(source, name, value)
    source.save(update_fields=list(notes))
    log.record(AuditEvent.SOURCE_UPDATED, source, by=by, fields=sorted(notes))
    return source


def _check_standing(source: Source) -> None:
    if not source.is_confirmed or source.valid_to is not None:
        raise WrongState(_("This entry does not hold, or is to be confirmed first."))
    sources.check_dates(source.valid_from, timezone.localdate())


@transaction.atomic
def propose_retirement(source: Source, *, reason: str = "", by: User) -> GuardedAct:
    """Propose that the entry can be cited no longer; it is never deleted.

    Raises:
        NotAllowed: a shared entry, and not an administrator of the installation.
    """
    acting = authority.check_can_propose_source(source.unit, by)
    _check_standing(source)
    subject = guarded_acts.subject_of(source)
    waiting = guarded_acts.pending(GuardedKind.SOURCE_RETIRED, subject).first()
    return waiting or guarded_acts.propose(
        GuardedKind.SOURCE_RETIRED,
        subject,
        details=sources.act_details(source),
        reason=reason,
        by=by,
        unit=acting,
    )


def source_of(act: GuardedAct) -> Source:
    entries = Source.objects.select_related("unit", "replaces")
    return entries.get(pk=int(act.subject.rpartition(":")[2]))


def _end(source: Source, day: date, by: User | None) -> None:
    source.valid_to = day
    source.save(update_fields=["valid_to"])
    log.record(AuditEvent.SOURCE_RETIRED, source, by=by, valid_to=day.isoformat())


def _apply(act: GuardedAct, source: Source, by: User | None) -> Source:
    """Carry out the confirmed act."""
    today = timezone.localdate()
    if act.kind == GuardedKind.SOURCE_RETIRED:
        _check_standing(source)
        _end(source, today, by)
        return source
    source.is_confirmed = True
    source.save(update_fields=["is_confirmed"])
    log.record(AuditEvent.SOURCE_CREATED, source, by=by, kind=source.kind, domain=source.domain)
    if source.replaces is not None and source.replaces.valid_to is None:
        _end(source.replaces, today, by)
    return source


@transaction.atomic
def confirm(act: GuardedAct, *, by: User) -> Source:
    """Confirm as the second person: the entry can be cited, or no longer.

    Raises:
        NotAllowed: by role, or as the person who proposed it.
        AccountsError: it was decided or withdrawn in the meantime.
    """
    source = source_of(act)
    unit = authority.check_can_confirm_source(source, by)
    guarded_acts.confirm(act, by=by, unit=unit)
    return _apply(act, source, by)


@transaction.atomic
def confirm_by_operator(act: GuardedAct) -> Source:
    """The same from the server's command line, where no second person exists."""
    guarded_acts.confirm_by_operator(act)
    return _apply(act, source_of(act), None)


@transaction.atomic
def decline(act: GuardedAct, *, by: User) -> None:
    """Refuse the proposal, or withdraw one's own."""
    unit = authority.check_can_propose_source(source_of(act).unit, by)
    end = guarded_acts.withdraw if act.proposed_by_id == by.pk else guarded_acts.decline
    end(act, by=by, unit=unit)


def _refusal(act: GuardedAct, source: Source, reader: User) -> Promise | str | None:
    try:
        authority.check_can_confirm_source(source, reader)
    except DomainError as error:
        return str(error)
    return shared_sign(act.proposed_by, reader) if act.proposed_by else None


def pending() -> QuerySet[GuardedAct]:
    """Every change that waits for its second person, oldest first."""
    acts = GuardedAct.objects.filter(kind__in=KINDS, confirmed_at=None, ended_at=None)
    return acts.select_related("proposed_by")


def pending_for(reader: User) -> list[SourceProposal]:
    """Changes that wait in the parts of the registry for which the reader may propose."""
    proposals = []
    for act in pending():
        source = source_of(act)
        try:
            authority.check_can_propose_source(source.unit, reader)
        except DomainError:
            continue
        is_own = act.proposed_by_id == reader.pk
        proposals.append(SourceProposal(act, source, _refusal(act, source, reader), is_own))
    return proposals
