from factcheck.models.case import Case, Topic
from factcheck.models.embedding import Embedding
from factcheck.models.evidence import Evidence
from factcheck.models.match import Match, MatchingExclusion, PairDecision
from factcheck.models.notice import Notice, NoticeVersion
from factcheck.models.posting import Forgotten, IndexState, PostingBlock
from factcheck.models.reconsideration import Reconsideration
from factcheck.models.source import Source
from factcheck.models.variant import Variant
from factcheck.models.verdict import Verdict

__all__ = [
    "Case",
    "Embedding",
    "Evidence",
    "Forgotten",
    "IndexState",
    "Match",
    "MatchingExclusion",
    "Notice",
    "NoticeVersion",
    "PairDecision",
    "PostingBlock",
    "Reconsideration",
    "Source",
    "Topic",
    "Variant",
    "Verdict",
]
