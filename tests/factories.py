"""Test data made through the real workflow, never by writing rows behind its back.

Units, users and roles come from ``accounts.domain``; reports from ``intake``; a case reaches a
status through the transitions that lead there.
"""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.domain import links, memberships, units
from accounts.enums import LinkKind, Role
from accounts.models import ReviewerPool, Unit, UnitKind, User
from factcheck.checklist import CHECKLIST
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, merging, second_person
from factcheck.domain.editorial import (
    evidence,
    evidence_copies,
    notices,
    proof,
    reviews,
    scam_families,
    sources,
    verdicts,
)
from factcheck.domain.editorial.fetching import Page
from factcheck.domain.editorial.statements import Statement
from factcheck.enums import (
    ArchiveState,
    CaseStatus,
    Outcome,
    Rating,
    Reach,
    SourceField,
    SourceKind,
    Stance,
)
from factcheck.models import Case, Evidence, NoticeVersion, ScamFamily, Source, Verdict
from factcheck.ratings import RATINGS
from intake.domain import contacts, reports, submissions
from intake.models import Report

_serial = itertools.count(1)
SINCE = date(2025, 7, 1)
# A letter of two pages, made of letter.typ beside it.
PDF = (Path(__file__).parent / "documents" / "letter.pdf").read_bytes()
QUOTE = "Học sinh sáu xã vùng trũng nghỉ học hai ngày 19 và 20/11."
RUMOUR = (
    "Công văn 1482/BCH-VP cho học sinh toàn tỉnh Thanh Giang nghỉ học tránh lũ "
    "từ ngày 23/11/2031 đến hết ngày 28/11/2031"
)


def make_unit(
    kind: str = "school", parents: Iterable[Unit] = (), name: str = "", **kwargs: Any
) -> Unit:
    """A unit active since the two-tier administration began; the first one is the default."""
    serial = next(_serial)
    unit_kind, _created = UnitKind.objects.get_or_create(
        code=kind, defaults={"name_vi": kind, "name_en": kind}
    )
    unit = units.create(
        code=kwargs.pop("code", f"{kind.replace('_', '-')}-{serial}"),
        name=name or f"Đơn vị thử {serial}",
        kind=unit_kind,
        valid_from=SINCE,
        by=None,
        **kwargs,
    )
    for index, parent in enumerate(parents):
        link_kind = LinkKind.ADMINISTRATIVE if index == 0 else LinkKind.PROFESSIONAL
        links.link(parent, unit, link_kind, valid_from=SINCE, by=None)
    return unit


def make_user(role: Role | str | None = None, unit: Unit | None = None, handle: str = "") -> User:
    """A member of staff, with one role when a unit is given."""
    serial = next(_serial)
    user = User.objects.create_user(
        f"user{serial}@example.vn", "mat-khau-thu-1", handle=handle or f"nguoi-{serial}"
    )
    if role and unit:
        memberships.grant(user, unit, role, by=None)
    return user


@dataclass
class Cast:
    """Two schools of one commune below one department, and their staff."""

    so: Unit
    xa: Unit
    school: Unit
    sibling: Unit
    checker: User  # of the school
    colleague: User  # another checker of the school
    own_reviewer: User  # of the school
    reviewer: User  # of the commune
    approver: User  # of the school
    admin: User  # of the school
    outsider: User  # checker of the sibling school
    overseer: User  # checker of the department
    far: Unit  # a far commune that shares the schools' reviewer pool
    pooled: User  # its reviewer


