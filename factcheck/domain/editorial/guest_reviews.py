"""Guest reviewers: somebody from an outside office decides on one case, where nobody else can.

Invited by anyone but the author, vouched for by an administrator or approver who is neither, else
by the operator's command. At most three cases a school year for one unit, none about its conduct.
"""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts, outside_offices
from accounts.domain.guarded_acts import subject_of
from accounts.domain.token_hashes import hash_token
from accounts.enums import GuardedKind
from accounts.exceptions import NotAllowed
from accounts.models import GuardedAct, Unit, User
from accounts.permissions import Permission
from channels.domain.outbox import queue_message
from channels.email.channel import EmailChannel
from factcheck import concerned_units, independence, workflow
from factcheck.domain.editorial import guest_accounts
from factcheck.enums import UNDECIDED_STATUSES
from factcheck.exceptions import SecondPersonRequired, ValidationError, WrongState
from factcheck.models import Case, GuestReview
from factcheck.models.guest_review import NAME_LIMIT
from matching.text.normalisation import clean

_PER_SCHOOL_YEAR = 3
_SCHOOL_YEAR_BEGINS = (8, 1)  # teachers are back on 1 August


def reviews_of(case: Case) -> QuerySet[GuestReview]:
    return GuestReview.objects.filter(case=case).select_related("office", "user")


def act_of(guest: GuestReview) -> GuardedAct | None:
    """The invitation that waits for somebody to vouch, or that was vouched for."""
    acts = GuardedAct.objects.filter(kind=GuardedKind.GUEST_REVIEWER, subject=subject_of(guest))
    return acts.filter(ended_at__isnull=True).last()


def pending_of(case: Case) -> list[GuestReview]:
    """Invitations of the case that wait for somebody to vouch."""
    guests = reviews_of(case).filter(expires_at__isnull=True)
    return [guest for guest in guests if act_of(guest)]


def pending_for_unit(unit: Unit) -> list[GuestReview]:
    """The same for all cases of a unit, for its administrators."""
    guests = GuestReview.objects.filter(case__unit=unit, expires_at__isnull=True)
    return [guest for guest in guests.select_related("office", "case") if act_of(guest)]


def _people_of(case: Case) -> set[int]:
    """Whoever wrote a verdict of the case, or checks it."""
    authors = set(case.verdicts.values_list("written_by", flat=True))
    return authors | ({case.assignee_id} if case.assignee_id else set())


def check_can_invite(case: Case, user: User) -> None:
    """Raise unless the user may invite a guest reviewer for the case now."""
    roles.check(user, Permission.VIEW_CASES, case.unit)
    if user.pk in _people_of(case):
        raise SecondPersonRequired(
            _("Whoever checks the case does not choose its second person: a colleague invites.")
        )
    if case.status not in UNDECIDED_STATUSES:
        raise WrongState(_("This case does not wait for a second person."))
    if independence.deciders(case):
        raise WrongState(_("There is somebody who can decide on this case."))
    concerns = concerned_units.by_case([case.pk]).get(case.pk)
    own = concerns.kinds.get(case.unit_id, set()) if concerns else set()
    if own & concerned_units.CONDUCT_KINDS:
        raise NotAllowed(
            _(
                "A unit invites no guest to decide about its own conduct: ask a pool or the unit "
                "above."
            )
        )
    if _cases_this_school_year(case) >= _PER_SCHOOL_YEAR:
        raise WrongState(
            _("This unit has had three cases with guest reviewers this school year: make a pool.")
        )


def _cases_this_school_year(case: Case) -> int:
    """Other cases of the unit that had a guest who was vouched for."""
    today = timezone.localdate()
    begin = date(today.year, *_SCHOOL_YEAR_BEGINS)
    if today < begin:
        begin = begin.replace(year=today.year - 1)
    guests = GuestReview.objects.filter(for_unit=case.unit_id, created_at__date__gte=begin).exclude(
        token_hash=""
    )
    return guests.exclude(case=case).values("case").distinct().count()


