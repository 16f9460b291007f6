"""The guest reviewer's sign-in: the link of the invitation, and a code sent to the same address."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.domain.token_hashes import hash_token
from channels.domain.outbox import queue_message
from channels.email.channel import EmailChannel
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import GuestReview

_CODE_LIVES = timedelta(minutes=15)
_CODE_WAIT = timedelta(minutes=1)  # between two codes
_MAX_TRIES = 5  # for one code


def find(token: str) -> GuestReview | None:
    """The review this link opens; None when it is unknown, decided or over."""
    guests = GuestReview.objects.select_related("case__unit", "office", "user")
    guest = guests.filter(token_hash=hash_token(token)).exclude(token_hash="").first()
    return guest if guest and guest.is_active else None


def _hash(guest: GuestReview, code: str) -> str:
    return salted_hmac("factcheck.guest_code", f"{guest.pk}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def send_code(guest: GuestReview) -> None:
    """Send a new code of six digits; the one before stops working.

    Raises:
        WrongState: the last one was sent less than a minute ago.
    """
    guest.refresh_from_db(from_queryset=GuestReview.objects.select_for_update(no_key=True))
    now = timezone.now()
    if guest.code_sent_at and guest.code_sent_at > now - _CODE_WAIT:
        raise WrongState(_("A code was sent less than a minute ago: look into the mailbox."))
    code = f"{secrets.randbelow(10**6):06d}"
    guest.code_hash, guest.code_sent_at, guest.code_tries = _hash(guest, code), now, 0
    guest.save(update_fields=["code_hash", "code_sent_at", "code_tries"])
    queue_message(
        channel=EmailChannel.name,
        to=guest.user.email,
        subject=_("Your code for %(site)s") % {"site": settings.SITE_NAME},
        body=_("The code is %(code)s. It works for 15 minutes. Nobody will ask you for it.")
        % {"code": code},
        purpose="guest_code",
        dedupe_key=f"guest-code:{guest.code_hash}",
        secret=True,
    )


def check_code(guest: GuestReview, code: str) -> None:
    """Pass with the code that was sent; a code works once.

    Raises:
        ValidationError: a wrong, used or expired code, or too many attempts.
    """
    if not _use_code(guest, "".join(code.split())):
        raise ValidationError(_("This code is wrong or too old. Have a new one sent."))


@transaction.atomic
def _use_code(guest: GuestReview, code: str) -> bool:
    guest.refresh_from_db(from_queryset=GuestReview.objects.select_for_update(no_key=True))
    sent, guest.code_tries = guest.code_sent_at, guest.code_tries + 1
    in_time = sent is not None and sent > timezone.now() - _CODE_LIVES
    is_right = constant_time_compare(guest.code_hash, _hash(guest, code))
    passed = bool(guest.code_hash) and in_time and is_right and guest.code_tries <= _MAX_TRIES
    if passed:
        guest.code_hash = ""
    guest.save(update_fields=["code_tries", "code_hash"])
    return passed
