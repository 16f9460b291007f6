from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.enums import Role
from accounts.models.guarded_act import GuardedAct
from accounts.models.unit import Unit


class Membership(models.Model):
    """A role in a unit. One of ``GUARDED_ROLES`` has the confirmed act by which it was granted, and
    the database inserts none without; rows from before that rule have none."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now)
    act = models.OneToOneField(
        GuardedAct, on_delete=models.PROTECT, null=True, related_name="membership"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "unit", "role"], name="accounts_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}@{self.unit_id}"
