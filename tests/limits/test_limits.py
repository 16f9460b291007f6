"""What the product never does: each limit of the method is a test here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.fields.related import ForeignKey
from django.urls import URLPattern, URLResolver, get_resolver

from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import notices, reviews
from factcheck.enums import CaseStatus, Outcome, Rating
from factcheck.exceptions import SecondPersonRequired, SecondUnitRequired
from factcheck.models import NoticeVersion
from factcheck.tasks import purge_closed
from tests.factories import Cast, case_at, cast, published, submit_report, verdict_at

__all__ = ["cast"]

ROOT = Path(settings.BASE_DIR)
APPS = (
    *("accounts", "api", "audit", "channels", "config", "demo", "desk", "factcheck", "intake"),
    *("matching", "ops", "public", "publishing", "web"),
)
BANNED = ("xấu độc", "thế lực thù địch", "đấu tranh", "đối tượng", "tố giác")
PERSON = re.compile(
    r"(?:^|_)(?:person|people|author|accused|suspect|culprit|offender|perpetrator|victim|pupil|"
    r"student|teacher|target|subject_name|full_name|first_name|last_name|birth\w*|phone|address|"
    r"profile_url|blacklist|watchlist|gender|nickname)(?:_|$)",
    re.IGNORECASE,
)
ALLOWED_FIELDS = {
    "factcheck.Verdict.author_unit",  # a unit: the one its author, a user, acted for
    "intake.Contact.address_encrypted",  # where to send the answer; deleted on its day
}
PEOPLE_FIELDS = {
    *("assignee", "written_by", "reviewed_by", "published_by", "decided_by", "closed_by"),
    *("added_by", "archived_by", "withdrawn_by", "invited_by", "user"),
    *("reaffirmed_by", "excluded_by", "ended_by", "stated_by"),
}
# Times set by the pipeline or the clock, not by a person.
UNPAIRED = {
    "accounts.ApiToken.created_at",
    "factcheck.GuestReview.created_at",
    "factcheck.GuestReview.code_sent_at",
    "factcheck.GuestReview.expires_at",
    "accounts.ApiToken.expires_at",
    "accounts.Invitation.expires_at",
    "accounts.Membership.created_at",
    "accounts.User.created_at",
    "channels.InboundEvent.received_at",
    "channels.Message.claimed_at",
    "channels.Message.created_at",
    "channels.Message.sent_at",
    "factcheck.Case.due_at",
    "factcheck.Case.handed_over_at",
    "factcheck.Case.last_report_at",
    "factcheck.Case.opened_at",
    "factcheck.Case.resurfaced_at",
    "factcheck.ClaimKey.confirmed_at",  # by the act of two people
    "factcheck.ClaimKey.created_at",
    "factcheck.CopyText.created_at",
    "factcheck.CopyText.read_at",
    "factcheck.Embedding.created_at",
    "factcheck.Evidence.archive_tried_at",
    "factcheck.JoinObjection.made_at",  # by the report's sender
    "factcheck.Match.answer_held_at",
    "factcheck.Match.created_at",
    "factcheck.Notice.first_published_at",
    "factcheck.Notice.suspended_at",  # by the pipeline; ended by two people
    "factcheck.Reconsideration.created_at",
    "factcheck.Wording.created_at",
    "factcheck.Verdict.submitted_at",  # by written_by, on the same row
    "intake.Attachment.created_at",
    "intake.Contact.created_at",
    "intake.Reply.created_at",
    "intake.Report.created_at",
    "intake.Report.matched_at",
    "intake.Report.purged_at",
    "intake.PictureReading.created_at",
    "intake.PictureReading.matched_at",
    "intake.PictureReading.read_at",
}


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in APPS]


def our_sources() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def strings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, str(entry.name or "")


def test_no_table_or_column_is_about_a_person_besides_the_users() -> None:
    fields = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if PERSON.search(field.name) or PERSON.search(model.__name__)
    ]
    assert set(fields) <= ALLOWED_FIELDS


def test_people_are_linked_only_as_members_of_staff_who_did_something() -> None:
    users = apps.get_model("accounts", "User")
    linked = {
        field.name
        for model in our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is users
    }
    staff = {"accepted_by", "undone_by", "proposed_by", "confirmed_by", "claim_released_by"}
    assert linked <= {*PEOPLE_FIELDS, *staff}


def test_a_report_stores_nothing_about_its_sender() -> None:
    report = apps.get_model("intake", "Report")
    related = {f.name for f in report._meta.concrete_fields if f.related_model is not None}
    assert related == {"unit", "about_unit"}
    assert not [
        field.name
        for field in report._meta.concrete_fields
        if re.search(r"(^|_)(ip|agent|email|cookie|device|name)(_|$)", field.name)
    ]


def test_no_page_shows_or_ranks_people() -> None:
    words = re.compile(
        r"person|author|suspect|ranking|leaderboard|watch-?list|blacklist|takedown|take-down|"
        r"xep-hang|tac-gia|danh-sach-den|theo-doi-nguoi|go-bai|like|share-quota"
    )
    seen = list(routes(get_resolver().url_patterns))
    assert len(seen) > 20
    assert [route for route in seen if words.search(route[0]) or words.search(route[1])] == []


def test_nothing_is_counted_or_grouped_by_person() -> None:
    """``.values("assignee")`` is how a ranking of people would begin."""
    calls = []
    for path, tree in our_sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "values":
                continue
            named = {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
            parts = {part for name in named for part in str(name).split("__")}
            if parts & PEOPLE_FIELDS:
                calls.append(f"{path}:{node.lineno}")
    assert calls == []


def test_banned_words_are_in_no_source_text() -> None:
    banned = [
        (path, word)
        for path, tree in our_sources()
        for text in strings(tree)
        for word in BANNED
        if word in text.lower()
    ]
    assert banned == []


def test_banned_words_are_in_no_template_and_no_catalogue() -> None:
    pages = [p for p in (ROOT / "templates").rglob("*.*") if p.suffix in (".html", ".txt", ".svg")]
    banned = [
        (path.name, word)
        for path in pages
        for word in BANNED
        if word in path.read_text(encoding="utf-8").lower()
    ]
    for catalogue in (ROOT / "locale").rglob("*.po"):
        for entry in polib.pofile(str(catalogue)):
            text = " ".join([entry.msgstr, *entry.msgstr_plural.values()]).lower()
            banned += [(catalogue.name, word) for word in BANNED if word in text]
    assert banned == []
    assert pages


def test_nobody_decides_alone(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    with pytest.raises(SecondPersonRequired):
        reviews.approve(verdict, by=cast.checker)


def test_a_unit_cannot_decide_alone_about_itself(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    with pytest.raises(SecondUnitRequired):
        reviews.approve(verdict, by=cast.own_reviewer)
    assert reviews.approve(verdict, by=cast.reviewer).reviewer_unit == cast.xa


def test_an_opinions_text_is_purged(cast: Cast, settings: Any) -> None:
    report = submit_report("Tôi thấy đồng phục năm nay xấu quá", cast.school)
    case = report.matches.get().case
    settings.OPINION_TEXT_DAYS = 0
    lifecycle.close(case, Outcome.OPINION, by=cast.checker)
    purge_closed()
    report.refresh_from_db()
    case.refresh_from_db()
    assert (report.text, case.claim, case.wordings.get().text) == ("", "", "")
    assert report.purged_at is not None


def test_true_is_a_normal_verdict(cast: Cast) -> None:
    version = published(cast, rating=Rating.TRUE)
    assert notices.listed().get() == version.notice
    assert notifications.notify_reporters(version.notice.case) == 1


def test_every_published_version_stays_public(cast: Cast) -> None:
    first = published(cast)
    notices.revise(first.notice.case, "retraction", reason="Sai nguồn", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=first.notice.case, change_reason="Sai nguồn")
    assert NoticeVersion.objects.filter(notice=first.notice).count() == 2
    assert notices.listed().count() == 1
    assert notices.corrections().count() == 1


def test_time_and_person_fields_come_in_pairs() -> None:
    alone = set()
    for model in our_models():
        names = {field.name for field in model._meta.concrete_fields}
        for name in names:
            stem, end = name.rpartition("_")[::2]
            other = {"at": "by", "by": "at"}.get(end)
            # "review_by" and "delete_after" are days to come, not stamps
            field = model._meta.get_field(name)
            is_stamp = isinstance(field, models.DateTimeField | ForeignKey)
            if stem and other and is_stamp and f"{stem}_{other}" not in names:
                alone.add(f"{model._meta.label}.{name}")
    assert alone == UNPAIRED
