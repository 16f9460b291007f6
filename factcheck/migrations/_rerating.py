"""What migration 0012 does with verdicts rated “true” beside a tag that refuses it.

A scam gets the rating “scam”. Where the tag only says that somebody impersonated somebody, nobody
has decided that it is a scam: “misleading”. Words are not touched. A verdict that a second person
has not yet published goes back to its author; a notice or a private answer goes back to the queue,
since only two people can correct it. Whoever was told “true” finds another answer first, and a
message that still waits is written again. Every case has its audit row with the former rating.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from audit.domain import chain

VERY_URGENT = 1
REFUSED = {"scam", "impersonation"}
TITLES = {
    ("scam", "vi"): "Đừng chuyển tiền, đừng đọc mã cho ai: đây là lừa đảo",
    ("scam", "en"): "Do not send money and do not read out any code: this is a scam",
    ("misleading", "vi"): "Chúng tôi đã đổi kết luận của câu trả lời này",
    ("misleading", "en"): "We have changed the verdict of this answer",
}
LABELS = {
    ("scam", "vi"): "Lừa đảo",
    ("scam", "en"): "Scam",
    ("misleading", "vi"): "Gây hiểu nhầm",
    ("misleading", "en"): "Misleading",
}
ADVICE = {
    "vi": (
        "Cúp máy hoặc ngừng nhắn. Không gửi tiền, mã, số thẻ; không mở đường dẫn.\n"
        "Tự gọi cho giáo viên hoặc người thân bằng số đã lưu từ trước.\n"
        "Lỡ chuyển tiền hoặc đọc mã: gọi ngay ngân hàng và 113 (công an)."
    ),
    "en": (
        "Hang up or stop writing. Send no money, no code, no card number; open no link.\n"
        "Call the teacher or relative yourself, on a number you saved earlier.\n"
        "Already paid or gave a code: call your bank and 113 (police) at once."
    ),
}


TOPICS = {  # a topic is set before anybody has checked: its name does not judge
    ("lua-dao", "Lừa đảo", "Scams"): ("Nghi lừa đảo", "Suspected scams"),
    ("thu-thach", "Thử thách nguy hiểm", "Dangerous challenges"): (
        "Trào lưu, thử thách",
        "Trends and challenges",
    ),
}


def rename_topics(apps, schema_editor):
    for (slug, vi, en), (new_vi, new_en) in TOPICS.items():
        rows = apps.get_model("factcheck", "Topic").objects.filter(slug=slug)
        rows.filter(name_vi=vi).update(name_vi=new_vi)
        rows.filter(name_en=en).update(name_en=new_en)


def rerate(apps, schema_editor):
    rated_true = apps.get_model("factcheck", "Verdict").objects.filter(rating="true")
    verdicts = [verdict for verdict in rated_true.order_by("pk") if REFUSED & set(verdict.tags)]
    for verdict in verdicts:
        _rerate_verdict(apps, verdict)
    if verdicts and schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # before the tables are altered


def _rerate_verdict(apps, verdict):
    version_model = apps.get_model("factcheck", "NoticeVersion")
    rating = "scam" if "scam" in verdict.tags else "misleading"
    case = apps.get_model("factcheck", "Case").objects.get(pk=verdict.case_id)
    version = version_model.objects.filter(verdict=verdict).first()
    waits = version is None and case.status in ("in_review", "approved")
    goes_back = waits and verdict.state in ("in_review", "approved")
    verdict.rating = rating
    verdict.state = "withdrawn" if goes_back else verdict.state
    verdict.save(update_fields=["rating", "state"])
    if version is not None:
        version.rating, version.rerated_on = rating, timezone.localdate()
        version.save(update_fields=["rating", "rerated_on"])
    _record(
        apps, case, "case.rerated", verdict=verdict.pk, version=version.number if version else None,
        former="true", rating=rating, returned=goes_back,
    )  # fmt: skip
    if goes_back:
        _set(case, status="checking", assignee_id=verdict.written_by_id)
    _requeue(apps, case, verdict, version)
    _answer_again(apps, case, verdict, version)


def _requeue(apps, case, verdict, version):
    """Two people look at what the public, or those who asked, were told."""
    now = timezone.now()
    soon = {"resurfaced_at": now, "due_at": now + timedelta(hours=1), "urgency": VERY_URGENT}
    if version is not None and version.is_current and case.status == "published":
        _set(case, status="new", assignee_id=None, urgency_reason="warning", **soon)
        _record(apps, case, "case.requeued", source="published", target="new")
    elif case.status == "closed" and case.outcome == "answered" and verdict.state == "approved":
        _set(case, urgency_reason="warning", **soon)
        _record(apps, case, "case.resurfaced", fields=sorted(soon))


def _set(case, **fields):
    for name, value in {**fields, "version": case.version + 1}.items():
        setattr(case, name, value)
    case.save()


def _answer_again(apps, case, verdict, version):
    """A new answer after the one that said “true”, which stays as it was written."""
    reply_model = apps.get_model("intake", "Reply")
    key = f"notice:{version.notice_id}:v{version.number}" if version else f"verdict:{verdict.pk}"
    for former in reply_model.objects.filter(key=key, verdict="true").select_related("report"):
        later = reply_model.objects.filter(report=former.report, stage="answered", pk__gt=former.pk)
        if later.exists():
            continue
        reply = reply_model.objects.create(
            report=former.report, stage="answered", key=f"rerated:{former.pk}",
            created_at=max(timezone.now(), former.created_at), url=former.url, body=former.body,
            **_words(verdict.rating, former),
        )  # fmt: skip
        _rewrite_message(apps, former, reply)
        _record(apps, former.report, "reporter.notified", stage="answered", key=reply.key,
                reply=reply.pk)  # fmt: skip


def _words(rating, former):
    language = "en" if former.report.language == "en" else "vi"
    return {
        "title": TITLES[rating, language],
        "verdict": rating,
        "verdict_label": LABELS[rating, language],
        "act_first": rating == "scam",
        "advice": former.advice or (ADVICE[language] if rating == "scam" else ""),
    }


def _rewrite_message(apps, former, reply):
    """A message that has not gone out yet says what the new answer says."""
    parts = [reply.title, reply.advice, reply.body]
    if reply.url:
        parts.append(settings.SITE_URL + reply.url)
    apps.get_model("channels", "Message").objects.filter(
        dedupe_key=f"reply:{former.pk}", state="pending", is_secret=False
    ).update(body="\n\n".join(part for part in parts if part) + "\n")


def _record(apps, subject, verb, **data):
    """An audit row of the system, chained like every other."""
    entries = apps.get_model("audit", "AuditEntry").objects
    last = entries.order_by("-id").first()
    values = {
        "at": timezone.now(),
        "actor": "system",
        "actor_unit": "",
        "verb": verb,
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "data": data,
    }
    previous = last.hash if last else chain.GENESIS
    entries.create(**values, previous_hash=previous, hash=chain.digest(values, previous))
