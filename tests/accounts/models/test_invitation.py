from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Invitation
from tests.accounts.conftest import Province


def test_acceptance_without_a_person_is_refused(province: Province) -> None:
    admin = province.user(Role.UNIT_ADMIN, province.so)
    now = timezone.now()
    invitation = Invitation.objects.create(
        email="moi@example.vn",
        unit=province.school,
        role=Role.CHECKER,
        token_hash="x",
        expires_at=now + timedelta(days=1),
        invited_by=admin,
    )
    for values in ({"accepted_at": now}, {"accepted_by": admin}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.filter(pk=invitation.pk).update(**values)
