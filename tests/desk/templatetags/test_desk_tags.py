from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from desk.templatetags import desk_tags
from tests.factories import make_unit, make_user


def test_account_of_a_visitor_is_empty() -> None:
    assert desk_tags.desk_account(AnonymousUser()) == desk_tags.HeaderAccount(
        unit="", roles=[], manages_units=False
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "manages"), [(Role.CHECKER, False), (Role.UNIT_ADMIN, True)])
def test_account_has_roles_in_one_query(
    role: Role, manages: bool, django_assert_num_queries: Any
) -> None:
    user = make_user(role, make_unit(name="Trường Nắng Mai"))
    with django_assert_num_queries(1):
        account = desk_tags.desk_account(user)
    assert account.unit == "Trường Nắng Mai"
    assert account.manages_units is manages
    assert account.roles[0].endswith(": Trường Nắng Mai")


@pytest.mark.django_db
def test_account_of_a_superuser_manages_units() -> None:
    user = make_user()
    user.is_superuser = True
    assert desk_tags.desk_account(user).manages_units
