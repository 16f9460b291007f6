"""Families of scam wordings: the list, one family with its slots marked, and what may be done."""

import re
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts import permissions as roles
from accounts.models import User
from accounts.permissions import Permission
from desk.presenters.abilities import passes
from factcheck import authority
from factcheck.domain.editorial import family_rules, scam_families
from factcheck.enums import FamilyState
from factcheck.models import ScamFamily
from matching.scoring.slot_wordings import SlotKind

_SLOT = re.compile(r"\{([^{}]*)\}")


def marked(text: str) -> SafeString:
    """A wording with its slots as marks."""
    parts = _SLOT.split(text)  # words, name, words, …
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<mark class="kt-diff">{}</mark>', part) if index % 2 else part,)
            for index, part in enumerate(parts)
        ),
    )


def slot_names() -> list[str]:
    return [kind.value for kind in SlotKind]


def may_write(user: User) -> bool:
    return bool(roles.units_for(user, Permission.CHECK))


def family_context(family: ScamFamily, user: User) -> dict[str, Any]:
    """One family: what its asker reads, and the buttons for this user."""
    proposal = authority.pending_retirement(family)
    is_approved = family.state == FamilyState.APPROVED
    may_decide = family.state == FamilyState.IN_REVIEW and passes(
        scam_families.review_unit, family, user
    )
    other = proposal is not None and proposal.proposed_by_id != user.pk
    return {
        "nav": "families",
        "family": family,
        "warning": family.rating_definition.act_first,
        "wordings": [marked(row.text) for row in family.wordings.all()],
        "missing": family_rules.missing(family) if family.state == FamilyState.DRAFT else [],
        "may_edit": passes(scam_families.check_can_write, family, user),
        "may_decide": may_decide,
        "retirement": proposal,
        "may_propose_retirement": is_approved
        and proposal is None
        and roles.has(user, Permission.CHECK, family.unit),
        "may_retire": is_approved and other and bool(roles.may_review_for(user, family.unit)),
    }
