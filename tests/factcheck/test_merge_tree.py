from itertools import pairwise

import pytest

from factcheck import merge_tree
from factcheck.domain.duplicates import merging
from factcheck.models import Case
from tests.factories import RUMOUR, Cast, case_of, submit_report


@pytest.fixture
def chain(cast: Cast) -> list[Case]:
    """Four cases, each merged into the next, and one that stays alone."""
    texts = [RUMOUR.replace("28/11", f"{day}/11") for day in range(24, 29)]
    cases = [case_of(submit_report(text, cast.school)) for text in texts]
    for part, whole in pairwise(cases[:4]):
        merging.merge(part, whole, by=cast.checker)
    return list(Case.objects.order_by("pk"))


def test_canonical_case_is_the_end_of_the_chain(chain: list[Case]) -> None:
    last, alone = chain[3], chain[4]
    ids = {case.pk: merge_tree.canonical(case).pk for case in chain}
    assert ids == {**{case.pk: last.pk for case in chain[:4]}, alone.pk: alone.pk}
    assert merge_tree.canonical_ids(ids) == ids
    assert merge_tree.canonical_ids([]) == {}


def test_canonical_id_in_sql_is_the_same(chain: list[Case]) -> None:
    rows = Case.objects.filter(matches__state="confirmed")
    ids = rows.values_list("pk", merge_tree.canonical_id("matches__case"))
    assert dict(ids) == merge_tree.canonical_ids(case.pk for case in chain)


def test_group_and_depth_count_every_level(chain: list[Case]) -> None:
    assert sorted(merge_tree.group_ids(chain[3])) == [case.pk for case in chain[:4]]
    assert merge_tree.group_ids(chain[4]) == [chain[4].pk]
    assert [merge_tree.depth(case) for case in chain] == [0, 1, 2, 3, 0]