def make_cast() -> Cast:
    so = make_unit("province_department", name="Sở GD&ĐT Thanh Giang")
    xa = make_unit("commune", [so], name="UBND phường Bến Trăng")
    far = make_unit("commune", [so], name="UBND xã Mây Hồ")
    school = make_unit("school", [xa, so], name="Trường Tiểu học Nắng Mai")
    sibling = make_unit("school", [xa, so], name="Trường THCS Đồi Sim")
    pool = ReviewerPool.objects.create(name=f"Cụm Bến Trăng {next(_serial)}")
    pool.units.set([school, sibling, far])
    return Cast(
        so=so,
        xa=xa,
        school=school,
        sibling=sibling,
        checker=make_user(Role.CHECKER, school),
        colleague=make_user(Role.CHECKER, school),
        own_reviewer=make_user(Role.REVIEWER, school),
        reviewer=make_user(Role.REVIEWER, xa),
        approver=make_user(Role.APPROVER, school),
        admin=make_user(Role.UNIT_ADMIN, school),
        outsider=make_user(Role.CHECKER, sibling),
        overseer=make_user(Role.CHECKER, so),
        far=far,
        pooled=make_user(Role.REVIEWER, far),
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def submit_report(
    text: str = RUMOUR, unit: Unit | None = None, *, match: bool = True, **kwargs: Any
) -> Report:
    """A report submitted, and matched as the worker would do it."""
    kwargs.setdefault("form_key", f"{next(_serial):032d}")
    kwargs.setdefault("contact", contacts.from_email(kwargs.pop("contact_email", "")))
    report = reports.submit(submissions.Submission(text=text, unit=unit, **kwargs)).report
    if match:
        matches.match_report(report)
        report.refresh_from_db()
    return report


def case_of(report: Report) -> Case:
    match = matches.current_match(report)
    assert match is not None
    return match.case


def make_source(kind: SourceKind = SourceKind.PRIMARY, **kwargs: Any) -> Source:
    serial = next(_serial)
    values = {
        "name_vi": f"Nguồn thử {serial}",
        "domain": f"nguon{serial}.example.vn",
        "field": "education",
        "valid_from": SINCE,
        **kwargs,
    }
    return sources.name_by_operator(kind=kind, **values)


def pdf(name: str = "cong-van.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def add_evidence(case: Case, by: User, stance: Stance = Stance.REFUTES, **kwargs: Any) -> Evidence:
    """A dated, quoted citation of an official source, with a copy fetched from its own address.

    With ``upload``, or without an address, the copy is handed in; ``upload=None``: there is none.
    """
    source = kwargs.pop("source", None) or make_source()
    is_fetched = not {"upload", "fetch"} & kwargs.keys() and kwargs.get("url", source.domain)
    values: dict[str, Any] = {
        "source": source,
        "stance": stance,
        "quote": QUOTE,
        "accessed_on": timezone.localdate(),
        "document_date": timezone.localdate(),
        "url": f"https://{source.domain}/van-ban",
        "upload": None if is_fetched else pdf(),
        "by": by,
        **kwargs,
    }
    if not is_fetched:
        return evidence.add(case, **values)
    item = evidence.add(case, **values)
    if item.archive_state != ArchiveState.STORED:
        evidence_copies.store_fetched(item, Page(item.url, "application/pdf", PDF))
    return item


def statements_for(verdict: Verdict) -> dict[int, Statement]:
    """What a careful reviewer states about each citation."""
    return {
        item.pk: Statement(
            compared_by_eye=True, original_seen="paper", original_where="Văn thư của Sở"
        )
        for item in proof.cited(verdict.case)
        if proof.open_points(item)
    }


# A claim about an event answers only for the event's own days.
UNDATED = "Học sinh vùng lũ được nghỉ học không cần xin phép."
TRUTH = "Học sinh đi học bình thường từ thứ Hai 23/11"


def words(rating: Rating = Rating.FALSE, **kwargs: Any) -> dict[str, Any]:
    """All fields of a complete draft."""
    definition = RATINGS.get(rating)
    return {
        "rating": rating,
        "claim": "Học sinh toàn tỉnh nghỉ học từ 23/11 đến hết 28/11.",
        "headline": "Đừng làm theo tin này" if definition and definition.act_first else TRUTH,
        "explanation": "Văn bản trong ảnh đã bị sửa mốc ngày.",
        "what_is_true": "Chỉ sáu xã vùng trũng nghỉ học, trong hai ngày.",
        "what_to_do": "Đưa con đến trường như thường lệ.",
        "why_checked": "Nhiều phụ huynh hỏi.",
        "reach": Reach.PUBLISH,
        "checklist": [*CHECKLIST, *filter(None, [definition and definition.scope])],
        "review_by": timezone.localdate() + timedelta(days=90),
        **kwargs,
    }


def draft_for(case: Case, by: User, rating: Rating = Rating.FALSE, **kwargs: Any) -> Verdict:
    """A complete draft with the evidence its rating needs."""
    stance = {
        Rating.TRUE: Stance.SUPPORTS,
        Rating.MISLEADING: Stance.CONTEXT,
        Rating.MISSING_CONTEXT: Stance.CONTEXT,
    }.get(rating, Stance.REFUTES)
    if not case.evidence.filter(withdrawn_at__isnull=True, stance=stance).exists():
        field = SourceField.POLICE if RATINGS[rating].act_first else SourceField.EDUCATION
        add_evidence(case, by, stance, source=make_source(field=field))
    return verdicts.draft(case, by=by, **words(rating, **kwargs))


def _taken(case: Case, cast: Cast) -> Case:
    return lifecycle.take(case, by=cast.checker)


def merge_by_two(case: Case, into: Case, cast: Cast) -> Case:
    """Merge a case into an answered one: the checker proposes, a colleague confirms."""
    second_person.merge(case, into, by=cast.checker)
    return second_person.confirm(*second_person.waiting(case), by=cast.colleague)


def _closed(case: Case, cast: Cast, outcome: Outcome) -> Case:
    if outcome != Outcome.ANSWERED:
        return lifecycle.close(case, outcome, by=cast.checker)
    private = {"reach": Reach.REPORTERS_ONLY, "claim": UNDATED}
    verdict = verdict_at(CaseStatus.APPROVED, cast, case=case, **private)
    return notices.reply_to_reporters(verdict, by=cast.approver)


def verdict_at(
    status: CaseStatus, cast: Cast, *, case: Case | None = None, **kwargs: Any
) -> Verdict:
    """A verdict whose case is being checked, in review, approved or published."""
    text = kwargs.pop("text", RUMOUR)
    case = case or case_of(submit_report(text, cast.school))
    if case.status == CaseStatus.NEW:
        case = _taken(case, cast)
    verdict = draft_for(case, cast.checker, kwargs.pop("rating", Rating.FALSE), **kwargs)
    if status == CaseStatus.CHECKING:
        return verdict
    verdict = verdicts.submit_for_review(verdict, by=cast.checker)
    if status == CaseStatus.IN_REVIEW:
        return verdict
    verdict = reviews.approve(verdict, statements=statements_for(verdict), by=cast.reviewer)
    if status == CaseStatus.PUBLISHED:
        notices.publish(verdict, by=cast.approver)
    return verdict


def published(cast: Cast, **kwargs: Any) -> NoticeVersion:
    """A published notice's first version."""
    return verdict_at(CaseStatus.PUBLISHED, cast, **kwargs).published


def case_at(
    status: CaseStatus, cast: Cast, *, text: str = RUMOUR, unit: Unit | None = None, **kwargs: Any
) -> Case:
    """A case of the cast's school that has reached a status; ``outcome`` for a closed one."""
    case = case_of(submit_report(text, unit or cast.school))
    if status == CaseStatus.NEW:
        return case
    if status == CaseStatus.CLOSED:
        return _closed(case, cast, Outcome(kwargs.pop("outcome", Outcome.OPINION)))
    if status == CaseStatus.MERGED:
        other = case_of(submit_report(f"Tin khác hẳn số {next(_serial)} về bữa ăn", cast.school))
        return merging.merge(case, other, by=cast.checker)
    if status in (CaseStatus.CHECKING, CaseStatus.WAITING):
        case = _taken(case, cast)
        if status == CaseStatus.WAITING:
            case = lifecycle.wait(case, "UBND phường Bến Trăng", by=cast.checker)
        return case
    return Case.objects.get(pk=verdict_at(status, cast, case=case, **kwargs).case_id)


SCAM_WORDING = (
    "Em là {người gọi} {tên} lớp {lớp}. {con} bị ngã cầu thang đang cấp cứu ở {bệnh viện}, chị "
    "chuyển ngay {số tiền} vào số tài khoản {số tài khoản}"
)


def family_draft(cast: Cast, **kwargs: Any) -> ScamFamily:
    """A complete draft of the school's checker."""
    values: dict[str, Any] = {
        "unit": cast.school,
        "name": "Con đang cấp cứu, chuyển tiền",
        "rating": Rating.SCAM,
        "wordings": [SCAM_WORDING],
        "headline": "Đừng chuyển tiền: gọi kiểm tra trước",
        "what_to_do": "Gọi cô giáo bằng số đã lưu trong máy.\nLỡ chuyển rồi: gọi ngân hàng và 113.",
        "explanation": "Bệnh viện luôn cấp cứu trước, không đòi tiền qua điện thoại.",
        "source": make_source(field=SourceField.POLICE),
        "quote": "Các cuộc gọi đòi chuyển tiền cấp cứu đều là lừa đảo.",
        "by": cast.checker,
        **kwargs,
    }
    return scam_families.draft(values.pop("family", None), **values)


def approved_family(cast: Cast, **kwargs: Any) -> ScamFamily:
    family = scam_families.submit(family_draft(cast, **kwargs), by=cast.checker)
    return scam_families.approve(family, by=cast.reviewer)
