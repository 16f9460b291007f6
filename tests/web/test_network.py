import pytest

from web.network import client_address, sender_of


@pytest.mark.parametrize(
    ("hops", "forwarded", "expected"),
    [
        (0, None, "192.0.2.0/24"),
        (0, "203.0.113.5", "192.0.2.0/24"),  # no proxy of ours wrote that header
        (1, "203.0.113.5", "203.0.113.0/24"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.0/24"),  # the left one may be forged
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.2", "203.0.113.0/24"),
        (2, "203.0.113.5", ""),  # it bypassed a proxy
        (1, "", ""),
        (1, "not an address", ""),
        (1, "2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
        (1, "::ffff:203.0.113.5", "203.0.113.0/24"),  # IPv4 as an IPv6 socket sees it
    ],
)
def test_sender_of_trusts_only_our_own_proxies(rf, settings, hops, forwarded, expected) -> None:
    settings.TRUSTED_PROXIES = hops
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    assert sender_of(rf.post("/gui/", REMOTE_ADDR="192.0.2.9", headers=headers)) == expected


def test_sender_of_a_unix_socket_is_unknown(rf) -> None:
    assert sender_of(rf.post("/gui/", REMOTE_ADDR="")) == ""


def test_client_address_is_the_one_that_the_outermost_proxy_saw(rf, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.5"})
    assert client_address(request) == "203.0.113.5"
    settings.TRUSTED_PROXIES = 3
    assert client_address(request) == ""
