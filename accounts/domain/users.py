"""A person's own account, and the first account of an installation."""

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.domain import kinds, memberships, units
from accounts.domain.name_keys import name_key
from accounts.enums import Role
from accounts.exceptions import AccountsError
from accounts.models import Unit, User
from audit.domain.log import record
from audit.enums import AuditEvent


@transaction.atomic
def update_profile(user: User, *, handle: str, language: str, by: User) -> User:
    """Change the work name and the language of the interface.

    Raises:
        AccountsError: an empty work name.
    """
    if not handle.strip():
        raise AccountsError(_("Write the name that colleagues see."))
    user.handle, user.language = handle.strip(), language
    user.save(update_fields=["handle", "language"])
    record(AuditEvent.ACCOUNT_PROFILE_CHANGED, user, by=by, language=language)
    return user


@transaction.atomic
def set_password(user: User, password: str, *, by: User | None) -> None:
    """Store a new password, already validated; every other session of the user ends with it."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AuditEvent.ACCOUNT_PASSWORD_CHANGED, user, by=by)


@transaction.atomic
def create_admin(*, email: str, password: str, handle: str = "", unit_name: str = "") -> User:
    """The installation's administrator and, when there is no unit yet, its first unit, which
    receives the reports that name none.

    Raises:
        AccountsError: an unusable address, an account that exists, a weak password, no unit name.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
        user = User(email=email, handle=handle.strip() or _default_handle(), is_superuser=True)
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise AccountsError(" ".join(error.messages)) from error
    if User.objects.filter(email=email).exists():
        raise AccountsError(_("There is an account with this address already."))
    user.set_password(password)
    user.save()
    record(AuditEvent.ACCOUNT_CREATED, user, by=None, superuser=True)
    root = Unit.objects.filter(is_default=True).first() or _create_first_unit(unit_name)
    memberships.grant(user, root, Role.UNIT_ADMIN, by=None)
    return user


def _default_handle() -> str:
    """In the language of the installation, whatever the terminal uses."""
    with override(settings.LANGUAGE_CODE):
        return _("Administrator")


def _create_first_unit(name: str) -> Unit:
    if not name.strip():
        raise AccountsError(_("Give the name of your unit, for example of your department."))
    kinds.ensure()
    code = slugify(name_key(name))[:64] or "unit"
    return units.create(code=code, name=name, kind="province_department", is_default=True, by=None)
