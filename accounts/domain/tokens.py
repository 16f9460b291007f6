"""Staff tokens for the API: shown once, kept as a hash, with an end date."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.token_hashes import hash_token
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import ApiToken, User
from audit.domain.log import record
from audit.enums import AuditEvent

PREFIX = "kt_"
MAX_DAYS = 366
MAX_TOKENS = 20


def active(user: User) -> QuerySet[ApiToken]:
    """The user's tokens that have not expired, newest first."""
    return user.api_tokens.filter(expires_at__gt=timezone.now()).order_by("-created_at")


@transaction.atomic
def issue(user: User, name: str, *, days: int, by: User | None) -> tuple[ApiToken, str]:
    """Issue a token; the second value is the token itself, shown this once.

    Raises:
        NotAllowed: for somebody else's account.
        AccountsError: no name, too long a life, or too many tokens.
    """
    if by is not None and by.pk != user.pk:
        raise NotAllowed(_("A token is made by the person who will use it."))
    if not name.strip():
        raise AccountsError(_("Give the token a name, such as the system that will use it."))
    if not 1 <= days <= MAX_DAYS:
        raise AccountsError(_("A token lives from 1 to %(days)d days.") % {"days": MAX_DAYS})
    if active(user).count() >= MAX_TOKENS:
        raise AccountsError(_("There are too many tokens: revoke one that is no longer used."))
    plain = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip()[:80],
        token_hash=hash_token(plain),
        expires_at=timezone.now() + timedelta(days=days),
    )
    record(AuditEvent.TOKEN_ISSUED, token, by=by, days=days)
    return token, plain


def authenticate(plain: str) -> User | None:
    """The owner of the token; None when it is unknown, expired or the owner's account is closed.

    Stores the day of use, once a day; that is no decision and gets no audit row.
    """
    valid = ApiToken.objects.select_related("user").filter(
        token_hash=hash_token(plain), expires_at__gt=timezone.now(), user__is_active=True
    )
    token = valid.first()
    if token is None:
        return None
    today = timezone.localdate()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token.user


@transaction.atomic
def revoke(token: ApiToken, *, by: User) -> None:
    """Delete the token: it stops working at once.

    Raises:
        NotAllowed: it belongs to somebody else.
    """
    if token.user_id != by.pk:
        raise NotAllowed(_("Only its owner can revoke a token."))
    record(AuditEvent.TOKEN_REVOKED, token, by=by)
    token.delete()
