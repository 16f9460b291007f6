"""What was typed on a staff page survives the end of the session, for the same person alone."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from factcheck.enums import CaseStatus
from factcheck.models import Verdict
from tests.desk.conftest import BACKEND
from tests.factories import RUMOUR, Cast, case_of, submit_report, verdict_at

TYPED = "Chờ Sở trả lời về công văn 1482"


@pytest.fixture
def verdict(cast: Cast) -> Verdict:
    case = case_of(submit_report(RUMOUR, cast.school))
    return verdict_at(CaseStatus.CHECKING, cast, case=case)


def send_signed_out(client: Client, path: str) -> Any:
    """The session ends while somebody types; then they press the button."""
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    return client.post(path, {"waiting_for": TYPED, "version": "1"})


def sign_in_again(client: Client, user: User) -> None:
    """As allauth does: what the anonymous session holds stays."""
    kept = dict(client.session.items())
    client.force_login(user, backend=BACKEND)
    session = client.session
    session.update({name: value for name, value in kept.items() if name == "unsent"})
    session.save()


def test_the_form_is_offered_after_the_sign_in_and_can_be_sent(sign_in, cast, verdict):
    case, client = verdict.case, sign_in(cast.checker)
    client.get(case.get_absolute_url())
    path = f"{case.get_absolute_url()}cho-tra-loi/"
    assert "/tai-khoan/dang-nhap/?next=" in send_signed_out(client, path)["Location"]
    sign_in_again(client, cast.checker)
    page = client.get(path)
    assert TYPED in page.content.decode()
    assert f'action="{path}"' in page.content.decode()
    client.post(path, dict(page.context["unsent"].fields))
    case.refresh_from_db()
    assert (case.status, case.waiting_for) == (CaseStatus.WAITING, TYPED)
    assert client.get(path)["Location"] == case.get_absolute_url()


def test_another_account_on_the_same_computer_never_sees_it(sign_in, cast, verdict):
    case, client = verdict.case, sign_in(cast.checker)
    client.get(case.get_absolute_url())
    path = f"{case.get_absolute_url()}cho-tra-loi/"
    send_signed_out(client, path)
    sign_in_again(client, cast.reviewer)
    assert client.get(path)["Location"] == case.get_absolute_url()
    assert "unsent" not in client.session


def test_discarding_leads_to_the_page(sign_in, cast, verdict):
    case, client = verdict.case, sign_in(cast.checker)
    client.get(case.get_absolute_url())
    path = f"{case.get_absolute_url()}cho-tra-loi/"
    send_signed_out(client, path)
    sign_in_again(client, cast.checker)
    assert client.get(f"{path}?discard")["Location"] == case.get_absolute_url()
    assert client.get(path).status_code == 302


def test_a_browser_that_was_never_signed_in_keeps_nothing(client, verdict):
    client.post(f"{verdict.case.get_absolute_url()}cho-tra-loi/", {"waiting_for": TYPED})
    assert not client.session.keys()
