"""Audit events: every kind of row in the audit record, in the past tense.

The value is what ``AuditEntry.verb`` stores and what the row's hash covers, so a value that has
been written is never changed in place: the new value goes here and the former one into
``FORMER_VALUES``, and the rows written before stay as they are.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.TextChoices):
    """One member per event, by subject; the label is the line on the history page."""

    ACCOUNT_CREATED = "account.created", _("Account created")
    ACCOUNT_PASSWORD_CHANGED = "account.password_changed", _("Password changed")
    ACCOUNT_PROFILE_CHANGED = "account.profile_changed", _("Profile changed")

    # A guarded act (accounts.models.GuardedAct), with its kind and subject in the data.
    ACT_CONFIRMED = "act.confirmed", _("Confirmed by a second person")
    ACT_DECLINED = "act.declined", _("Proposal declined")
    ACT_PROPOSED = "act.proposed", _("Proposed to a second person")
    ACT_REVOKED = "act.revoked", _("Confirmation withdrawn")
    ACT_WITHDRAWN = "act.withdrawn", _("Proposal withdrawn")

    INVITATION_ACCEPTED = "invitation.accepted", _("Invitation accepted")
    INVITATION_CANCELLED = "invitation.cancelled", _("Invitation cancelled")
    INVITATION_RESENT = "invitation.resent", _("Invitation sent again")
    INVITATION_SENT = "invitation.sent", _("Invitation sent")

    MEMBERSHIP_GRANTED = "membership.granted", _("Role granted")
    MEMBERSHIP_REVOKED = "membership.revoked", _("Role revoked")

    POOL_UNIT_ADDED = "pool.unit_added", _("Unit added to a reviewer pool")
    POOL_UNIT_REMOVED = "pool.unit_removed", _("Unit removed from a reviewer pool")

    TOKEN_ISSUED = "token.issued", _("Access token issued")
    TOKEN_REVOKED = "token.revoked", _("Access token revoked")

    UNIT_ALIAS_ADDED = "unit.alias_added", _("Other name of the unit added")
    UNIT_CREATED = "unit.created", _("Unit created")
    UNIT_IMPORTED = "unit.imported", _("Unit changed by an import")
    UNIT_LINK_ENDED = "unit.link_ended", _("Link to a unit above ended")
    UNIT_LINKED = "unit.linked", _("Linked to a unit above")
    UNIT_MADE_DEFAULT = "unit.made_default", _("Made the unit for reports without one")
    UNIT_RENAMED = "unit.renamed", _("Unit renamed")

    FAMILY_APPROVED = "family.approved", _("Scam wordings approved by a second person")
    FAMILY_DRAFTED = "family.drafted", _("Draft of scam wordings saved")
    FAMILY_RETIRED = "family.retired", _("Scam wordings retired by two people")
    FAMILY_SENT_BACK = "family.sent_back", _("Scam wordings returned for changes")
    FAMILY_SUBMITTED = "family.submitted", _("Scam wordings submitted for review")

    MESSAGE_FAILED = "message.failed", _("Message could not be delivered")
    MESSAGE_PURGED = "message.purged", _("Old messages deleted")
    MESSAGE_QUEUED = "message.queued", _("Message queued")

    CONTACT_DELETED = "contact.deleted", _("Reporter's address deleted")
    REPORT_PURGE_CANCELLED = "report.purge_cancelled", _("Deletion of a report cancelled")
    REPORT_PURGE_SCHEDULED = "report.purge_scheduled", _("Deletion of a report scheduled")
    REPORT_PURGED = "report.purged", _("Texts and pictures of a report deleted")
    REPORT_RECEIVED = "report.received", _("Report received")
    REPORTER_NOTIFIED = "reporter.notified", _("Reporter notified")

    CASE_APPROVED = "case.approved", _("Approved by a second person")
    CASE_ASSIGNED = "case.assigned", _("Assigned")
    CASE_DECIDER_FOUND = "case.decider_found", _("Somebody can decide again")
    CASE_CLAIM_WRITTEN = "case.claim_written", _("Claim written")
    CASE_CLOSED = "case.closed", _("Closed")
    CASE_ENDED_UNDECIDED = "case.ended_undecided", _("Closed: nobody independent could be found")
    CASE_EXCLUDED = "case.excluded", _("Left out of matching")
    CASE_HANDED_OVER = (
        "case.handed_over",
        _("Moved by itself to a unit that the claim is not about"),
    )
    CASE_INCLUDED_AGAIN = "case.included_again", _("Matching sees it again")
    CASE_MARKED_DIFFERENT = "case.marked_different", _("Noted as different from another case")
    CASE_MARKED_RELATED = "case.marked_related", _("Noted as related to another case")
    CASE_MARKED_UNDECIDABLE = (
        "case.marked_undecidable",
        _("Nobody can decide: somebody is being looked for"),
    )
    CASE_MERGED = "case.merged", _("Merged into another case")
    CASE_OPENED = "case.opened", _("First report received, case opened")
    CASE_PRIVATE_REPLY_SENT = "case.private_reply_sent", _("Answered to those who asked")
    CASE_PUBLISHED = "case.published", _("Published")
    CASE_PURGED = "case.purged", _("Texts deleted after their keeping time")
    CASE_REAFFIRMED = "case.reaffirmed", _("The answer still holds")
    CASE_RELEASED = "case.released", _("Put back in the queue")
    CASE_REOPENED = "case.reopened", _("Reopened")
    # Ratings that an upgrade changed: migration factcheck.0012.
    CASE_RERATED = "case.rerated", _("The upgrade changed a rating that read as a yes to a scam")
    # A published case went back to the queue; see CASE_RESURFACED for a closed one.
    CASE_REQUEUED = "case.requeued", _("An old rumour is back: in the queue again")
    CASE_RESUMED = "case.resumed", _("Checking goes on")
    # A case answered to its reporters alone stays closed and is listed as an old rumour.
    CASE_RESURFACED = (
        "case.resurfaced",
        _("An old rumour is back: does the answer still hold?"),
    )
    CASE_REVISION_ABANDONED = (
        "case.revision_abandoned",
        _("Revision stopped, the notice stays"),
    )
    CASE_REVISION_STARTED = "case.revision_started", _("Revision started")
    CASE_REVOKED = "case.revoked", _("Approval withdrawn")
    CASE_SENT_BACK = "case.sent_back", _("Returned for changes")
    CASE_SPLIT = "case.split", _("A report split off")
    CASE_SUBMITTED = "case.submitted", _("Submitted for review")
    CASE_TAKEN = "case.taken", _("Taken")
    CASE_TRIAGED = "case.triaged", _("Triage changed")
    CASE_UNMERGED = "case.unmerged", _("Merge undone")
    CASE_TITLED = "case.titled", _("Named after the words in its picture")
    CASE_URGENCY_RAISED = "case.urgency_raised", _("Became more urgent")
    CASE_WAIT_STARTED = "case.wait_started", _("Waiting for an answer")
    CASE_WITHDRAWN = "case.withdrawn", _("Taken back from review")

    # The units a claim is about (factcheck.models.ConcernedUnit).
    CONCERN_ACCEPTED = "concern.accepted", _("Accepted: the claim is about this unit")
    CONCERN_PROPOSED = "concern.proposed", _("Units proposed that the claim may be about")
    CONCERN_STRUCK = "concern.struck", _("Struck out by two people: not about this unit")

    ANSWER_RESUMED = "answer.resumed", _("The notice answers by itself again")
    ANSWER_SUSPENDED = "answer.suspended", _("Asked by many anew: the notice answers no more")
    CASE_CLAIM_RELEASED = "case.claim_released", _("Everybody may read that it is checked")
    JOIN_OBJECTED = "join.objected", _("The sender asks about another message")
    OBJECTION_DECIDED = "objection.decided", _("A sender's objection decided")
    MATCH_CONFIRMED = "match.confirmed", _("A report added")
    MATCH_LINKED = "match.linked", _("A report with the same claim joined by itself")
    MATCH_REJECTED = "match.rejected", _("A suggestion refused: not a duplicate")

    EVIDENCE_ADDED = "evidence.added", _("Evidence added")
    EVIDENCE_ARCHIVED = "evidence.archived", _("Copy archived, SHA-256 noted")
    EVIDENCE_EDITED = "evidence.edited", _("Evidence changed in the draft")
    EVIDENCE_FETCH_ASKED = "evidence.fetch_asked", _("A copy asked for again")
    EVIDENCE_READ = "evidence.read", _("Archived copy read, quotation searched")
    EVIDENCE_STATED = "evidence.stated", _("Original and quotation stated by the second person")
    EVIDENCE_WITHDRAWN = "evidence.withdrawn", _("Evidence withdrawn")

    RECONSIDERATION_ASKED = "reconsideration.asked", _("Reconsideration requested")
    RECONSIDERATION_DECIDED = "reconsideration.decided", _("Reconsideration decided")

    SOURCE_CREATED = "source.created", _("Source added")
    SOURCE_RETIRED = "source.retired", _("Source retired")
    SOURCE_SEEDED = "source.seeded", _("Source installed with the program")
    SOURCE_UPDATED = "source.updated", _("Source changed")

    VERDICT_DRAFTED = "verdict.drafted", _("Draft of the verdict saved")
    VERDICT_WITHDRAWN = "verdict.withdrawn", _("Draft discarded")

    @classmethod
    def from_stored(cls, verb: str) -> "AuditEvent | None":
        """The event a stored verb means, whether today's value or a former one."""
        if verb in FORMER_VALUES:
            return FORMER_VALUES[verb]
        return cls(verb) if verb in cls.values else None

    @property
    def stored_values(self) -> list[str]:
        """Every verb under which rows of this event are stored, today's first."""
        return [self.value, *(old for old, event in FORMER_VALUES.items() if event is self)]


