from accounts.models.guarded_act import GuardedAct
from accounts.models.invitation import Invitation
from accounts.models.membership import Membership
from accounts.models.pool import ReviewerPool
from accounts.models.token import ApiToken
from accounts.models.unit import Unit, UnitAlias, UnitKind, UnitLink
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "GuardedAct",
    "Invitation",
    "Membership",
    "ReviewerPool",
    "Unit",
    "UnitAlias",
    "UnitKind",
    "UnitLink",
    "User",
]
