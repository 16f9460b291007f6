"""The page of one unit: members and roles that wait, invitations, names, parents, pools."""

from typing import Any

from django.utils import timezone

from accounts.domain import invitations, pool_agreements, role_grants
from accounts.enums import GUARDED_ROLES
from accounts.models import Unit, User
from desk.forms.units import InviteForm, LinkForm, NameForm, PoolForm, PoolProposalForm, RoleForm
from factcheck import independence
from factcheck.domain.editorial import guest_reviews


def unit_context(unit: Unit, reader: User, invite_form: InviteForm | None = None) -> dict[str, Any]:
    """The page; ``invite_form`` comes with its errors when an invitation was refused."""
    members = unit.memberships.select_related("user", "act__confirmed_by")
    return {
        "unit": unit,
        "members": members.order_by("user__handle", "role"),
        "guarded_roles": GUARDED_ROLES,
        "grants": role_grants.pending_in(unit, reader),
        "second_administrators": role_grants.second_administrators(unit, reader),
        "invitations": invitations.pending(unit),
        "links": unit.parent_links.select_related("parent").order_by("kind", "-valid_from"),
        "aliases": unit.aliases.order_by("name"),
        "pools": unit.reviewer_pools.prefetch_related("units").order_by("name"),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "invite_form": invite_form or InviteForm(),
        "role_form": RoleForm(unit=unit, auto_id="role_%s"),
        "name_form": NameForm(initial={"name": unit.name}, auto_id="name_%s"),
        "alias_form": NameForm(auto_id="alias_%s"),
        "link_form": LinkForm(auto_id="link_%s"),
        "pool_form": PoolForm(auto_id="pool_%s"),
        "nav": "units",
        **_second_people(unit),
    }


def _second_people(unit: Unit) -> dict[str, Any]:
    """Where the unit's cases get a second person from: pools by agreement and guest reviewers."""
    proposed = pool_agreements.proposals_by(unit)
    return {
        "undecidable": bool(independence.undecidable_units([unit.pk])),
        "guests": guest_reviews.pending_for_unit(unit),
        "may_vouch": True,
        "pool_proposal_form": PoolProposalForm(auto_id="proposal_%s"),
        "pool_proposals": pool_agreements.proposals_to(unit),
        "proposed_pools": [(act.pk, pool_agreements.asked_unit(act)) for act in proposed],
    }
