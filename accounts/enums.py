from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REPORTER = "reporter", _("Reporter")
    CHECKER = "checker", _("Checker")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")
    UNIT_ADMIN = "unit_admin", _("Unit administrator")


# Roles by which one decides for others: each needs a second person, or the operator. An
# administrator's is among them, since two administrators confirm the others.
GUARDED_ROLES = frozenset({Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN})


class LinkKind(models.TextChoices):
    ADMINISTRATIVE = "administrative", _("Administrative")
    PROFESSIONAL = "professional", _("Professional")


class GuardedKind(StrEnum):
    """Acts that change what an asker is told: one person proposes, another one confirms.

    Stored in ``GuardedAct.kind`` without choices in the database: a new kind needs no migration.
    """

    VERDICT = "verdict"  # first, correction or retraction; for publication or a private reply
    MERGE = "merge"  # into an answered case
    JOIN = "join"  # of a report to an answered case
    SPLIT = "split"  # of a report from an answered case
    LINK_KEY = "link_key"  # an address that answers by itself
    SOURCE_NAMED = "source_named"
    SOURCE_CHANGED = "source_changed"
    SOURCE_RETIRED = "source_retired"
    FAMILY = "family"  # of scam wordings
    FAMILY_RETIRED = "family_retired"
    ROLE = "role"
    POOL = "pool"  # agreement between units
    GUEST_REVIEWER = "guest_reviewer"
    CONCERNED_UNIT = "concerned_unit"  # struck out
    CLOSING = "closing"  # about the closing unit
    STILL_RIGHT = "still_right"  # a notice that stopped answering by itself
