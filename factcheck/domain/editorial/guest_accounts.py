"""Accounts of guest reviewers: at an office's own address, and never able to sign in."""

from django.core.exceptions import ValidationError as InvalidAddress
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import concerned_units
from factcheck.exceptions import ValidationError
from factcheck.models import Case

# Providers of private mailboxes: an address there shows no office.
_PRIVATE_MAIL = frozenset(
    {
        *("gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "outlook.com", "hotmail.com"),
        *("live.com", "icloud.com", "me.com", "proton.me", "protonmail.com", "pm.me", "aol.com"),
        *("mail.com", "gmx.com", "zoho.com", "yandex.com", "mail.ru"),
    }
)


def official_address(case: Case, text: str) -> str:
    """The address in lower case, if it can belong to an outside office."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except InvalidAddress as error:
        raise ValidationError(_("Write the mail address of the office.")) from error
    domain = email.rpartition("@")[2]
    if domain in _PRIVATE_MAIL:
        raise ValidationError(_("Use the address of the office, not a private mailbox."))
    concerned = Membership.objects.filter(unit__in=concerned_units.counting_ids(case))
    if concerned.filter(user__email__iendswith=f"@{domain}").exists():
        raise ValidationError(_("This address belongs to a unit that the claim is about."))
    return email


def get_or_create(email: str, name: str) -> User:
    """An account that can never sign in; one that somebody works with is refused."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, handle=name[:60])
        user.set_unusable_password()
        user.is_active = False
        user.save(update_fields=["password", "is_active"])
        log.record(AuditEvent.ACCOUNT_CREATED, user, by=None, guest=True)
    elif user.is_active or not user.guest_reviews.exists():
        raise ValidationError(_("This address has an account here: give it the reviewer role."))
    return user
