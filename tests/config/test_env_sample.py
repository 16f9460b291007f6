"""`.env.sample` is the one list of settings: complete, explained, and nothing in it is invented."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = (ROOT / ".env.sample").read_text()
READ = re.compile(
    r"""(?:\benv\.\w+\(\s*|_own_secret\(|environ\.get\(|environ\[)["']([A-Z_]+)["']"""
)
COMPOSE = re.compile(r"\$\{([A-Z_]+)")
# Read by name from a list, where the pattern does not see it.
BY_LIST = {"ADMIN_EMAIL", "ADMIN_PASSWORD", "UNIT_NAME"}
# Read from the environment but not settings of the product: CI and the shell set them.
OTHERS = {"CI", "PATH", "DJANGO_SETTINGS_MODULE"}


def listed() -> dict[str, str]:
    """Each variable with the comment lines right above it."""
    found, comment = {}, ""
    for line in SAMPLE.splitlines():
        if match := re.match(r"^#?([A-Z][A-Z_]+)=", line):
            found[match[1]] = comment
            continue  # a second variable may share the comment
        comment = line if line.startswith("# ") and not line.startswith("# ----") else ""
    return found


def read_by_code() -> set[str]:
    rooms = (
        *("accounts", "api", "audit", "channels", "config", "demo", "desk", "factcheck", "intake"),
        *("ops", "public", "publishing", "web"),
    )
    names = set()
    for room in rooms:
        for path in (ROOT / room).rglob("*.py"):
            names |= set(READ.findall(path.read_text()))
    return (names | BY_LIST) - OTHERS


def read_by_compose() -> set[str]:
    return set(COMPOSE.findall((ROOT / "docker-compose.yml").read_text()))


def test_every_setting_is_listed() -> None:
    assert (read_by_code() | read_by_compose()) - set(listed()) == set()


def test_every_listed_variable_is_read() -> None:
    assert set(listed()) - (read_by_code() | read_by_compose()) == set()


def test_every_variable_has_its_comment() -> None:
    assert [name for name, comment in listed().items() if not comment] == []


def test_a_copy_of_the_sample_starts() -> None:
    """What is not commented out must be harmless: empty, or for docker compose only."""
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", SAMPLE, re.MULTILINE))
    assert {name for name, value in given.items() if value} == {"DOMAIN"}
