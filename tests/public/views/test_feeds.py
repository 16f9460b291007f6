from xml.etree import ElementTree

import pytest
from django.test import Client

from factcheck.models import Topic
from tests.publishing import rows

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, query: str = "") -> ElementTree.Element:
    response = client.get(f"/thong-bao.atom{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def texts(root: ElementTree.Element, path: str) -> list[str]:
    return [element.text or "" for element in root.findall(path)]


def test_feed_has_what_atom_requires(client: Client) -> None:
    rows.notice("di-hoc")
    root = feed(client)
    for name in ("id", "title", "updated"):
        assert texts(root, f"{ATOM}{name}")[0]
        assert texts(root, f"{ATOM}entry/{ATOM}{name}")[0]
    assert texts(root, f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/", "self": "http://testserver/thong-bao.atom"}


def test_feed_without_notices_is_valid(client: Client) -> None:
    assert texts(feed(client), f"{ATOM}updated")[0]


def test_entry_is_the_truth_and_its_id_outlives_a_correction(client: Client) -> None:
    first = rows.notice("di-hoc")
    before = feed(client).find(f"{ATOM}entry")
    assert before is not None
    assert texts(before, f"{ATOM}title") == ["Học sinh đi học bình thường từ thứ Hai 23/11"]
    rows.version(first.notice, headline="Tiêu đề đã sửa")
    after = feed(client).find(f"{ATOM}entry")
    assert after is not None
    assert texts(after, f"{ATOM}title") == ["Tiêu đề đã sửa"]
    assert texts(after, f"{ATOM}id") == texts(before, f"{ATOM}id")
    assert texts(after, f"{ATOM}updated") > texts(before, f"{ATOM}updated")


def test_retracted_entry_says_so(client: Client) -> None:
    first = rows.notice("di-hoc")
    rows.version(first.notice, kind="retraction", language="en")
    (title,) = texts(feed(client), f"{ATOM}entry/{ATOM}title")
    assert title.startswith("Retracted")


def test_feed_of_a_topic_contains_that_topic(client: Client) -> None:
    topic, _ = Topic.objects.get_or_create(slug="khoan-thu", defaults={"name_vi": "Khoản thu"})
    rows.notice("hoc-phi", topic=topic, headline="Học phí không tăng")
    rows.notice("nghi-hoc")
    assert texts(feed(client, "?topic=khoan-thu"), f"{ATOM}entry/{ATOM}title") == [
        "Học phí không tăng"
    ]
    assert client.get("/thong-bao.atom?topic=khong-co").status_code == 404


def test_feed_is_the_same_for_every_reader(client: Client) -> None:
    rows.notice("di-hoc")
    plain = client.get("/thong-bao.atom")
    client.cookies.load({"django_language": "en"})
    assert client.get("/thong-bao.atom").content == plain.content
    assert client.get("/thong-bao.atom", HTTP_IF_NONE_MATCH=plain["ETag"]).status_code == 304


@pytest.mark.parametrize("forbidden", ["\ufffe", "\uffff", "\x0b", "\x01", "\ufdd0"])
def test_feed_is_well_formed_whatever_an_old_notice_contains(
    client: Client, forbidden: str
) -> None:
    topic = Topic.objects.create(slug="thoi-tiet", name_vi=f"Thời{forbidden} tiết", name_en="x")
    texts = {
        "headline": f"Học{forbidden} sinh đi học",
        "claim": f"Công{forbidden} văn",
        "what_is_true": f"Vẫn{forbidden} học",
    }
    rows.notice("di-hoc", topic=topic, **texts)
    assert not [text for text in feed(client).itertext() if forbidden in text]
