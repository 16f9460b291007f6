from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    NEW = "new", _("New")
    CHECKING = "checking", _("Being checked")
    WAITING = "waiting", _("Waiting for an answer")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")


# A case is open until it is published, closed or merged; then its due time no longer matters.
ENDED_STATUSES = (CaseStatus.PUBLISHED, CaseStatus.CLOSED, CaseStatus.MERGED)
OPEN_STATUSES = tuple(status for status in CaseStatus if status not in ENDED_STATUSES)
# Nobody has submitted a verdict yet: the case may be triaged, merged or closed, and people still
# decide on suggested pairs.
TRIAGE_STATUSES = (CaseStatus.NEW, CaseStatus.CHECKING, CaseStatus.WAITING)

# Where a second person is still to come.
UNDECIDED_STATUSES = (*TRIAGE_STATUSES, CaseStatus.IN_REVIEW)


class Urgency(models.IntegerChoices):
    """Decides the due time (factcheck.domain.cases.urgency). UNSURE: the machine saw a sign of
    danger that a person has to judge."""

    VERY_URGENT = 1, _("Very urgent")
    URGENT = 2, _("Urgent")
    UNSURE = 4, _("Unclear, look soon")
    NORMAL = 3, _("Normal")


URGENCY_ORDER = (Urgency.VERY_URGENT, Urgency.URGENT, Urgency.UNSURE, Urgency.NORMAL)


class ConcernKind(models.TextChoices):
    """How a claim concerns a unit."""

    CONDUCT = "conduct", _("Its act or conduct")
    DECISION = "decision", _("It issued or decided it")
    CARE = "care", _("In its care or on its premises")
    ISSUER = "issuer", _("Issuer of the quoted or forged document")


class ConcernState(models.TextChoices):
    """Whether a unit counts as concerned: until two people have struck it out, except while it is
    only a question to the second person."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    QUESTION = "question", _("A question to the second person")
    STRUCK = "struck", _("Struck out")


class ConcernOrigin(models.TextChoices):
    """Where a concerned unit was read, or that a checker named it."""

    TEXT = "text", _("Text of the first report")
    PICTURE = "picture", _("Words in a picture")
    LATER_REPORT = "later_report", _("A later report")
    REPORTER = "reporter", _("Unit the reporter chose and the text points to")
    CLAIM = "claim", _("The written claim")
    CHECKER = "checker", _("A checker")


class KeyKind(models.TextChoices):
    """What may answer by itself once two people have confirmed it."""

    ADDRESS = "address", _("Address of a page")


class Outcome(models.TextChoices):
    """Why a case was closed without a public notice."""

    ANSWERED = "answered", _("Answered to those who asked")
    OPINION = "opinion", _("Not checkable (opinion)")
    PERSONAL = "personal", _("Personal matter")
    SPAM = "spam", _("Spam")
    EMERGENCY = "emergency", _("Emergency")
    # Computed, never chosen: see factcheck.domain.cases.undecidable.
    UNDECIDABLE = "undecidable", _("Cannot be decided here")


class MatchState(models.TextChoices):
    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class PairKind(models.TextChoices):
    """A person's decision about two cases."""

    MERGED = "merged", _("Merged")
    DIFFERENT = "different", _("Not a duplicate")
    RELATED = "related", _("Related")
    SPLIT = "split", _("Split")


class SourceKind(models.TextChoices):
    PRIMARY = "primary", _("Primary source")
    OFFICIAL_MEDIA = "official_media", _("Official media")
    INTERNATIONAL = "international", _("International organisation")
    SECONDARY = "secondary", _("Secondary source")


class SourceField(models.TextChoices):
    """The subject a source is competent for."""

    EDUCATION = "education", _("Education")
    HEALTH = "health", _("Health")
    GOVERNMENT = "government", _("Government")
    LAW = "law", _("Law")
    POLICE = "police", _("Police")
    CHILD_SAFETY = "child_safety", _("Child safety")
    CYBER = "cyber", _("Online safety")
    FINANCE = "finance", _("Finance")
    WEATHER = "weather", _("Weather and disasters")
    MEDIA = "media", _("Media")


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


class ArchiveState(models.TextChoices):
    NONE = "none", _("No archived copy")
    PENDING = "pending", _("Being fetched")
    STORED = "stored", _("Archived")
    FAILED = "failed", _("Could not be fetched")


class Provenance(models.TextChoices):
    """Where an archived copy came from. Only the first two prove anything by themselves."""

    FETCHED = "fetched", _("Fetched by us from the source")
    SIGNED = "signed", _("Digitally signed by the source")
    HANDED_IN = "handed_in", _("Handed in by the checker")


class QuoteMatch(models.TextChoices):
    """What a search for the quotation in the text of the archived copy gave."""

    WHOLE = "whole", _("Found word for word")
    PART = "part", _("Found, but it cuts a sentence")
    HIDDEN = "hidden", _("Only in words that cannot be seen")
    ABSENT = "absent", _("Not found")


class OriginalSeen(models.TextChoices):
    """How the second person saw the original of a copy that was handed in."""

    ADDRESS = "address", _("At the source’s own address")
    PAPER = "paper", _("On paper, at the office")
    PHONE = "phone", _("By phone, through the office’s public number")


class Rating(models.TextChoices):
    TRUE = "true", _("True")
    FALSE = "false", _("False")
    PARTLY_FALSE = "partly_false", _("Partly false")
    MISLEADING = "misleading", _("Misleading")
    MISSING_CONTEXT = "missing_context", _("Missing context")
    OUTDATED = "outdated", _("Outdated")
    SCAM = "scam", _("Scam")
    DANGEROUS = "dangerous", _("Dangerous")
    UNVERIFIABLE = "unverifiable", _("Unverifiable for now")
    OPINION = "opinion", _("Not checkable (opinion)")


class VerdictState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned for changes")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class VerdictKind(models.TextChoices):
    """What an approved verdict becomes when published."""

    FIRST = "first", _("Notice")
    CORRECTION = "correction", _("Correction")
    RETRACTION = "retraction", _("Retraction")


class Reach(models.TextChoices):
    """Whether the verdict is published or only sent to its reporters.

    The answer to the amplification check: would a notice spread the rumour further than it has
    spread by itself?
    """

    PUBLISH = "publish", _("Publish a notice")
    REPORTERS_ONLY = "askers_only", _("Answer the askers only")


class Tag(models.TextChoices):
    FORGED_DOCUMENT = "forged_document", _("Forged document")
    EDITED_MEDIA = "edited_media", _("Edited image or video")
    IMPERSONATION = "impersonation", _("Impersonation")
    SCAM = "scam", _("Scam")
    SATIRE = "satire", _("Satire")


class RequestState(models.TextChoices):
    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Notice kept")
    ACCEPTED = "accepted", _("Case reopened")
    UNDECIDED = "undecided", _("Cannot be decided here")  # computed, never chosen


class ObjectionState(models.TextChoices):
    """What became of a sender's objection to the case their report was joined to."""

    OPEN = "open", _("Open")
    SPLIT = "split", _("Split off")
    KEPT = "kept", _("Same message")


class FamilyState(models.TextChoices):
    """Of a family of scam wordings: only an approved one answers."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    RETIRED = "retired", _("Retired")
