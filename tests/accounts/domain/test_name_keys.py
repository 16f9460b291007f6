import pytest

from accounts.domain.name_keys import name_key


@pytest.mark.parametrize(
    "name", ["Trường Đồi Sim", "TRƯỜNG  ĐỒI SIM", "truong doi sim", " Trường\tĐồi Sim "]
)
def test_key_is_the_same_however_it_is_typed(name: str) -> None:
    assert name_key(name) == "truong doi sim"
