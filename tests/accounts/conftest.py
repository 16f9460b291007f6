"""A small province: department, commune, two schools with two parents each, and their staff."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from accounts import signals
from accounts.domain import kinds, memberships, units
from accounts.enums import LinkKind, Role
from accounts.models import Unit, User

PASSWORD = "mưa-bão-cấp-12"
START = date(2026, 1, 1)


@dataclass
class Province:
    so: Unit
    xa: Unit
    school: Unit
    sibling: Unit
    users: dict[str, User] = field(default_factory=dict)

    def user(self, role: Role | None, unit: Unit | None = None, name: str = "") -> User:
        """A signed-in colleague with one role, created on first use."""
        name = name or f"{role.value if role else 'none'}-{unit.code if unit else ''}"
        if name not in self.users:
            email = f"{name}@example.vn".lower()
            self.users[name] = User.objects.create_user(email, PASSWORD, handle=name)
            if role and unit:
                memberships.grant(self.users[name], unit, role, by=None)
        return self.users[name]


@pytest.fixture
def province(db: None) -> Province:
    kinds.ensure()

    def create(code: str, name: str, kind: str, parents: dict[LinkKind, Unit]) -> Unit:
        return units.create(
            code=code, name=name, kind=kind, parents=parents, valid_from=START, by=None
        )

    so = create("so", "Sở GD&ĐT Thanh Giang", "province_department", {})
    xa = create("xa-may-ho", "Xã Mây Hồ", "commune", {LinkKind.ADMINISTRATIVE: so})
    both = {LinkKind.ADMINISTRATIVE: xa, LinkKind.PROFESSIONAL: so}
    school = create("th-nang-mai", "Trường Tiểu học Nắng Mai", "primary", both)
    sibling = create("thcs-doi-sim", "Trường THCS Đồi Sim", "lower_secondary", both)
    return Province(so, xa, school, sibling)


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("root@example.vn", PASSWORD, handle="quantri")


@pytest.fixture
def links() -> Iterator[list[str]]:
    """The plain invitation links sent through the signal, oldest first."""
    seen: list[str] = []

    def receive(sender: object, link: str, **kwargs: object) -> None:
        seen.append(link)

    signals.invited.connect(receive)
    yield seen
    signals.invited.disconnect(receive)
