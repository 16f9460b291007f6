from factcheck.domain.cases import demand
from tests.factories import (
    RUMOUR,
    Cast,
    case_of,
    submit_report,
)


def test_demand_counts_reports_senders_and_units(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR, cast.school, sender="203.0.113.0/24"))
    submit_report(RUMOUR, cast.school, sender="203.0.113.0/24")
    submit_report(RUMOUR, cast.sibling, sender="198.51.100.0/24")
    assert demand.measure(case) == demand.Demand(reports=3, senders=2, units=2)
