from factcheck.models.case import Case, Topic
from factcheck.models.claim_key import ClaimKey
from factcheck.models.concerned_unit import ConcernedUnit
from factcheck.models.embedding import Embedding
from factcheck.models.evidence import CopyText, Evidence, EvidenceStatement
from factcheck.models.guest_review import GuestReview
from factcheck.models.join_objection import JoinObjection
from factcheck.models.match import Match, MatchingExclusion, PairDecision
from factcheck.models.notice import Notice, NoticeVersion
from factcheck.models.posting import IndexState, PendingRemoval, PostingBlock
from factcheck.models.reconsideration import Reconsideration
from factcheck.models.scam_family import FamilyWording, ScamFamily
from factcheck.models.source import Source
from factcheck.models.verdict import Verdict
from factcheck.models.wording import Wording

__all__ = [
    "Case",
    "ClaimKey",
    "ConcernedUnit",
    "CopyText",
    "Embedding",
    "Evidence",
    "EvidenceStatement",
    "FamilyWording",
    "GuestReview",
    "IndexState",
    "JoinObjection",
    "Match",
    "MatchingExclusion",
    "Notice",
    "NoticeVersion",
    "PairDecision",
    "PendingRemoval",
    "PostingBlock",
    "Reconsideration",
    "ScamFamily",
    "Source",
    "Topic",
    "Verdict",
    "Wording",
]
