"""`.env.sample` lists every setting: complete, explained, and nothing in it is unknown."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = (ROOT / ".env.sample").read_text()
READ = re.compile(r"""(?:\benv\.\w+\(\s*|_secret\(|environ\.get\(|environ\[)["']([A-Z_]+)["']""")
COMPOSE = re.compile(r"\$\{([A-Z_]+)")
# Read by name from a list, where the pattern does not see it.
BY_LIST = {"ADMIN_EMAIL", "ADMIN_PASSWORD", "UNIT_NAME"}
# In the environment but no settings of the product: CI, the shell or the product itself sets them.
OTHERS = {"CI", "PATH", "DJANGO_SETTINGS_MODULE", "OMP_NUM_THREADS"}


def listed() -> dict[str, str]:
    """Each variable with the comment lines right above it."""
    variables, comment = {}, ""
    for line in SAMPLE.splitlines():
        if match := re.match(r"^#?([A-Z][A-Z_]+)=", line):
            variables[match[1]] = comment
            continue  # a second variable may share the comment
        comment = line if line.startswith("# ") and not line.startswith("# ----") else ""
    return variables


def read_by_code() -> set[str]:
    names = set()
    packages = {path.parent for path in ROOT.glob("*/__init__.py")} - {ROOT / "tests"}
    for package in packages:
        for path in package.rglob("*.py"):
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
