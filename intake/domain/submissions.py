"""Submissions: what somebody sends, and its rules, the same for form, API and channels."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Unit
from channels.protocol import ContactAddress
from channels.registry import CHANNELS
from intake.domain import draft_uploads, images
from intake.domain.images import PreparedImage
from intake.enums import Origin, Reader, SeenWhen, SeenWhere
from intake.exceptions import ValidationError
from intake.models.report import QUESTION_LIMIT, TEXT_LIMIT, URL_LIMIT
from matching.links.canonical_urls import canonical_url, find_urls
from matching.text.normalisation import clean, normalise, one_line
from matching.text.word_lists import EMPTY_WORDS

# Long enough that nobody guesses one: the key leads to the receipt.
_NUMBER = re.compile(r"[0-9]{3}")  # of a document, a telephone, an amount
_LONGEST_SLIP = 20  # characters: a longer word is a text that somebody wrote without spaces
_GREETINGS = frozenset(["hi", "hello", "hey", "chào", "xin", "abc", "asdf", "ping"])
_FORM_KEY = re.compile(r"[0-9A-Za-z_-]{32,64}")


@dataclass(frozen=True)
class Submission:
    """One report as it arrives. ``sender`` is a network (``web.network.sender_of``) or an address
    and is only ever hashed; ``reader`` is a ``Reader``, "" where
    nobody chose; ``origin`` is an ``Origin`` or a channel's name; ``images`` may be
    uploads or screenshots prepared already."""

    text: str = ""
    url: str = ""
    question: str = ""
    seen_where: str = ""
    seen_when: str = ""
    language: str = "vi"
    unit: Unit | None = None
    reader: str = ""
    images: "Sequence[UploadedFile[Any] | PreparedImage]" = ()
    contact: ContactAddress | None = None
    form_key: str = ""
    origin: str = Origin.FORM
    sender: str = ""


def new_form_key() -> str:
    """Return 128 random bits: anyone with a form key can get the receipt of its report."""
    return secrets.token_hex(16)


def is_form_key(text: str) -> bool:
    """Whether a text is long and plain enough to be a form key (32–64 of A–Z a–z 0–9 _ -)."""
    return _FORM_KEY.fullmatch(text) is not None


def clean_submission(submission: Submission) -> Submission:
    """Return the submission in NFC, without NUL, surrogates or invisible characters."""
    return replace(
        submission,
        text=clean(submission.text).strip(),
        url=one_line(submission.url),
        question=one_line(submission.question),
        contact=_clean_contact(submission.contact),
    )


def _clean_contact(contact: ContactAddress | None) -> ContactAddress | None:
    address = one_line(contact.address) if contact else ""
    return replace(contact, address=address) if contact and address else None


def problems(submission: Submission, screenshots: int) -> dict[str, list[str]]:
    """Return, per field, what is wrong with a cleaned submission that has so many screenshots.

    Sentences say what to do; an empty dict means it can be taken. The contact's field is called
    ``contact_<channel>``, as in the form and in the API.
    """
    checks = (
        ("text", _text_problem(submission, screenshots)),
        ("url", _url_problem(submission.url)),
        ("question", _length_problem(submission.question, QUESTION_LIMIT)),
        _contact_problem(submission.contact),
        ("seen_where", _choice_problem(submission.seen_where, SeenWhere.values)),
        ("seen_when", _choice_problem(submission.seen_when, SeenWhen.values)),
        ("reader", _choice_problem(submission.reader, Reader.values)),
        ("form_key", _key_problem(submission.form_key)),
        ("images", _count_problem(screenshots)),
    )
    return {field: [sentence] for field, sentence in checks if sentence}


def prepared_screenshots(submission: Submission) -> list[PreparedImage]:
    """Return the screenshots kept for this form and the new ones, each once.

    Raises:
        ValidationError: with a sentence for every screenshot that cannot be taken.
    """
    uploads = draft_uploads.list_uploads(submission.form_key)
    screenshots = {screenshot.sha256: screenshot for screenshot in uploads}
    sentences: list[str] = []
    for image in submission.images:
        try:
            screenshot = image if isinstance(image, PreparedImage) else images.prepare(image)
        except ValidationError as error:
            sentences += error.errors["images"]
        else:
            screenshots[screenshot.sha256] = screenshot
    if sentences:
        raise ValidationError({"images": sentences})
    return list(screenshots.values())


def _text_problem(submission: Submission, screenshots: int) -> str:
    if len(submission.text) > TEXT_LIMIT:
        over = len(submission.text) - TEXT_LIMIT
        return _(
            "The text has %(over)s characters too many (at most 5,000). Keep the part that you "
            "doubt."
        ) % {"over": over}
    if submission.url or screenshots:
        return ""
    if submission.text:
        return "" if can_be_checked(submission.text) else too_short()
    return _("This is empty. Paste the message, add a link or choose a picture: one is enough.")


def can_be_checked(text: str) -> bool:
    """Whether a text may be more than a greeting or a slip: it has a link, a number of three or
    more digits, or at least two words of which one means something by itself."""
    if find_urls(text) or _NUMBER.search(text):
        return True
    words = normalise(text).split()
    if set(words) <= EMPTY_WORDS | _GREETINGS:
        return False
    return len(words) > 1 or len(words[0]) > _LONGEST_SLIP


def too_short() -> str:
    """What is said of a text that cannot be checked."""
    return _("This is too short to check. Paste the whole message, or add a picture of it.")


def _url_problem(url: str) -> str:
    if url and (len(url) > URL_LIMIT or not canonical_url(url)):
        return _(
            "This does not look like a web address. Copy it from the browser, for example "
            "https://example.com/page, or leave it empty."
        )
    return ""


def _length_problem(text: str, limit: int) -> str:
    if len(text) <= limit:
        return ""
    return _("This has %(over)s characters too many (at most %(limit)s). Please shorten it.") % {
        "over": len(text) - limit,
        "limit": limit,
    }


def _contact_problem(contact: ContactAddress | None) -> tuple[str, str]:
    """The name of the contact's field, and what is wrong with the address."""
    if contact is None:
        return "contact", ""
    sentence = CHANNELS[contact.channel].address_error(contact.address)
    return f"contact_{contact.channel}", sentence


def _choice_problem(value: str, values: list[str]) -> str:
    return "" if not value or value in values else _("Choose one of the answers shown.")


def _key_problem(form_key: str) -> str:
    if not form_key or is_form_key(form_key):
        return ""
    return _("The key of a submission must have 32 to 64 letters, digits, hyphens or underscores.")


def _count_problem(screenshots: int) -> str:
    if screenshots <= images.MAX_FILES:
        return ""
    return _("At most 4 pictures can be sent. Leave out %(over)s.") % {
        "over": screenshots - images.MAX_FILES
    }
