"""The demo contains everything the product can show, and nothing it would not allow."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import ReviewerPool, Unit, User
from audit.domain import chain
from audit.models import AuditEntry
from demo import organisation, seed, stories
from demo.timetable import STAGES
from factcheck import merge_tree
from factcheck.enums import (
    CaseStatus,
    MatchState,
    Outcome,
    Rating,
    RequestState,
    Urgency,
    VerdictKind,
    VerdictState,
)
from factcheck.models import (
    Case,
    Evidence,
    Match,
    Notice,
    NoticeVersion,
    Reconsideration,
    Verdict,
)
from intake.domain.reply_keys import ReplyKey
from intake.models import Attachment, Reply, Report

# "Cannot be decided here" is computed, after a week, and in the demo somebody always can decide.
CHOSEN_OUTCOMES = set(Outcome.values) - {Outcome.UNDECIDABLE.value}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[str]:
    """Seeded once for the module, and rolled back; the command's output."""
    output = StringIO()
    media = django_settings.MEDIA_ROOT
    with django_db_blocker.unblock(), transaction.atomic():
        django_settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
        django_settings.DEMO = True
        try:
            call_command("seed_demo", stdout=output)
            yield output.getvalue()
        finally:
            transaction.set_rollback(True)
            django_settings.DEMO, django_settings.MEDIA_ROOT = False, media


