from io import StringIO

from django.core.management import call_command

from factcheck.domain.cases import lifecycle
from factcheck.enums import CaseStatus
from ops import doctor
from tests.factories import Cast, case_at, make_source


def test_doctor_names_units_cases_and_sources_that_cannot_work(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.so], by=cast.checker)
    source = make_source(is_placeholder=True)
    out = StringIO()
    call_command("doctor", stdout=out)
    report = out.getvalue()
    assert cast.so.code in report
    assert cast.school.code not in report
    assert case.code in report
    assert str(source) in report


def test_doctor_is_silent_where_nothing_is_to_mend(db: None) -> None:
    assert doctor.findings() == []
