import pytest
from django.db import transaction

from audit.domain.log import record
from audit.enums import FORMER_VALUES, AuditEvent
from desk.presenters.history import SHOWN, history_entries
from factcheck.enums import CaseStatus
from tests.audit.stored_rows import write_row
from tests.factories import Cast, case_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("former", "event"), FORMER_VALUES.items())
def test_history_shows_a_former_event_with_todays_label(
    cast: Cast, former: str, event: AuditEvent
) -> None:
    case = case_at(CaseStatus.NEW, cast)
    write_row(former, case, by=cast.checker)
    with transaction.atomic():
        record(event, case, by=cast.checker)
    entries, _more = history_entries(case, whole=False)
    assert [entry.text for entry in entries[:2]] == [str(event.label)] * 2
    assert entries[0].who == cast.checker.handle


def test_history_shows_an_unknown_verb_as_it_is_stored(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    write_row("case.eaten", case, by=cast.checker)
    entries, _more = history_entries(case, whole=False)
    assert entries[0].text == "case.eaten"


def test_history_shows_the_newest_rows_until_all_are_requested(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    with transaction.atomic():
        for _ in range(SHOWN):
            record(AuditEvent.CASE_TRIAGED, case, by=cast.checker, unit=cast.school)
    entries, more = history_entries(case, whole=False)
    assert (len(entries), more) == (SHOWN, True)
    assert entries[0].who == f"{cast.checker.handle}, {cast.school}"
    entries, more = history_entries(case, whole=True)
    assert len(entries) > SHOWN
    assert not more
