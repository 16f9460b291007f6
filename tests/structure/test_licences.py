"""Every package that is installed to run has a licence that fits ours."""

import tomllib

from tests.structure import licences, paths


def test_locked_packages_fit_our_licence() -> None:
    named = licences.licences()
    assert len(named) > 40
    assert licences.incompatible(named) == []


def test_unknown_and_missing_licences_are_reported() -> None:
    wrong = licences.incompatible(
        {
            "a": "MIT",
            "b": "Commercial",
            "c": "",
            "d": "GPL-3.0-only",
            "e": "BSD-3-Clause OR GPL-2.0",
        }
    )
    assert [sentence.partition(":")[0] for sentence in wrong] == ["b", "c", "d"]


def test_our_own_licence_is_said_alike_everywhere() -> None:
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "EUPL-1.2"
    text = (paths.ROOT / "LICENSE").read_text()
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert all(f"\n{article}." in text for article in range(1, 16))
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text
