"""A scam or a danger is never “true”: over every rating and tag, in every place that shows one."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from channels.registry import CHANNELS
from factcheck import ratings
from factcheck.domain import notifications
from factcheck.enums import Rating, Tag
from factcheck.models import NoticeVersion
from intake.domain import answer_message, replies, reports, submissions
from publishing.domain import claimreview, share
from tests.factories import make_unit
from tests.publishing import rows

pytestmark = pytest.mark.django_db

TAGS: tuple[list[Tag], ...] = ([], [Tag.SCAM], [Tag.SATIRE, Tag.IMPERSONATION])
PAIRS = [(rating, [str(tag) for tag in tags]) for rating, tags in product(Rating, TAGS)]
WARNED = [pair for pair in PAIRS if ratings.warns(*pair)]
REFUSED = [pair for pair in WARNED if ratings.refused_tags(*pair)]
# What a hurried reader takes for a yes, in either language, and the green of “true”.
YES = re.compile(
    r"là đúng|đúng là|là thật|có thật|is true|what is true|kt-v-true|--kt-ok|check-circle-fill"
    r'|"verdict": ?"true"|"ratingValue": ?5'
    r"|>\s*(?:Đúng|True)\s*<|(?:kết luận|verdict): (?:đúng|true)",
    re.IGNORECASE,
)
ADVICE = "Cúp máy ngay.\nGọi cô giáo bằng số đã lưu."


def _outputs(version: NoticeVersion) -> Iterator[tuple[str, str]]:
    """Each public text about the version, by name; of a page with other notices its own part."""
    client, path = Client(), version.notice.get_absolute_url()
    for part in ("", "v1/", "in/", "van-ban.txt"):
        address = path + part
        for language in ("vi", "en"):
            client.cookies["django_language"] = language
            response = client.get(address, headers={"accept-language": language})
            assert response.status_code == 200, address
            yield f"{address} {language}", response.content.decode()
    home = client.get("/").content.decode()
    yield "home", next(item for item in re.findall(r"<li class=\"kt-item\">.*?</h3>", home, re.S))
    for address in ("/thong-bao.atom", "/sitemap.xml"):
        yield address, client.get(address).content.decode()
    yield "api", client.get(f"/api/v1/notices/{version.notice.slug}").content.decode()
    with translation.override(version.language):
        yield "share", share.share_text(version).text + share.summary(version)
    if review := claimreview.build(version):
        yield "ClaimReview", claimreview.script(review)


def _answers(version: NoticeVersion) -> Iterator[tuple[str, str]]:
    """What whoever asked reads: the tracking page, the message, the API."""
    asked = submissions.Submission(text="Một tin để hỏi thôi ạ", unit=make_unit())
    report, receipt = (result := reports.submit(asked)).report, result.receipt
    with translation.override("vi"):
        update = notifications.update_for(version.notice.case)
    assert update is not None
    reply, _created = replies.create_reply(report, **asdict(update))
    page = Client().post("/tra-cuu/", {"code": receipt}).content.decode()
    yield "tracking", page.partition('class="kt-answer')[2].partition("</section>")[0]
    message = answer_message.compose(reply, CHANNELS["email"], is_correction=False)
    yield "message", message.body


def _breaks(rating: Rating, tags: list[str]) -> list[str]:
    version = rows.notice("tin", rating=rating, tags=tags, what_to_do=ADVICE)
    texts = [*_outputs(version), *_answers(version)]
    assert len(texts) >= 10
    return [f"{name}: {match[0]}" for name, text in texts if (match := YES.search(text))]


def test_pairs_are_those_meant() -> None:
    assert len(WARNED) == 2 * len(Rating) + 2
    assert {rating for rating, _tags in REFUSED} == {Rating.TRUE}
    assert len(REFUSED) == 2


@pytest.mark.parametrize(("rating", "tags"), REFUSED)
def test_true_beside_a_scam_cannot_be_stored(rating: Rating, tags: list[str]) -> None:
    with pytest.raises(IntegrityError, match="_tags"), transaction.atomic():
        rows.notice("tin", rating=rating, tags=tags)


@pytest.mark.parametrize(("rating", "tags"), [pair for pair in WARNED if pair not in REFUSED])
def test_no_output_joins_a_scam_with_a_yes(rating: Rating, tags: list[str]) -> None:
    assert _breaks(rating, tags) == []


def test_yes_beside_a_scam_would_be_noticed() -> None:
    version = rows.notice("tin", rating=Rating.TRUE)
    noticed = {name.split(" ")[0] for name, text in _outputs(version) if YES.search(text)}
    assert len(noticed) >= 4
