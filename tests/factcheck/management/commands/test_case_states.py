import pytest
from django.core.management import CommandError, call_command

from factcheck.management.commands import case_states
from factcheck.states import Verb


def test_page_is_generated_from_the_state_table(monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("case_states", "--check", verbosity=0)
    page = case_states.render_page()
    assert "new --> checking: take" in page
    assert page.count("\n| `") == len(Verb)
    monkeypatch.setattr(case_states, "HEAD", "# Something else\n")
    with pytest.raises(CommandError, match="out of date"):
        call_command("case_states", "--check", verbosity=0)