@transaction.atomic
def invite(case: Case, *, name: str, office: str, email: str, by: User) -> GuestReview:
    """Propose a guest; nothing is sent before somebody vouches.

    Raises:
        SecondPersonRequired: ``by`` checks the case. NotAllowed, WrongState: see
        ``check_can_invite``. ValidationError: the name or the address cannot be used.
    """
    check_can_invite(workflow.lock(case), by)
    name = " ".join(clean(name).split())
    if not name or len(name) > NAME_LIMIT:
        raise ValidationError(_("Write the name of the guest, in at most 120 characters."))
    if pending_of(case):
        raise WrongState(_("Somebody has been invited already and waits to be vouched for."))
    guest = GuestReview.objects.create(
        case=case,
        for_unit=case.unit,
        office=outside_offices.get_or_create(clean(office), by=by),
        user=guest_accounts.get_or_create(guest_accounts.official_address(case, email), name),
        name=name,
    )
    unit = roles.acting_unit(by, Permission.VIEW_CASES, case.unit)
    details = {"case": case.pk, "office": guest.office_id}
    guarded_acts.propose(
        GuardedKind.GUEST_REVIEWER, subject_of(guest), details=details, by=by, unit=unit
    )
    return guest


def check_can_vouch(guest: GuestReview, user: User) -> None:
    """Raise unless the user is an administrator or approver who neither checks nor invited."""
    granted = roles.permissions_in(user, guest.case.unit)
    if not granted & {Permission.MANAGE_UNIT, Permission.PUBLISH}:
        raise NotAllowed(_("An administrator or approver of the unit vouches for a guest."))
    act = act_of(guest)
    if user.pk in _people_of(guest.case) or (act and act.proposed_by_id == user.pk):
        raise SecondPersonRequired(
            _("Somebody who neither checks the case nor invited the guest has to vouch.")
        )


@transaction.atomic
def vouch(guest: GuestReview, *, by: User) -> GuestReview:
    """State that the office was reached through its public number or own domain and that the guest
    works there; the guest gets the link.

    Raises:
        NotAllowed, SecondPersonRequired, SamePerson: see ``check_can_vouch``.
        WrongState: it was decided in the meantime.
    """
    check_can_vouch(guest, by)
    unit = roles.acting_unit(by, Permission.PUBLISH, guest.case.unit) or roles.acting_unit(
        by, Permission.MANAGE_UNIT, guest.case.unit
    )
    guarded_acts.confirm(_open_act(guest), by=by, unit=unit)
    return _send_link(guest, by=by)


@transaction.atomic
def vouch_by_operator(guest: GuestReview) -> GuestReview:
    """The same from the server's command line, where a unit has no second person."""
    guarded_acts.confirm_by_operator(_open_act(guest))
    return _send_link(guest, by=None)


@transaction.atomic
def decline(guest: GuestReview, *, by: User) -> None:
    """Refuse to vouch, or take back the invitation of a guest who has not decided."""
    check_can_vouch(guest, by)
    act = _open_act(guest)
    if act.is_pending:
        guarded_acts.decline(act, by=by)
    else:
        guarded_acts.revoke(act, by=by)
    end(guest)


def end(guest: GuestReview) -> None:
    """The guest may do nothing more from now on."""
    guest.expires_at = timezone.now()
    guest.save(update_fields=["expires_at"])


def end_all(case: Case) -> None:
    """The case is decided: its guests may do nothing more."""
    active = GuestReview.objects.filter(case=case, expires_at__gt=timezone.now())
    active.update(expires_at=timezone.now())


def _open_act(guest: GuestReview) -> GuardedAct:
    act = act_of(guest)
    if act is None:
        raise WrongState(_("This was decided or withdrawn in the meantime."))
    return act


def _send_link(guest: GuestReview, *, by: User | None) -> GuestReview:
    token = secrets.token_urlsafe(32)
    guest.token_hash = hash_token(token)
    guest.expires_at = timezone.now() + timedelta(days=settings.GUEST_REVIEW_DAYS)
    guest.save(update_fields=["token_hash", "expires_at"])
    paragraphs = [
        _("Hello,"),
        _(
            "%(site)s asks %(office)s to look at one claim as an independent second person, and to "
            "approve or return its answer."
        )
        % {"site": settings.SITE_NAME, "office": guest.office.name},
        _("Open this link within %(days)d days; a code is then sent to this address:")
        % {"days": settings.GUEST_REVIEW_DAYS},
        settings.SITE_URL + reverse("guest:review", args=[token]),
        _("If you did not expect this, ignore this message: nothing happens."),
    ]
    queue_message(
        channel=EmailChannel.name,
        to=guest.user.email,
        subject=_("A request to review one answer"),
        body="\n\n".join(paragraphs),
        purpose="guest_review",
        dedupe_key=f"guest:{guest.token_hash}",
        by=by,
        secret=True,
    )
    return guest
