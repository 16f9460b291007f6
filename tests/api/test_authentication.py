import pytest
from django.test import Client

from accounts.domain import memberships, tokens
from accounts.models import ApiToken
from tests.api.conftest import DAY, bearer, is_problem
from tests.factories import Cast

pytestmark = pytest.mark.django_db
PATH = "/api/v1/queue"


def test_valid_token_is_accepted(api: Client, cast: Cast) -> None:
    assert api.get(PATH, headers=bearer(cast.checker)).status_code == 200


def test_scheme_may_be_in_any_case(api: Client, cast: Cast) -> None:
    plain = bearer(cast.checker)["Authorization"].partition(" ")[2]
    assert api.get(PATH, headers={"Authorization": f"bearer {plain}"}).status_code == 200


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer x", "Bearer x y", "Bearer kt_khôngcó", "Basic dTpw", "Token x", "\x80"],
)
def test_anything_else_is_refused(api: Client, header: str) -> None:
    is_problem(api.get(PATH, headers={"Authorization": header}), 401, "unauthenticated")


def test_expired_token_is_refused(api: Client, cast: Cast) -> None:
    headers = bearer(cast.checker, days=1)
    token = ApiToken.objects.get()
    ApiToken.objects.update(expires_at=token.created_at - DAY)
    is_problem(api.get(PATH, headers=headers), 401, "unauthenticated")


def test_revoked_token_is_refused(api: Client, cast: Cast) -> None:
    headers = bearer(cast.checker)
    tokens.revoke(ApiToken.objects.get(), by=cast.checker)
    is_problem(api.get(PATH, headers=headers), 401, "unauthenticated")


def test_closed_account_is_refused(api: Client, cast: Cast) -> None:
    headers = bearer(cast.checker)
    cast.checker.is_active = False
    cast.checker.save(update_fields=["is_active"])
    is_problem(api.get(PATH, headers=headers), 401, "unauthenticated")


def test_revoked_role_ends_with_the_next_request(api: Client, cast: Cast) -> None:
    headers = bearer(cast.checker)
    memberships.revoke(cast.checker.memberships.get(), by=None)
    is_problem(api.get(PATH, headers=headers), 403, "not-allowed")


def test_browser_session_is_no_authentication(api: Client, cast: Cast) -> None:
    api.force_login(cast.checker)
    is_problem(api.get(PATH), 401, "unauthenticated")


def test_bad_token_does_not_close_what_is_public(api: Client) -> None:
    assert api.get("/api/v1/topics", headers={"Authorization": "Bearer x"}).status_code == 200
