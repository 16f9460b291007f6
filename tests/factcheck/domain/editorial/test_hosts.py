import pytest

from factcheck.domain.editorial import hosts
from factcheck.models import Source


@pytest.mark.parametrize(
    ("url", "belongs"),
    [
        ("https://moet.gov.vn/a", True),
        ("https://www.moet.gov.vn/a", True),
        ("http://MOET.GOV.VN./a", True),
        ("https://moet.gov.vn:8443/a", True),
        ("https://moet.gov.vn.net/a", False),
        ("https://xmoet.gov.vn/a", False),
        ("https://moet.gov.vn@guong.example/a", False),
        ("https://guong.example/moet.gov.vn", False),
        ("https://gov.vn/a", False),
        ("https://m\u043eet.gov.vn/a", False),  # a Cyrillic letter
        ("https://[moet.gov.vn/a", False),
        ("", False),
    ],
)
def test_host_belongs_to_the_domain_or_to_one_below_it(url: str, belongs: bool) -> None:
    assert hosts.belongs(url, ["moet.gov.vn"]) == belongs


def test_source_may_have_several_domains_and_paths() -> None:
    source = Source(domain="bocongan.gov.vn, mps.gov.vn who.int/vietnam")
    assert source.domains == ["bocongan.gov.vn", "mps.gov.vn", "who.int"]
    assert hosts.is_on_source("https://mps.gov.vn/a", source)
    assert hosts.is_on_source("", source) is None
    assert hosts.is_on_source("https://who.int/", Source(domain="")) is False
