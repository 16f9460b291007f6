"""Who reads a report, and what is stored of the choice."""

import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from intake.domain import readers, reports
from intake.domain.submissions import Submission
from intake.enums import Reader
from intake.exceptions import ValidationError
from intake.models import Report
from tests.factories import Cast, cast

__all__ = ["cast"]

DELICATE = "Cô giáo ở trường mình ép học thêm phải không?"
PLAIN = "Mai trường mình nghỉ tránh lũ phải không?"


def test_the_chosen_unit_receives_it_and_the_addressed_one_is_kept(cast: Cast) -> None:
    sent = Submission(text=DELICATE, unit=cast.school, reader=Reader.ELSEWHERE)
    report = reports.submit(sent).report
    assert (report.unit, report.about_unit) == (cast.xa, cast.school)
    assert report.addressed_unit == cast.school
    assert readers.reader_of(report) == Reader.ELSEWHERE


def test_the_choice_of_a_person_stands(cast: Cast) -> None:
    sent = Submission(text=DELICATE, unit=cast.school, reader=Reader.UNIT)
    report = reports.submit(sent).report
    assert (report.unit, report.about_unit) == (cast.school, None)
    assert not readers.needs_choice(sent)


def test_nobody_chose_for_a_delicate_text(cast: Cast) -> None:
    assert readers.needs_choice(Submission(text=DELICATE, unit=cast.school))
    assert readers.needs_choice(Submission(text="Đúng không?", question=DELICATE, unit=cast.school))
    assert not readers.needs_choice(Submission(text=PLAIN, unit=cast.school))
    assert not readers.needs_choice(Submission(text=DELICATE))
    assert not readers.needs_choice(Submission(text=DELICATE, unit=cast.so))


@pytest.mark.parametrize("named", [True, False])
def test_elsewhere_is_refused_where_nobody_else_reads(cast: Cast, named: bool) -> None:
    unit = cast.so if named else None
    with pytest.raises(ValidationError) as refusal:
        reports.submit(Submission(text=DELICATE, unit=unit, reader=Reader.ELSEWHERE))
    assert list(refusal.value.errors) == ["reader"]
    assert not Report.objects.exists()


def test_an_unknown_reader_is_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        reports.submit(Submission(text=PLAIN, unit=cast.school, reader="nobody"))


def test_another_reader_is_another_submission(cast: Cast) -> None:
    sent = Submission(text=DELICATE, unit=cast.school, reader=Reader.ELSEWHERE)
    report = reports.submit(sent).report
    assert reports.is_same(report, sent)
    assert reports.is_same(report, replace(sent, reader=""))
    assert not reports.is_same(report, replace(sent, reader=Reader.UNIT))
    assert not reports.is_same(report, replace(sent, unit=cast.xa))


def test_database_keeps_the_choice(cast: Cast) -> None:
    sent = Submission(text=DELICATE, unit=cast.school, reader=Reader.ELSEWHERE)
    report = reports.submit(sent).report
    for value in ("NULL", str(cast.xa.pk), str(cast.sibling.pk)):
        sql = f"UPDATE intake_report SET about_unit_id = {value} WHERE id = {report.pk}"
        with (
            pytest.raises(IntegrityError, match="refused:"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_database_refuses_the_unit_that_was_not_to_read_it(cast: Cast) -> None:
    report = reports.submit(Submission(text=PLAIN, unit=cast.school)).report
    values = {field.attname: getattr(report, field.attname) for field in Report._meta.fields}
    values |= {"id": None, "public_id": uuid.uuid4(), "form_key": "x", "receipt_hash": "x"}
    with pytest.raises(IntegrityError, match="intake_report_read_elsewhere"), transaction.atomic():
        Report.objects.create(**values | {"about_unit_id": cast.school.pk})
