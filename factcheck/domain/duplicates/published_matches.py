"""Published notices that anybody who asks about a text is shown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from factcheck.domain.index import wordings
from factcheck.models import NoticeVersion
from matching.details.slot_diff import Difference
from matching.scoring import policy, ranking
from matching.scoring.policy import Action, Audience
from matching.scoring.ranking import Candidate, Query, RankedCandidate
from matching.scoring.topic_overlap import TopicText, topic_overlap
from matching.text.letters import fold

MAX_COMPARED = 20  # notices whose text is read, the most similar first


@dataclass(frozen=True)
class PublishedMatch:
    """A public notice for a text. ``is_same``: the text makes its claim, word for word apart from
    greetings; else it may. In differences left is the text's side, right the published claim's."""

    version: NoticeVersion
    ranked: RankedCandidate
    is_same: bool


def _current_versions(case_ids: Iterable[int]) -> dict[int, NoticeVersion]:
    current = NoticeVersion.objects.filter(notice__case_id__in=list(case_ids), is_current=True)
    return {version.notice.case_id: version for version in current.select_related("notice")}


def _claim(case_id: int, version: NoticeVersion) -> Candidate:
    published_on = timezone.localdate(version.published_at)
    return Candidate(case_id, version.claim, seen_on=published_on)


def _is_believable(difference: Difference, named: frozenset[str]) -> bool:
    """Whether a place or school of a layman's text is one: lower case makes "phường giấu à" of
    "the ward hides it". ``named``: folded words of the names in it."""
    if difference.slot not in ("places", "schools"):
        return True
    names = (fold(value.lower()).split()[-2:] for value in difference.left)
    return all(set(words) <= named for words in names)


def _compared_with_claims(
    query: Query, versions: dict[int, NoticeVersion]
) -> list[RankedCandidate]:
    """The text compared with the claims as published, each with its relevance."""
    asked = TopicText.from_text(query.text, query.units)
    named = frozenset(map(fold, asked.names))
    compared = []
    for ranked in ranking.rank(query, [_claim(*item) for item in versions.items()]):
        version = versions[ranked.key]
        whole = " . ".join(
            (version.claim, version.headline, version.what_is_true, version.explanation)
        )
        overlap = topic_overlap(
            asked, TopicText.from_text(version.claim, query.units), TopicText.from_words(whole)
        )
        compared.append(
            replace(
                ranked,
                relevance=overlap.relevance,
                elsewhere=overlap.elsewhere,
                differences=tuple(d for d in ranked.differences if _is_believable(d, named)),
            )
        )
    return compared


def published_matches(text: str, url: str = "") -> list[PublishedMatch]:
    """Public notices on what is, or may be, the claim of a text, the most likely first.

    Retracted notices are among them, so that whoever asks learns that the answer was withdrawn.
    """
    query = wordings.query_for_text(text, url, timezone.localdate())
    ranked = ranking.rank(query, wordings.candidates(query, published_only=True))
    decision = policy.decide(ranked)
    keys = list(dict.fromkeys(candidate.key for candidate in ranked))[:MAX_COMPARED]
    linked = [decision.target] if decision.target is not None else []
    versions = _current_versions([*linked, *keys])
    same = [r for r in ranked if r.key == decision.target and r.key in versions][:1]
    near = [r for r in _compared_with_claims(query, versions) if r.key != decision.target]
    shown = policy.candidates_to_show([*same, *near], Audience.PUBLIC)
    return [
        PublishedMatch(
            versions[r.key], r, decision.action is Action.LINK and r.key == decision.target
        )
        for r in shown
    ]
