"""Concerned units: which units a case's claim is about, for every rule on who may decide.

A unit counts as concerned from its proposal until two people have struck it out. A place that is
only affected, a unit that merely received a report, and the units above a concerned one are not.
"""

from factcheck.models import Case


def counting_ids(case: Case) -> set[int]:
    """Ids of the units that count as concerned now."""
    return set(case.concerns.values_list("pk", flat=True))
