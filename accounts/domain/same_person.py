"""Signs that two accounts belong to one person: what can be seen, and no proof of the contrary.

Two mailboxes at different providers, or a colleague's borrowed password, cannot be seen here.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import GuardedKind
from accounts.models import GuardedAct, Invitation, User

# Providers that deliver local parts with and without these characters to one mailbox.
# Gmail: support.google.com/mail/answer/7436150; Proton: proton.me/support/addresses-and-aliases.
_IGNORED = {
    "gmail.com": ".",
    **dict.fromkeys(("proton.me", "protonmail.com", "pm.me"), ".-_"),
}
# Names under which one provider delivers to the same mailbox.
_SAME_DOMAIN = {"googlemail.com": "gmail.com", "protonmail.com": "proton.me", "pm.me": "proton.me"}


def mailbox(email: str) -> str:
    """The address that mail to ``email`` reaches: without case and ``+tag``, and without the
    characters that its provider ignores."""
    local, _separator, domain = email.strip().casefold().rpartition("@")
    local = local.partition("+")[0]
    for character in _IGNORED.get(domain, ""):
        local = local.replace(character, "")
    return f"{local}@{_SAME_DOMAIN.get(domain, domain)}"


def _recent_inviters(*users: User) -> dict[int, set[int]]:
    """For each of these people who was invited less than ``NEW_ACCOUNT_WAIT_HOURS`` ago, by whom;
    without the roles that a second person or the operator confirmed."""
    since = timezone.now() - timedelta(hours=settings.NEW_ACCOUNT_WAIT_HOURS)
    recent = Invitation.objects.filter(accepted_by__in=users, accepted_at__gt=since)
    rows = list(recent.values_list("pk", "accepted_by", "invited_by"))
    acts = GuardedAct.objects.filter(
        kind=GuardedKind.ROLE,
        confirmed_at__isnull=False,
        details__invitation__in=[pk for pk, _user, _inviter in rows],
    )
    confirmed = set(acts.values_list("details__invitation", flat=True)) if rows else set()
    inviters: dict[int, set[int]] = {user.pk: set() for user in users}
    for pk, user, inviter in rows:
        if pk not in confirmed and user is not None:
            inviters[user].add(inviter)
    return inviters


def shared_sign(left: User, right: User) -> Promise | None:
    """The sentence that says why both accounts count as one person; None without a sign."""
    if left.pk == right.pk:
        return _("You proposed this yourself: another person has to confirm it.")
    if mailbox(left.email) == mailbox(right.email):
        return _("Both accounts have the same mailbox: they count as one person.")
    inviters = _recent_inviters(left, right)
    if (
        right.pk in inviters[left.pk]
        or left.pk in inviters[right.pk]
        or inviters[left.pk] & inviters[right.pk]
    ):
        return _(
            "One of the two accounts is new and was invited by the other or by the same person:"
            " for the first hours they count as one person."
        )
    return None
