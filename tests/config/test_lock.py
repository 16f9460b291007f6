"""The lock files: complete, with hashes, of no particular index, and one environment for both."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)(?: ; ([^\\]+?))? \\$", re.MULTILINE)


KINDS = ["base", "semantic", "dev", "bench"]


def pins(kind: str) -> dict[tuple[str, str], str]:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    return {(name, marker.strip()): version for name, version, marker in PIN.findall(text)}


def canonical(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("kind", KINDS)
def test_every_pin_has_hashes_and_nothing_else_is_in_the_file(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    for block in re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2]):
        first, *rest = block.strip().splitlines()
        assert re.match(r"^[a-z0-9][a-z0-9._-]*==", first), first
        assert rest
        assert all(re.match(r"^ +--hash=sha256:[0-9a-f]{64}( \\)?$", line) for line in rest), first


@pytest.mark.parametrize("kind", KINDS)
def test_no_index_is_named(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_tests_environment_has_what_production_has() -> None:
    base, dev = pins("base"), pins("dev")
    assert {key: dev.get(key) for key in base} == base


@pytest.mark.parametrize("kind", KINDS)
def test_every_dependency_is_locked(kind: str) -> None:
    wanted = list(project()["project"]["dependencies"])
    wanted += project()["project"]["optional-dependencies"].get(kind, [])
    wanted += project()["dependency-groups"].get(kind, [])
    locked = {name for name, _marker in pins(kind)}
    assert {canonical(requirement) for requirement in wanted} <= locked


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    head = text.split("[tool.")[0]
    lines = [line for line in head.splitlines() if line.startswith('    "')]
    assert len(lines) > 30
    assert [line for line in lines if not re.search(r'",\s+# \S', line)] == []


def test_psycopg2_is_the_only_postgresql_driver() -> None:
    """With psycopg 3 installed too, Django would silently take that one."""
    from django.db.backends.postgresql import psycopg_any

    assert not psycopg_any.is_psycopg3
    assert "psycopg" not in {name for name, _marker in pins("dev")}
