import pytest
from django.db import IntegrityError, transaction

from accounts.models import User


@pytest.mark.django_db
def test_address_is_stored_in_small_letters_and_unique_in_any_case() -> None:
    user = User.objects.create_user("Ai@Example.VN", handle="ai")
    assert user.email == "ai@example.vn"
    assert not user.has_usable_password()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="AI@example.vn", handle="khác")
