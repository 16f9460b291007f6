import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.domain import units
from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
COMMAND = "accounts.management.commands.create_admin"


class Terminal(io.StringIO):
    def __init__(self, present: bool) -> None:
        super().__init__()
        self.present = present

    def isatty(self) -> bool:
        return self.present


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADMIN_EMAIL", "ADMIN_PASSWORD", "UNIT_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(f"{COMMAND}.sys.stdin", Terminal(False))


def test_create_admin_reads_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "a@example.vn")
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    monkeypatch.setenv("UNIT_NAME", "Sở GD&ĐT")
    out = io.StringIO()
    call_command("create_admin", stdout=out)
    assert out.getvalue().strip() == "The administrator a@example.vn can sign in now."
    assert User.objects.get().check_password(PASSWORD)
    assert units.default_unit().name == "Sở GD&ĐT"


def test_create_admin_without_terminal_names_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "a@example.vn")
    with pytest.raises(CommandError, match="set ADMIN_PASSWORD, UNIT_NAME in the environment"):
        call_command("create_admin")
    assert not User.objects.exists()


def test_create_admin_weak_password_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "a@example.vn")
    monkeypatch.setenv("ADMIN_PASSWORD", "short")
    monkeypatch.setenv("UNIT_NAME", "Sở")
    with pytest.raises(CommandError):
        call_command("create_admin")
    assert not User.objects.exists()


def test_create_admin_asks_at_a_terminal_and_repeats_a_mistyped_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typed = iter(["Sở GD&ĐT", "a@example.vn"])
    passwords = iter([PASSWORD, "other", PASSWORD, PASSWORD])
    monkeypatch.setattr(f"{COMMAND}.sys.stdin", Terminal(True))
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    monkeypatch.setattr(f"{COMMAND}.getpass.getpass", lambda _prompt: next(passwords))
    err: Any = io.StringIO()
    call_command("create_admin", stderr=err, stdout=io.StringIO())
    assert "not the same" in err.getvalue()
    assert User.objects.get().email == "a@example.vn"


def test_create_admin_asks_again_when_an_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["Sở GD&ĐT", "not an address", "Sở GD&ĐT", "a@example.vn"])
    monkeypatch.setattr(f"{COMMAND}.sys.stdin", Terminal(True))
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
    monkeypatch.setattr(f"{COMMAND}.getpass.getpass", lambda _prompt: PASSWORD)
    err: Any = io.StringIO()
    call_command("create_admin", stderr=err, stdout=io.StringIO())
    assert "Please answer once more" in err.getvalue()
    assert User.objects.get().email == "a@example.vn"
    assert units.default_unit().name == "Sở GD&ĐT"


def test_create_admin_asks_only_for_what_the_environment_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADMIN_EMAIL", "a@example.vn")
    monkeypatch.setenv("UNIT_NAME", "Sở GD&ĐT")
    monkeypatch.setattr(f"{COMMAND}.sys.stdin", Terminal(True))
    monkeypatch.setattr(f"{COMMAND}.getpass.getpass", lambda _prompt: PASSWORD)
    call_command("create_admin", stdout=io.StringIO())
    assert User.objects.get().email == "a@example.vn"
    assert units.default_unit().name == "Sở GD&ĐT"
