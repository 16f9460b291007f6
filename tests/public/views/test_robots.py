from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.publishing import rows

pytestmark = pytest.mark.django_db


def test_robots_allows_notices_and_disallows_staff_pages(client: Client) -> None:
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").content.decode().splitlines())
    for path in ("/", "/thong-bao/di-hoc/", "/cach-kiem-chung/", "/gui/"):
        assert rules.can_fetch("*", path)
    for path in ("/ban/", "/ban/ho-so/1/", "/tra-cuu/", "/tai-khoan/login/", "/api/v1/queue"):
        assert not rules.can_fetch("*", path)


def test_sitemap_lists_open_pages_that_exist(client: Client) -> None:
    rows.notice("di-hoc")
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    addresses = [element.text or "" for element in root.iter() if element.tag.endswith("loc")]
    assert "http://testserver/thong-bao/di-hoc/" in addresses
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
