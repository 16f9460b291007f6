"""Objections of senders: "the answer is not about the message I asked about".

The objection is a row of its own and stays; what follows from it is decided by people.
"""

from django.db import transaction

from intake.domain import replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from intake.models import Report
from intake.signals import join_objected


@transaction.atomic
def object_to_answer(report: Report) -> bool:
    """Record the objection to the report's latest answer, once; False where there is no answer."""
    answer = replies.answers(report).last()
    if answer is None or not answer.claim:
        return False
    _reply, created = replies.create_reply(
        report, Stage.RECEIVED, key=ReplyKey.for_objection(answer.pk)
    )
    if created:
        join_objected.send(sender=Report, report_id=report.pk)
    return True
