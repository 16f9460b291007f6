"""Outside offices: where a guest reviewer works. Each is a unit that is never active: it receives
no report, is in no list to choose from, and nobody has a role in it."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.name_keys import name_key
from accounts.exceptions import AccountsError
from accounts.models import Unit, UnitKind, User
from accounts.permissions import OUTSIDE_OFFICE as KIND
from audit.domain.log import record
from audit.enums import AuditEvent


def _kind() -> UnitKind:
    names = {"name_vi": "Cơ quan bên ngoài", "name_en": "Outside office", "order": 900}
    kind, _created = UnitKind.objects.get_or_create(code=KIND, defaults=names)
    return kind


@transaction.atomic
def get_or_create(name: str, *, by: User) -> Unit:
    """The outside office of this name.

    Raises:
        AccountsError: no name, or the name of a unit that is here already.
    """
    name = " ".join(name.split())
    if not name:
        raise AccountsError(_("Write the name of the office."))
    if Unit.objects.active().filter(aliases__folded=name_key(name)).exists():
        raise AccountsError(_("This office is a unit here: give somebody there the reviewer role."))
    for office in Unit.objects.filter(kind__code=KIND):
        if name_key(office.name) == name_key(name):
            return office
    today = timezone.localdate()
    office = Unit.objects.create(
        code=f"ngoai-{secrets.token_hex(6)}",
        kind=_kind(),
        name=name[:200],
        valid_from=today - timedelta(days=1),
        valid_to=today,
    )
    record(AuditEvent.UNIT_CREATED, office, by=by, kind=KIND, parents={})
    return office
