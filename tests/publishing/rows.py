"""Published notices as rows that satisfy every rule of the database, without the workflow that
produces them (tests/factcheck covers that)."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.domain import guarded_acts
from accounts.models import Unit, UnitKind, User
from factcheck import authority
from factcheck.domain.editorial import sources
from factcheck.models import Case, CopyText, Evidence, Notice, NoticeVersion, Topic, Verdict

_numbers = count(1)
WORDS = {
    "rating": "false",
    "claim": "Công văn cho học sinh toàn tỉnh nghỉ học đến hết thứ Bảy 28/11.",
    "headline": "Học sinh đi học bình thường từ thứ Hai 23/11",
    "explanation": "Văn bản trong ảnh **không phải** văn bản của Sở.",
    "what_is_true": "- Chỉ sáu xã vùng trũng được nghỉ.\n- Từ thứ Hai mọi trường dạy bình thường.",
    "what_to_do": "Đưa con đến trường.\nKhông chuyển tiếp ảnh.",
}
CITED = {
    "source": "Sở GD&ĐT Thanh Giang",
    "source_en": "Thanh Giang Department of Education",
    "official": True,
    "stance": "refutes",
    "title": "",
    "url": "https://thanhgiang.example/cv1482",
    "quote": "Cho học sinh nghỉ học ngày 19/11 và 20/11/2026.",
    "document_number": "1482/SGDĐT-VP",
    "document_date": "2026-11-18",
    "accessed_on": "2026-11-21",
    "archive_sha256": "9f2c41d0" * 8,
}


def unit(name: str) -> Unit:
    kind, _ = UnitKind.objects.get_or_create(code="don-vi", defaults={"name_vi": "Đơn vị"})
    number = next(_numbers)
    return Unit.objects.create(
        code=f"dv-{number}", kind=kind, name=name, valid_from=date(2025, 7, 1)
    )


def person(handle: str) -> User:
    return User.objects.create(email=f"{handle}-{next(_numbers)}@example.vn", handle=handle)


def notice(slug: str, *, topic: Topic | None = None, **words: Any) -> NoticeVersion:
    """A notice with its first version."""
    number = next(_numbers)
    fields = WORDS | words
    case = Case.objects.create(
        number=number,
        unit=unit("Sở GD&ĐT Thanh Giang"),
        claim=fields["claim"],
        due_at=timezone.now(),
    )
    _cite(case)
    made = Notice.objects.create(
        case=case, slug=slug, unit=case.unit, topic=topic, search_text=f" {slug.replace('-', ' ')} "
    )
    return version(made, **words)


def version(notice: Notice, **words: Any) -> NoticeVersion:
    """The notice's next, now current version; keyword arguments replace WORDS."""
    last = notice.versions.order_by("-number").first()
    fields: dict[str, Any] = WORDS | {"kind": "correction" if last else "first"} | words
    fields.setdefault("review_by", timezone.localdate() + timedelta(days=14))
    evidence = fields.pop("evidence", [CITED])
    if last:
        fields.setdefault(
            "change_reason", "Phiên bản 1 đếm thiếu một xã. Đây là lỗi của chúng tôi."
        )
    verdict = Verdict.objects.create(
        case=notice.case, reach="publish", written_by=person("viet"),
        author_unit=unit("Cụm trường Bến Trăng"), **fields,
    )  # fmt: skip
    _approve(verdict)
    made = NoticeVersion.objects.create(
        notice=notice, number=last.number + 1 if last else 1, verdict=verdict, is_current=not last,
        published_by=person("cong-bo"), evidence=evidence, **fields,
    )  # fmt: skip
    if last:
        notice.versions.filter(is_current=True).update(is_current=False)
        made.is_current = True
        made.save(update_fields=["is_current"])
    return made


def _approve(verdict: Verdict) -> None:
    """Submitted and approved by two people, with their act."""
    verdict.state = "in_review"
    verdict.save()
    verdict.reviewed_by, verdict.reviewed_at = person("duyet"), timezone.now()
    verdict.reviewer_unit = unit("Phường Bến Trăng")
    act = authority.propose_verdict(verdict)
    guarded_acts.confirm(act, by=verdict.reviewed_by, unit=verdict.reviewer_unit)
    verdict.state = "approved"
    verdict.save()


def _cite(case: Case) -> None:
    source = sources.name_by_operator(
        name_vi=f"Sở GD&ĐT Thanh Giang {case.number}", field="police", kind="primary",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    keeper = person("luu")
    item = Evidence.objects.create(
        case=case, source=source, stance="refutes", quote=CITED["quote"], url=CITED["url"],
        accessed_on=date(2026, 11, 21), official=True, archive_state="stored",
        archive_sha256=CITED["archive_sha256"], archived_at=timezone.now(), archived_by=keeper,
        added_by=keeper, document_date=date(2026, 11, 18), provenance="fetched",
    )  # fmt: skip
    CopyText.objects.create(
        evidence=item, state="read", text=CITED["quote"], quote_match="whole",
        quote_end=len(CITED["quote"]),
    )  # fmt: skip


def full_site() -> str:
    """Ten notices of ordinary length and a long, corrected one; returns the slug of that one."""
    for number in range(10):
        notice(
            f"tin-{number}",
            headline=f"Điều đúng số {number} về lịch học, bữa ăn và học phí năm nay",
        )
    paragraph = "Văn bản nêu rõ phạm vi, mốc ngày và đơn vị chịu trách nhiệm thông báo. " * 5
    long = {
        "explanation": "\n\n".join([paragraph] * 3),
        "what_is_true": "\n".join(f"- {paragraph[:180]}" for _ in range(5)),
        "what_to_do": "\n".join(
            f"Việc nên làm số {number} khi nhận tin này." for number in range(5)
        ),
        "evidence": [CITED | {"quote": paragraph[:300]} for _ in range(6)],
    }
    first = notice("tin-dai", **long)
    return version(first.notice, **long | {"headline": "Tiêu đề đã sửa"}).notice.slug
