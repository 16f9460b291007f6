"""Families of scam wordings of the demo, approved by two people of their team."""

import tomllib
from typing import Any

from django.db.models import Q

from accounts.models import Unit
from demo import organisation, stories
from factcheck.domain.editorial import scam_families
from factcheck.models import Source


def create() -> None:
    path = stories.DATA / "families.toml"
    for raw in tomllib.loads(path.read_text(encoding="utf-8"))["family"]:
        _create(raw)


def _create(raw: dict[str, Any]) -> None:
    team = organisation.TEAMS[raw.pop("team")]
    unit = Unit.objects.get(code=raw.pop("unit"))
    name = raw.pop("source")
    source = Source.objects.get(Q(domain=name) | Q(name_vi=name))
    author = organisation.account(team.checker)
    family = scam_families.draft(None, unit=unit, source=source, by=author, **raw)
    scam_families.submit(family, by=author)
    scam_families.approve(family, by=organisation.account(team.reviewer))
