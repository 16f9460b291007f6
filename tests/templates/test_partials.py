import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from factcheck.enums import Rating
from factcheck.ratings import RATINGS


@pytest.mark.parametrize("rating", [*Rating.values, ""])
def test_verdict_has_an_icon_and_a_word(rating: str) -> None:
    with translation.override("vi"):
        label = str(Rating(rating).label if rating else "Chưa có kết luận")
        text = render_to_string("web/verdict.html", {"definition": RATINGS.get(rating)})
    assert f"kt-v-{rating or 'none'}" in text
    assert "<svg" in text
    assert "kt-vh" in text
    assert label in text


def test_pagination_keeps_the_query(rf: RequestFactory) -> None:
    page = Paginator(range(30), 10).page(2)
    text = render_to_string("web/pagination.html", {"page_obj": page}, rf.get("/?q=a+b"))
    assert "?q=a+b&amp;page=1" in text
    assert "?q=a+b&amp;page=3" in text


@pytest.mark.django_db
def test_language_is_switched_by_a_form_without_script(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/dinh-chinh/"})
    assert response["Location"] == "/dinh-chinh/"
    assert '<html lang="en">' in client.get("/dinh-chinh/").content.decode()
