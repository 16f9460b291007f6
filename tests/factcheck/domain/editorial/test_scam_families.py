from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.exceptions import NotAllowed, SamePerson
from audit.domain import log
from audit.enums import AuditEvent
from factcheck.domain.editorial import family_rules, scam_families
from factcheck.enums import FamilyState, Rating, SourceField, SourceKind
from factcheck.exceptions import EvidenceMissing, SecondPersonRequired, ValidationError, WrongState
from factcheck.models import FamilyWording, ScamFamily
from tests.factories import Cast, approved_family, family_draft, make_source


def _run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def _refused(sql: str, *params: Any) -> None:
    with pytest.raises(IntegrityError):
        _run(sql, *params)


def test_family_is_written_by_one_and_approved_by_another(cast: Cast) -> None:
    family = approved_family(cast)
    assert (family.state, family.reviewed_by) == (FamilyState.APPROVED, cast.reviewer)
    assert list(scam_families.answering(cast.school.pk)) == [family]
    events = [entry.event for entry in log.history(family)]
    assert events == [
        AuditEvent.FAMILY_DRAFTED, AuditEvent.FAMILY_SUBMITTED, AuditEvent.FAMILY_APPROVED,
    ]  # fmt: skip


def test_author_does_not_approve_and_an_outsider_does_not_decide(cast: Cast) -> None:
    family = scam_families.submit(family_draft(cast), by=cast.checker)
    with pytest.raises(SecondPersonRequired):
        scam_families.approve(family, by=cast.checker)
    with pytest.raises(NotAllowed):
        scam_families.approve(family, by=cast.outsider)
    with pytest.raises(NotAllowed):
        scam_families.draft(None, unit=cast.school, name="x", rating="scam", wordings=[],
                            by=cast.outsider)  # fmt: skip


def test_returned_family_is_a_draft_with_its_reason(cast: Cast) -> None:
    family = scam_families.submit(family_draft(cast), by=cast.checker)
    with pytest.raises(ValidationError):
        scam_families.send_back(family, reason=" ", by=cast.reviewer)
    scam_families.send_back(family, reason="Thiếu bước gọi ngân hàng", by=cast.reviewer)
    assert (family.state, family.review_note) == ("draft", "Thiếu bước gọi ngân hàng")
    family_draft(cast, family=family, name="Tên mới")
    scam_families.submit(family, by=cast.checker)
    assert scam_families.approve(family, by=cast.reviewer).name == "Tên mới"


def test_family_answers_its_unit_and_those_below_it_alone(cast: Cast) -> None:
    approved_family(cast)
    assert not scam_families.answering(cast.sibling.pk).exists()
    assert not scam_families.answering(cast.xa.pk).exists()


def test_family_is_retired_by_two_people(cast: Cast) -> None:
    family = approved_family(cast)
    with pytest.raises(WrongState):
        scam_families.retire(family, by=cast.reviewer)
    scam_families.propose_retirement(family, reason="Thủ đoạn đã đổi", by=cast.checker)
    assert scam_families.answering(cast.school.pk).exists()
    assert scam_families.retire(family, by=cast.own_reviewer).state == FamilyState.RETIRED
    assert not scam_families.answering(cast.school.pk).exists()


def test_proposer_does_not_confirm_the_retirement(cast: Cast) -> None:
    from accounts.domain import memberships
    from accounts.enums import Role

    family = approved_family(cast)
    memberships.grant(cast.checker, cast.school, Role.REVIEWER, by=None)
    scam_families.propose_retirement(family, reason="x", by=cast.checker)
    with pytest.raises(SamePerson):
        scam_families.retire(family, by=cast.checker)


@pytest.mark.parametrize(
    "changed",
    [
        {"wordings": []},
        {"wordings": ["Chuyển {số tiền} {số tài khoản} ngay để mổ cho con chị đi"]},
        {"wordings": ["Chuyển {ai đó} ngay cho bệnh viện để mổ cho con"]},
        {"wordings": ["Chuyển ngay {số tiền}"]},
        {"what_to_do": "Đừng chuyển tiền.\nGọi cô giáo bằng số đã lưu."},
        {"what_to_do": "Gọi số trong tin nhắn."},
        {"what_to_do": ""},
        {"headline": ""},
        {"headline": "Không có chuyện con cấp cứu"},
        {"explanation": "Con anh chị vẫn đang học, cứ yên tâm."},
        {"explanation": "Nothing has happened to your child."},
        {"explanation": "Đúng là có kẻ gian gọi như vậy."},
        {"source": None},
        {"quote": ""},
    ],
)
def test_incomplete_or_unfit_family_is_not_submitted(cast: Cast, changed: dict[str, Any]) -> None:
    family = family_draft(cast, **changed)
    assert family_rules.missing(family)
    with pytest.raises(EvidenceMissing):
        scam_families.submit(family, by=cast.checker)


@pytest.mark.parametrize(
    ("kind", "field", "enough"),
    [
        (SourceKind.PRIMARY, SourceField.HEALTH, True),
        (SourceKind.PRIMARY, SourceField.FINANCE, True),
        (SourceKind.PRIMARY, SourceField.EDUCATION, False),
        (SourceKind.SECONDARY, SourceField.POLICE, False),
    ],
)
def test_family_needs_an_official_source_of_its_field(
    cast: Cast, kind: SourceKind, field: SourceField, enough: bool
) -> None:
    family = family_draft(cast, source=make_source(kind, field=field))
    assert (family_rules.missing(family) == []) == enough


@pytest.mark.parametrize("rating", sorted(set(Rating) - {Rating.SCAM, Rating.DANGEROUS}))
def test_only_warnings_have_families(cast: Cast, rating: Rating) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        family_draft(cast, rating=rating)


def test_plain_sql_neither_approves_nor_changes_nor_deletes(cast: Cast) -> None:
    family = scam_families.submit(family_draft(cast), by=cast.checker)
    approve = (
        "UPDATE factcheck_scamfamily SET state = 'approved', reviewed_by_id = %s,"
        " reviewed_at = written_at WHERE id = %s"
    )
    _refused(approve, cast.reviewer.pk, family.pk)
    _refused("UPDATE factcheck_scamfamily SET headline = 'x' WHERE id = %s", family.pk)
    _refused("UPDATE factcheck_familywording SET text = 'x'")
    _refused("DELETE FROM factcheck_familywording")
    _refused("DELETE FROM factcheck_scamfamily")
    _refused("INSERT INTO factcheck_familywording (family_id, text) VALUES (%s, 'x')", family.pk)
    scam_families.approve(family, by=cast.reviewer)
    _refused("UPDATE factcheck_scamfamily SET state = 'retired' WHERE id = %s", family.pk)
    _refused("UPDATE factcheck_scamfamily SET state = 'draft' WHERE id = %s", family.pk)
    assert FamilyWording.objects.count() == 1


def test_family_born_approved_is_refused(cast: Cast) -> None:
    family = family_draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScamFamily.objects.create(
            unit=cast.school, name="x", rating="scam", state="approved", written_by=cast.checker
        )
    assert ScamFamily.objects.get() == family
