"""The page of one unit: members, invitations, names, links to parents, reviewer pools."""

from typing import Any

from django.utils import timezone

from accounts.domain import invitations, pool_agreements
from accounts.models import Unit
from desk.forms.units import InviteForm, LinkForm, NameForm, PoolForm, PoolProposalForm, RoleForm
from factcheck import independence


def unit_context(unit: Unit, invite_form: InviteForm | None = None) -> dict[str, Any]:
    """The page; ``invite_form`` comes with its errors when an invitation was refused."""
    return {
        "unit": unit,
        "members": unit.memberships.select_related("user").order_by("user__handle", "role"),
        "invitations": invitations.pending(unit),
        "links": unit.parent_links.select_related("parent").order_by("kind", "-valid_from"),
        "aliases": unit.aliases.order_by("name"),
        "pools": unit.reviewer_pools.prefetch_related("units").order_by("name"),
        "undecidable": bool(independence.undecidable_units([unit.pk])),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "invite_form": invite_form or InviteForm(),
        "role_form": RoleForm(unit=unit, auto_id="role_%s"),
        "name_form": NameForm(initial={"name": unit.name}, auto_id="name_%s"),
        "alias_form": NameForm(auto_id="alias_%s"),
        "link_form": LinkForm(auto_id="link_%s"),
        "pool_form": PoolForm(auto_id="pool_%s"),
        "pool_proposal_form": PoolProposalForm(auto_id="proposal_%s"),
        "pool_proposals": pool_agreements.proposals_to(unit),
        "proposed_pools": [
            (act.pk, pool_agreements.asked_unit(act)) for act in pool_agreements.proposals_by(unit)
        ],
        "nav": "units",
    }
