"""A page for a parent's phone stays light, fonts included."""

import pytest
from django.test import Client

from benchmarks import page_weight
from tests.publishing import rows


@pytest.mark.django_db
def test_public_pages_stay_below_the_limit(client: Client) -> None:
    for name, path in page_weight.page_paths(rows.full_site()).items():
        weight = page_weight.weigh_page(client, path)
        assert weight.fonts > 0, name
        assert weight.total < page_weight.LIMIT, (name, weight)
