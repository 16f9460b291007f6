"""Who is signed in, for the header of the staff pages."""

from dataclasses import dataclass

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import PERMISSIONS, SUPERUSER, Permission

register = template.Library()


@dataclass(frozen=True)
class HeaderAccount:
    """What the header of the staff pages shows about the signed-in person."""

    unit: str
    roles: list[str]
    manages_units: bool


@register.simple_tag
def desk_account(user: User | AnonymousUser) -> HeaderAccount:
    """The unit shown beside the brand, the roles, and whether the person manages units.

    One query for a member of staff, none for a visitor.
    """
    if not isinstance(user, User):
        return HeaderAccount(unit="", roles=[], manages_units=False)
    managing = PERMISSIONS[Permission.MANAGE_UNIT]
    always = user.is_superuser and Permission.MANAGE_UNIT in SUPERUSER
    memberships = list(user.memberships.select_related("unit").order_by("created_at", "id"))
    return HeaderAccount(
        unit=str(memberships[0].unit) if memberships else "",
        roles=[f"{Role(m.role).label}: {m.unit}" for m in memberships],
        manages_units=always or any(m.role in managing for m in memberships),
    )
