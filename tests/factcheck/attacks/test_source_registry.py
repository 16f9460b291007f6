"""One school's staff try to change what counts as an official source; each must fail."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from accounts.exceptions import DomainError, NotAllowed
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import registry, sources
from factcheck.exceptions import ValidationError
from factcheck.models import Source
from tests.factories import Cast, add_evidence, case_of, make_source, submit_report

BLOG = {
    "name_vi": "Nhật ký của tôi", "domain": "toi.blog.example", "field": "education",
    "kind": "primary",
}  # fmt: skip


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(sql: str, *params: Any) -> None:
    with pytest.raises(IntegrityError, match="refused"):
        run(sql, *params)


def test_one_schools_approver_retires_the_ministry_for_all(cast: Cast) -> None:
    ministry = make_source(name_vi="Bộ Y tế", domain="moh.gov.vn", field="health")
    for user in (cast.approver, cast.own_reviewer, cast.admin):
        with pytest.raises(NotAllowed):
            registry.propose_retirement(ministry, by=user)
        with pytest.raises(NotAllowed):
            registry.change(ministry, domain="toi.blog.example", by=user)
    assert ministry in sources.active_sources()


def test_one_schools_approver_registers_a_blog_as_primary(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        registry.propose(by=cast.approver, unit=None, **BLOG)
    blog = registry.propose(by=cast.approver, unit=cast.school, **BLOG)
    act = guarded_acts.pending(GuardedKind.SOURCE_NAMED).get()
    for user in (cast.approver, cast.own_reviewer, cast.admin):
        with pytest.raises(NotAllowed):
            registry.confirm(act, by=user)
    case = lifecycle.take(case_of(submit_report(unit=cast.school)), by=cast.checker)
    with pytest.raises(ValidationError):
        add_evidence(case, cast.checker, source=blog)


def test_source_of_another_school_is_not_cited(cast: Cast) -> None:
    foreign = make_source(unit=cast.sibling)
    case = lifecycle.take(case_of(submit_report(unit=cast.school)), by=cast.checker)
    with pytest.raises(DomainError):
        add_evidence(case, cast.checker, source=foreign)
    add_evidence(case, cast.checker, source=make_source(unit=cast.xa))


def test_plain_sql_names_changes_or_retires_no_source(cast: Cast) -> None:
    source = make_source()
    refused("UPDATE factcheck_source SET domain = 'toi.blog.example' WHERE id = %s", source.pk)
    refused("UPDATE factcheck_source SET kind = 'international' WHERE id = %s", source.pk)
    refused("UPDATE factcheck_source SET valid_to = '2099-01-01' WHERE id = %s", source.pk)
    refused("UPDATE factcheck_source SET is_confirmed = false WHERE id = %s", source.pk)
    refused("DELETE FROM factcheck_source WHERE id = %s", source.pk)
    columns = [field.column for field in Source._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    copied = ", ".join("'Blog'" if name == "name_vi" else f'"{name}"' for name in columns)
    refused(
        f"INSERT INTO factcheck_source ({names}) SELECT {copied} FROM factcheck_source "
        "WHERE id = %s",
        source.pk,
    )


def test_proposed_source_is_neither_confirmed_nor_cited_by_plain_sql(cast: Cast) -> None:
    blog = registry.propose(by=cast.approver, unit=cast.school, **BLOG)
    refused("UPDATE factcheck_source SET is_confirmed = true WHERE id = %s", blog.pk)
    case = lifecycle.take(case_of(submit_report(unit=cast.school)), by=cast.checker)
    item = add_evidence(case, cast.checker)
    columns = [field.column for field in type(item)._meta.concrete_fields if field.column != "id"]
    names = ", ".join(f'"{name}"' for name in columns)
    copied = ", ".join(str(blog.pk) if name == "source_id" else f'"{name}"' for name in columns)
    refused(
        f"INSERT INTO factcheck_evidence ({names}) SELECT {copied} FROM factcheck_evidence "
        "WHERE id = %s",
        item.pk,
    )
