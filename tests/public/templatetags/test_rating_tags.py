import pytest
from django.template.loader import render_to_string

from factcheck.enums import Rating
from factcheck.ratings import RATINGS
from public.templatetags.rating_tags import kt_rating


@pytest.mark.parametrize("rating", Rating.values)
def test_stored_value_leads_to_its_definition(rating: str) -> None:
    assert kt_rating(rating) is RATINGS[rating]


def test_unknown_value_is_shown_by_its_label_alone() -> None:
    assert kt_rating("unheard_of") is None
    html = render_to_string("web/verdict.html", {"definition": None, "label": "Chưa rõ"})
    assert "kt-v-none" in html
    assert "Chưa rõ" in html