@pytest.fixture
def seeded(demo: str, django_db_blocker: Any) -> Iterator[str]:
    """One test inside the seeded transaction; what it does is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        django_settings.DEMO = True
        yield demo
        transaction.set_rollback(True)


def test_every_stage_outcome_and_verdict_is_there(seeded: str) -> None:
    cases = Case.objects.all()
    own = cases.exclude(status=CaseStatus.MERGED)
    assert own.count() >= 24
    assert set(cases.values_list("status", flat=True)) == set(CaseStatus.values)
    outcomes = set(cases.filter(status=CaseStatus.CLOSED).values_list("outcome", flat=True))
    assert outcomes == CHOSEN_OUTCOMES
    assert set(own.values_list("urgency", flat=True)) == set(Urgency.values)
    decided = Verdict.objects.filter(
        state=VerdictState.APPROVED,
        case__status__in=[CaseStatus.PUBLISHED, CaseStatus.CLOSED],
    )
    assert set(decided.values_list("rating", flat=True)) == set(Rating.values)


def test_special_cases_are_there(seeded: str) -> None:
    now, today = timezone.now(), timezone.localdate()
    current = NoticeVersion.objects.filter(is_current=True)
    assert current.filter(kind=VerdictKind.CORRECTION, number=2).exists()
    assert current.filter(kind=VerdictKind.RETRACTION).exists()
    assert current.filter(review_by__lt=today).exists()
    assert Case.objects.filter(resurfaced_at__isnull=False).exists()
    working = [CaseStatus.NEW, CaseStatus.CHECKING, CaseStatus.WAITING]
    assert Case.objects.filter(status__in=working, due_at__lt=now).count() >= 3
    assert Verdict.objects.filter(about_own_unit=True, state=VerdictState.IN_REVIEW).exists()
    assert Verdict.objects.filter(about_own_unit=True, published__isnull=False).exists()
    assert Verdict.objects.filter(state=VerdictState.RETURNED).exists()
    assert Reconsideration.objects.filter(state=RequestState.OPEN).exists()


def test_letter_with_other_dates_is_suggested_never_linked(seeded: str) -> None:
    letters = Report.objects.filter(text__startswith="Công văn số 1482/SGDĐT-VP")
    wordings = Counter(letters.values_list("text", flat=True))
    assert len(wordings) == 2
    roots = {
        text: {
            merge_tree.canonical(match.case).pk
            for match in Match.objects.filter(report__text=text, state=MatchState.CONFIRMED)
        }
        for text in wordings
    }
    first, second = roots.values()
    assert len(first) == len(second) == 1
    assert first != second
    later = Match.objects.filter(report__text__in=wordings, state=MatchState.SUGGESTED)
    differs = [pair["slot"] for match in later for pair in match.explanation["differs"]]
    assert "dates" in differs


def test_no_report_is_in_another_storys_case(seeded: str) -> None:
    story_of = {
        report.text: story.merge_into or story.key
        for story in stories.load(timezone.localdate())
        for report in story.reports
    }
    stories_of_case: dict[int, set[str]] = {}
    for match in Match.objects.filter(state=MatchState.CONFIRMED).select_related("report", "case"):
        root = merge_tree.canonical(match.case).pk
        stories_of_case.setdefault(root, set()).add(
            story_of[unicodedata.normalize("NFC", match.report.text)]
        )
    assert all(len(keys) == 1 for keys in stories_of_case.values())


def test_reports_come_from_many_units_with_pictures(seeded: str) -> None:
    assert Report.objects.count() >= 60
    assert Report.objects.values("unit").distinct().count() >= 10
    assert Report.objects.filter(language="en").count() >= 5
    assert Attachment.objects.count() >= 5
    assert not Report.objects.filter(matched_at__isnull=True).exists()


def test_times_are_spread_over_three_weeks(seeded: str) -> None:
    now = timezone.now()
    ages = [(now - at).days for at in Case.objects.values_list("opened_at", flat=True)]
    assert max(ages) >= 18
    assert min(ages) == 0
    assert len(set(ages)) >= 10
    entries = list(AuditEntry.objects.order_by("id").values_list("at", flat=True))
    assert entries == sorted(entries)
    assert entries[-1] <= now
    for verdict in Verdict.objects.filter(reviewed_at__isnull=False):
        assert verdict.written_at <= verdict.submitted_at <= verdict.reviewed_at


def test_rules_hold_and_the_chain_is_sound(seeded: str) -> None:
    assert chain.check_chain().broken is None
    for version in NoticeVersion.objects.select_related("verdict"):
        assert version.verdict.written_by_id != version.verdict.reviewed_by_id
        assert version.evidence
    assert not Evidence.objects.filter(archive_sha256="").exists()


def test_every_reporter_has_the_answer(seeded: str) -> None:
    for notice in Notice.objects.all():
        version = notice.versions.get(is_current=True)
        confirmed = Match.objects.filter(
            case_id__in=merge_tree.group_ids(notice.case),
            state=MatchState.CONFIRMED,
            answer_held_at=None,  # past events answer nobody any more
        )
        replies = Reply.objects.filter(key=ReplyKey.for_notice(notice.pk, version.number))
        assert replies.count() == confirmed.count()


def test_organisation_is_complete(seeded: str) -> None:
    kinds = Counter(Unit.objects.values_list("kind__code", flat=True))
    assert kinds["province_department"] == 2
    assert {"commune", "cluster", "kindergarten", "primary", "lower_secondary"} <= set(kinds)
    for school in Unit.objects.filter(
        kind__code__in=["kindergarten", "primary", "lower_secondary"]
    ):
        assert school.parent_links.count() == 2
    assert ReviewerPool.objects.count() == 3
    roles = set(User.objects.values_list("memberships__role", flat=True))
    assert roles == {"reporter", "checker", "reviewer", "approver", "unit_admin"}
    assert all(user.check_password(organisation.PASSWORD) for user in User.objects.all()[:2])
    assert not User.objects.filter(is_superuser=True).exists()


def test_second_run_changes_nothing(seeded: str) -> None:
    before = AuditEntry.objects.count()
    call_command("seed_demo", "--if-empty", stdout=StringIO())
    assert AuditEntry.objects.count() == before
    with pytest.raises(CommandError, match="data already"):
        call_command("seed_demo", stdout=StringIO())


@pytest.mark.parametrize("stage", sorted({*STAGES, *CaseStatus.values}))
def test_stage_adds_one_case_at_that_stage(seeded: str, stage: str) -> None:
    before, output = set(Case.objects.values_list("pk", flat=True)), StringIO()
    call_command("seed_demo", "--stage", stage, stdout=output)
    last = output.getvalue().splitlines()[-1]
    case = Case.objects.get(number=int(re.search(r"/ho-so/(\d+)/", last)[1]))  # type: ignore[index]
    assert case.pk not in before
    public = dict.fromkeys(["corrected", "retracted"], CaseStatus.PUBLISHED)
    expected = {**public, "reopened": CaseStatus.NEW}
    if stage in Outcome.values:
        assert (case.status, case.outcome) == (CaseStatus.CLOSED, stage)
    else:
        assert case.status == expected.get(stage, stage)


def test_accounts_are_printed(seeded: str) -> None:
    output = StringIO()
    call_command("seed_demo", "--accounts", stdout=output)
    assert organisation.PASSWORD in output.getvalue()
    for email in User.objects.values_list("email", flat=True):
        assert email in output.getvalue()


def test_progress_is_printed(seeded: str) -> None:
    assert len(seeded.splitlines()) >= 5


@pytest.mark.django_db
@pytest.mark.parametrize("options", [[], ["--if-empty"], ["--accounts"], ["--stage", "new"]])
def test_refused_outside_demo_mode(settings: Any, options: list[str]) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo", *options)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_stage_needs_the_demo_first(settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="without --stage first"):
        call_command("seed_demo", "--stage", "new")


def test_stage_choices_are_the_enums() -> None:
    assert {*CaseStatus.values} | CHOSEN_OUTCOMES <= set(seed.CHOICES)
