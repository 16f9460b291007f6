import pytest

from matching.links.sites import PageAddress, canonical_page


@pytest.mark.parametrize(
    ("page", "canonical"),
    [
        (
            PageAddress("drive.google.com", "/drive/u/0/folders/0Bx_abcdefghijklmno"),
            PageAddress("drive.google.com", "/drive/folders/0Bx_abcdefghijklmno"),
        ),
        (
            PageAddress("drive.google.com", "/open", (("id", "0Bx"), ("usp", "sharing"))),
            PageAddress("drive.google.com", "/file/d/0Bx"),
        ),
        (
            PageAddress("vi.wikipedia.org", "/w/index.php", (("title", "Can Tho"),)),
            PageAddress("vi.wikipedia.org", "/wiki/Can_Tho"),
        ),
    ],
)
def test_canonical_page(page: PageAddress, canonical: PageAddress) -> None:
    assert canonical_page(page) == canonical
    assert canonical_page(canonical) == canonical


@pytest.mark.parametrize(
    "page",
    [
        PageAddress("a.example", "/1", (("p", "2"),)),
        PageAddress("drive.google.com", "/drive/my-drive"),
        PageAddress("vi.wikipedia.org", "/w/index.php", (("title", "Cần Thơ"),)),
    ],
)
def test_page_that_no_rule_fits_stays_as_it_is(page: PageAddress) -> None:
    assert canonical_page(page) == page