# Values written before version 0.1.0, and the event each of them means.
FORMER_VALUES: Mapping[str, AuditEvent] = {
    "case.abandon_revision": AuditEvent.CASE_REVISION_ABANDONED,
    "case.answer": AuditEvent.CASE_PRIVATE_REPLY_SENT,
    "case.approve": AuditEvent.CASE_APPROVED,
    "case.assign": AuditEvent.CASE_ASSIGNED,
    "case.back": AuditEvent.CASE_RESURFACED,
    "case.close": AuditEvent.CASE_CLOSED,
    "case.different": AuditEvent.CASE_MARKED_DIFFERENT,
    "case.keep": AuditEvent.CASE_REAFFIRMED,
    "case.merge": AuditEvent.CASE_MERGED,
    "case.open": AuditEvent.CASE_OPENED,
    "case.publish": AuditEvent.CASE_PUBLISHED,
    "case.readmitted": AuditEvent.CASE_INCLUDED_AGAIN,
    "case.related": AuditEvent.CASE_MARKED_RELATED,
    "case.release": AuditEvent.CASE_RELEASED,
    "case.reopen": AuditEvent.CASE_REOPENED,
    "case.resume": AuditEvent.CASE_RESUMED,
    "case.resurface": AuditEvent.CASE_REQUEUED,
    "case.revise": AuditEvent.CASE_REVISION_STARTED,
    "case.revoke": AuditEvent.CASE_REVOKED,
    "case.send_back": AuditEvent.CASE_SENT_BACK,
    "case.submit": AuditEvent.CASE_SUBMITTED,
    "case.take": AuditEvent.CASE_TAKEN,
    "case.triage": AuditEvent.CASE_TRIAGED,
    "case.unmerge": AuditEvent.CASE_UNMERGED,
    "case.wait": AuditEvent.CASE_WAIT_STARTED,
    "case.withdraw": AuditEvent.CASE_WITHDRAWN,
    "reply.told": AuditEvent.REPORTER_NOTIFIED,
}
