"""The order of rooms covers every room: a new folder of code must be given its place."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_ROOMS = {"tests", "benchmarks"}  # they may import everything and nothing imports them


def import_linter() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def folders_with_code() -> set[str]:
    return {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir()
        and not path.name.startswith(".")
        and path.name != "var"
        and any(path.rglob("*.py"))
    }


def test_layers_hold_every_room() -> None:
    layers = import_linter()["contracts"][0]["layers"]
    listed = {room.strip() for layer in layers for room in layer.split("|")}
    assert listed == folders_with_code() - NOT_ROOMS


def test_root_packages_are_the_rooms() -> None:
    assert set(import_linter()["root_packages"]) == folders_with_code() - NOT_ROOMS


def test_no_code_lies_beside_the_rooms() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"manage.py"}


def test_no_junk_drawer_exists() -> None:
    names = {"common", "core", "utils", "services", "helpers.py", "utils.py"}
    rooms = folders_with_code() - NOT_ROOMS
    found = [
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*")
        if path.name in names
    ]
    assert found == []
