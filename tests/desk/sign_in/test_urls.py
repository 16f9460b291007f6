import pytest
from django.urls import NoReverseMatch, get_resolver, reverse


@pytest.mark.parametrize(
    "name", ["signup", "email", "confirm_email", "email_verification_sent", "request_login_code"]
)
def test_pages_this_product_does_not_have_have_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"account_{name}", args=["x"] if name == "confirm_email" else [])


def test_all_account_addresses_are_below_tai_khoan() -> None:
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    for name in names:
        if name.startswith("account_"):
            pattern = get_resolver().reverse_dict.getlist(name)[0][0][0][0]
            assert pattern.startswith("tai-khoan/")
