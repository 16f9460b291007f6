from factcheck.models.case import Case, Topic
from factcheck.models.evidence import Evidence
from factcheck.models.match import Match, PairDecision
from factcheck.models.notice import Notice, NoticeVersion
from factcheck.models.reconsideration import Reconsideration
from factcheck.models.source import Source
from factcheck.models.variant import Posting, Variant
from factcheck.models.verdict import Verdict

__all__ = [
    "Case",
    "Evidence",
    "Match",
    "Notice",
    "NoticeVersion",
    "PairDecision",
    "Posting",
    "Reconsideration",
    "Source",
    "Topic",
    "Variant",
    "Verdict",
]
