"""Invitations: a role offered by e-mail, with a link that works once."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import password_validation
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import signals
from accounts.domain import memberships, role_grants
from accounts.domain.token_hashes import hash_token
from accounts.enums import Role
from accounts.exceptions import AccountExists, AccountsError, InvitationRefused, NotAllowed
from accounts.models import Invitation, Membership, Unit, User
from audit.domain.log import record
from audit.enums import AuditEvent


def _renew(invitation: Invitation) -> str:
    """Give the invitation a new token and expiry; the earlier link stops working."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = hash_token(token)
    invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    return token


def _send_link(invitation: Invitation, token: str, by: User) -> None:
    link = settings.SITE_URL + reverse("accounts:invitation", args=[token])
    signals.invited.send(Invitation, invitation=invitation, link=link, language=by.language)


def pending(unit: Unit) -> QuerySet[Invitation]:
    return unit.invitations.filter(accepted_at__isnull=True).order_by("-invited_at")


@transaction.atomic
def invite(email: str, unit: Unit, role: Role | str, *, by: User) -> Invitation:
    """Offer the role, and propose it to a second person where it needs one. The link is e-mailed,
    and only its hash is stored. The same offer made again renews the first one.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
        AccountsError: the person has the role already.
    """
    memberships.check_can_manage(by, unit)
    email, role = email.strip().lower(), Role(role)
    if Membership.objects.filter(user__email=email, unit=unit, role=role).exists():
        raise AccountsError(_("This person has the role in this unit already."))
    old = pending(unit).filter(email=email, role=role).first()
    if old is not None:
        return resend(old, by=by)
    invitation = Invitation(email=email, unit=unit, role=role, invited_by=by)
    token = _renew(invitation)
    invitation.save()
    role_grants.propose_for_invitation(invitation, by=by)
    _send_link(invitation, token, by)
    acting = memberships.managing_unit(by, unit)
    record(
        AuditEvent.INVITATION_SENT, invitation, by=by, unit=acting, to_unit=unit.pk, role=role.value
    )
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send a new link; the old one stops working.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
        AccountsError: it was accepted already.
    """
    memberships.check_can_manage(by, invitation.unit)
    _check_open(invitation)
    token = _renew(invitation)
    invitation.save(update_fields=["token_hash", "expires_at"])
    _send_link(invitation, token, by)
    acting = memberships.managing_unit(by, invitation.unit)
    record(AuditEvent.INVITATION_RESENT, invitation, by=by, unit=acting)
    return invitation


@transaction.atomic
def cancel(invitation: Invitation, *, by: User) -> None:
    """Withdraw the offer; the row is deleted, with the address of someone who has no account.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
        AccountsError: it was accepted already.
    """
    memberships.check_can_manage(by, invitation.unit)
    _check_open(invitation)
    acting = memberships.managing_unit(by, invitation.unit)
    role_grants.cancel_invitation(invitation, by=by)
    record(AuditEvent.INVITATION_CANCELLED, invitation, by=by, unit=acting)
    invitation.delete()


def _check_open(invitation: Invitation) -> None:
    current = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if current is None or current.accepted_at is not None:
        raise AccountsError(_("This invitation was accepted or withdrawn in the meantime."))


def find(token: str) -> Invitation:
    """The invitation that this link belongs to.

    Raises:
        InvitationRefused: unknown, used or expired, each with its own sentence.
    """
    invitations = Invitation.objects.select_related("unit", "unit__kind")
    invitation = invitations.filter(token_hash=hash_token(token)).first()
    if invitation is None:
        raise InvitationRefused(
            _("This link is not valid. A newer invitation may have replaced it.")
        )
    if invitation.accepted_at is not None:
        raise InvitationRefused(_("This link was used already. You can sign in."))
    if invitation.expires_at <= timezone.now():
        raise InvitationRefused(_("This link has expired. Ask your unit for a new invitation."))
    return invitation


def has_account(invitation: Invitation) -> bool:
    return User.objects.filter(email=invitation.email).exists()


@transaction.atomic
def accept(token: str, handle: str, password: str) -> User:
    """Create the account, and grant the role unless it waits for a second person. Of two people
    with one link, only the first succeeds.

    Raises:
        InvitationRefused: the link does not work.
        AccountExists: the address has an account: see ``accept_as``.
        ValidationError: the password is too weak (Django's validators).
    """
    invitation = _claimable(token)
    if has_account(invitation):
        raise AccountExists(_("You have an account already: sign in to accept."))
    user = User(email=invitation.email, handle=handle.strip(), language=_language(invitation))
    password_validation.validate_password(password, user)
    user.set_password(password)
    user.save()
    record(AuditEvent.ACCOUNT_CREATED, user, by=user, invitation=invitation.pk)
    _complete(invitation, user)
    return user


@transaction.atomic
def accept_as(token: str, user: User) -> Membership | None:
    """Grant the role to someone who has an account and is signed in with the invited address; None
    while it waits for a second person.

    Raises:
        InvitationRefused: the link does not work.
        NotAllowed: it was sent to another address.
    """
    invitation = _claimable(token)
    if invitation.email != user.email:
        raise NotAllowed(_("This invitation was sent to another address than yours."))
    return _complete(invitation, user)


def _claimable(token: str) -> Invitation:
    """Lock the row, so that a second click waits and then sees the link as used."""
    invitation = find(token)
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    return find(token)


def _language(invitation: Invitation) -> str:
    return invitation.invited_by.language


def _complete(invitation: Invitation, user: User) -> Membership | None:
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    membership = role_grants.complete_invitation(invitation, user)
    record(
        AuditEvent.INVITATION_ACCEPTED,
        invitation,
        by=user,
        unit=invitation.unit,
        membership=membership.pk if membership else None,
    )
    return membership
