"""Claim keys: addresses that answer by themselves, each proposed by one person and confirmed by
another, in the review of the case's verdict."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts
from accounts.domain.guarded_acts import subject_of
from accounts.enums import GuardedKind
from accounts.models import GuardedAct, Unit, User
from accounts.permissions import Permission
from factcheck import merge_tree, permissions, workflow
from factcheck.domain.index import lookup
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, ClaimKey
from matching.links.canonical_urls import canonical_url, find_urls, is_home_page
from matching.scoring.ranking import Query


def _page(url: str) -> str:
    """The canonical address; empty for a whole site, which is never a key."""
    canonical = canonical_url(url) if url else ""
    return "" if not canonical or is_home_page(canonical) else canonical


def addresses(case: Case) -> list[str]:
    """Pages to which the case's reports lead, canonical, in order of arrival."""
    reports = merge_tree.confirmed_reports(case).order_by("created_at", "pk")
    pages: dict[str, None] = {}
    for text, url in reports.values_list("text", "url"):
        for address in (url, *find_urls(text)):
            if page := _page(address):
                pages[page] = None
    return list(pages)


def cases_with_key(query: Query) -> set[int]:
    """Ids of the cases for which the query's own link is a confirmed key; one query at most."""
    link = lookup.exact_keys(query)[1]
    if not link:
        return set()
    keys = ClaimKey.objects.filter(value_hash=link, confirmed_at__isnull=False)
    return set(keys.values_list("case_id", flat=True))


def proposals(keys: Iterable[ClaimKey]) -> dict[int, GuardedAct]:
    """Key id → the proposal that waits for its second person."""
    ids = {subject_of(key): key.pk for key in keys}
    acts = guarded_acts.pending(GuardedKind.LINK_KEY).filter(subject__in=list(ids)) if ids else ()
    return {ids[act.subject]: act for act in acts}


def waiting(case: Case) -> list[ClaimKey]:
    """The keys that the second person decides about."""
    keys = list(case.claim_keys.filter(confirmed_at__isnull=True))
    acts = proposals(keys)
    return [key for key in keys if key.pk in acts]


@transaction.atomic
def propose(case: Case, url: str, *, by: User) -> ClaimKey:
    """Propose that the claim stands at this address, one of those in the case's reports."""
    permissions.check_can_check(workflow.lock(case), by)
    page = _page(url)
    if page not in addresses(case):
        raise ValidationError(_("Choose one of the pages in the reports; a whole site is no key."))
    key, _created = ClaimKey.objects.get_or_create(
        case=case, value_hash=lookup.url_hash(page), defaults={"value": page}
    )
    if key.confirmed_at is not None or proposals([key]):
        raise WrongState(_("This address has been proposed already."))
    guarded_acts.propose(
        GuardedKind.LINK_KEY,
        subject_of(key),
        details={"case": case.pk, "key": key.pk},
        by=by,
        unit=roles.acting_unit(by, Permission.CHECK, case.unit),
    )
    return key


@transaction.atomic
def end(key: ClaimKey, *, by: User) -> None:
    """Withdraw the proposal, or revoke the confirmed key: from now on nobody is answered by it."""
    permissions.check_can_decide_pair(workflow.lock(key.case), by)
    unit = roles.acting_unit(by, Permission.TRIAGE, key.case.unit)
    for act in guarded_acts.pending(GuardedKind.LINK_KEY, subject_of(key)):
        guarded_acts.withdraw(act, by=by, unit=unit)
    for act in guarded_acts.confirmed(GuardedKind.LINK_KEY, subject_of(key)):
        guarded_acts.revoke(act, by=by, unit=unit)
    ClaimKey.objects.filter(pk=key.pk).update(confirmed_at=None)


def decide(case: Case, confirmed: Collection[int], *, by: User, unit: Unit) -> None:
    """The second person's answers: the keys ``confirmed`` answer from now on, the other proposals
    are declined. The caller has checked that this person may decide on the case."""
    keys = waiting(case)
    acts = proposals(keys)
    for key in keys:
        if key.pk not in confirmed:
            guarded_acts.decline(acts[key.pk], by=by, unit=unit)
            continue
        other = ClaimKey.objects.filter(value_hash=key.value_hash, confirmed_at__isnull=False)
        if other.exists():
            raise WrongState(_("%(address)s is the key of another case.") % {"address": key.value})
        guarded_acts.confirm(acts[key.pk], by=by, unit=unit)
        key.confirmed_at = timezone.now()
        key.save(update_fields=["confirmed_at"])
