"""The reference check finds what no longer exists, and accepts what does."""

from pathlib import Path

import pytest

from tests.structure import paths, references

RESOLVER = references.Resolver()


@pytest.mark.parametrize(
    "text",
    [
        "factcheck/states.py",
        "states.py",
        "tests/limits/",
        "matching",
        "templates/desk/*.html",
        "factcheck.states",
        "factcheck.domain.editorial.reviews.approve",
        "reviews.approve(verdict, by=)",
        "Case.claim",
        "Verb.TRIAGE",
        "NoticeVersion.is_current",
        "Case.objects",
        "by=",
        "SITE_URL",
        "DATABASE_URL_FILE",
        "on_commit",
        "manage.py case_states --check",
        "python manage.py migrate",
        "make run DEMO=0",
        "python -m benchmarks.accuracy",
        "django.http",
        "key-reused",
        "channels/<kind>/inbound.py",
        "/api/v1/docs",
        "application/json",
        "forms.facebook.com",
    ],
)
def test_what_exists_resolves(text: str) -> None:
    assert RESOLVER.error(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "factcheck/rooms.py",
        "rooms.py",
        "tests/rooms/",
        "factcheck.rooms",
        "factcheck.states.soon_gone",
        "reviews.soon_gone(verdict, by=)",
        "Case.soon_gone",
        "soon_gone",
        "SOON_GONE",
        "manage.py soon_gone",
        "manage.py case_states --soon-gone",
        "make soon_gone",
        "python -m benchmarks.soon_gone_too",
        "python -m benchmarks.accuracy; make soon_gone",
    ],
)
def test_what_does_not_exist_is_reported(text: str) -> None:
    assert RESOLVER.error(text)


def test_backticks_and_shell_blocks_are_read_with_their_lines() -> None:
    text = "One `a.b`.\n\n```sh\nmake run # starts\n```\n\n```json\n{`no`}\n```\nTwo `c\nd`.\n"
    read = [
        (each.line, each.text.strip()) for each in references.references(Path("docs/x.md"), text)
    ]
    assert read == [(4, "make run"), (1, "a.b"), (10, "c d")]


def test_links_to_missing_files_and_headings_are_reported(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("# First part\n")
    text = "[1](a.md) [2](a.md#first-part) [3](a.md#second) [4](b.md) [5](https://x.org/b.md)\n"
    broken = references.broken_links(Path("docs/c.md"), text, tmp_path)
    assert [link.text for link in broken] == ["a.md#second", "b.md"]


def test_superseded_decisions_are_history() -> None:
    read = references.documents()
    assert Path("docs/architecture.md") in read
    assert all("**Superseded" not in paths.read(paths.ROOT / path) for path in read)
