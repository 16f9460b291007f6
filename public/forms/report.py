"""The public form: its fields and files; the rules are in ``intake.domain.submissions``."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from intake.domain import contacts, draft_uploads, images, receipts, submissions
from intake.domain.images import PreparedImage
from intake.domain.notice_suggestions import FormAnswer
from intake.domain.submissions import Submission
from intake.enums import Origin, Reader, SeenWhen, SeenWhere
from intake.exceptions import ValidationError
from intake.models.report import TEXT_LIMIT
from matching.links.canonical_urls import canonical_url
from matching.text.normalisation import clean


class CleanField(forms.CharField):
    """Text without NUL, surrogates and invisible characters, before any validator sees it."""

    def to_python(self, value: Any) -> str:
        return super().to_python(clean(value) if isinstance(value, str) else "") or ""


class ScreenshotsInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ScreenshotsField(forms.FileField):
    """Up to four screenshots, prepared at once so that each gets its own sentence."""

    widget = ScreenshotsInput

    def clean(self, data: Any, initial: Any = None) -> list[PreparedImage]:
        prepared: list[PreparedImage] = []
        sentences: list[str] = []
        for upload in data or []:
            if isinstance(upload, UploadedFile):
                try:
                    prepared.append(images.prepare(upload))
                except ValidationError as refusal:
                    sentences += refusal.errors["images"]
        # Good screenshots are used although another one is refused: see ReportForm.screenshots.
        self.prepared = prepared
        if sentences:
            raise forms.ValidationError(sentences)
        return prepared


class ReportForm(forms.Form):
    """``seen_suggestions`` lists, by short hashes, the notices shown already: new ones are shown
    once before the report is taken."""

    text = CleanField(
        label=_("Information to be checked"),
        help_text=_("Paste the message as it is, or tell it in your words. Please leave out names, "
                    "faces and telephone numbers of pupils."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-limit": TEXT_LIMIT}),
    )  # fmt: skip
    images = ScreenshotsField(
        label=_("Screenshots"),
        help_text=_("JPEG, PNG or WebP, up to 4 pictures of 5 MB each."),
        required=False,
        widget=ScreenshotsInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "data-megabytes": 5}
        ),
    )
    seen_where = forms.ChoiceField(
        label=_("Where did you see it?"),
        choices=SeenWhere.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers shown.")},
    )
    seen_when = forms.ChoiceField(
        label=_("When did you see it?"),
        choices=SeenWhen.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers shown.")},
    )
    question = CleanField(
        label=_("What you would like to ask"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    url = CleanField(
        label=_("Link"),
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}
        ),
    )
    contact_email = CleanField(
        label=_("E-mail address for the answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    reader = forms.ChoiceField(
        label=_("Who reads this?"),
        choices=Reader.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the answers shown.")},
    )
    form_key = CleanField(required=False, widget=forms.HiddenInput)
    seen_suggestions = CleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].help_text = _(
            "Used only to send you the answer; deleted after %(days)s days."
        ) % {"days": settings.CONTACT_DAYS}

    @classmethod
    def blank(cls) -> "ReportForm":
        """A form with a key of its own."""
        return cls(initial={"form_key": submissions.new_form_key()})

    @classmethod
    def prefilled(cls, text: str) -> "ReportForm":
        """A form filled with what was typed on the front page: a bare link goes to its field."""
        text = clean(text).strip()
        field = "url" if canonical_url(text) else "text"
        return cls(initial={"form_key": submissions.new_form_key(), field: text})

    @property
    def key(self) -> str:
        """The form's key; a new one when none, or a malformed one, was sent."""
        if not hasattr(self, "_key"):
            sent = clean(self.data.get("form_key", "") or self.initial.get("form_key", ""))
            self._key = sent if submissions.is_form_key(sent) else submissions.new_form_key()
        return self._key

    @property
    def screenshots(self) -> list[PreparedImage]:
        """The new screenshots that are accepted, also when another one was refused."""
        field = self.fields["images"]
        return getattr(field, "prepared", [])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        draft_uploads.discard(self.key, self.unwanted())
        uploads = [*draft_uploads.list_uploads(self.key), *self.screenshots]
        submission = submissions.clean_submission(self.submission())
        # A refused screenshot counts as one: the person meant to send something.
        count = len({image.sha256 for image in uploads}) or len(self.errors.get("images", ()))
        for field, sentences in submissions.problems(submission, count).items():
            if not self.has_error(field):
                self.add_error(field if field in self.fields else None, sentences)
        return data

    def unwanted(self) -> list[str]:
        """SHA-256 of uploaded screenshots that the person ticked to leave out."""
        return self.data.getlist("unwanted") if hasattr(self.data, "getlist") else []

    def submission(self, *, unit: Unit | None = None, sender: str = "", language: str = "vi"
                   ) -> Submission:  # fmt: skip
        """The submission, as far as the fields could be read."""
        values = self.cleaned_data
        return Submission(
            text=values.get("text", ""),
            url=values.get("url", ""),
            question=values.get("question", ""),
            seen_where=values.get("seen_where", ""),
            seen_when=values.get("seen_when", ""),
            contact=contacts.from_email(values.get("contact_email", "")),
            images=self.screenshots,
            language=language,
            unit=unit,
            reader=values.get("reader", "") if unit else "",
            form_key=self.key,
            origin=Origin.FORM,
            sender=sender,
        )

    def has_unseen(self, suggestions: FormAnswer) -> bool:
        """Whether a notice among these was not shown above the button yet. Notes alone keep nobody
        from sending: the receipt begins with what to do."""
        seen = set(self.cleaned_data.get("seen_suggestions", "").split())
        return bool(set(field_marks(suggestions).split()) - seen)


class LookupForm(forms.Form):
    code = CleanField(
        label=_("Receipt code"),
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "kt-input--code",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "data-from-fragment": "",
            }
        ),
    )

    def clean_code(self) -> str:
        """The 24 characters of the code, whatever the case, spaces and look-alikes."""
        code = receipts.parse(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("A code has 24 letters and digits in six groups of four. Compare it with the one "
                  "you kept: O is read as 0, I and L as 1.")
            )  # fmt: skip
        return code


def field_marks(suggestions: FormAnswer) -> str:
    """Short hashes of what was shown, separated by spaces, and nothing else."""
    shown = [checked.url for checked in suggestions.claims]
    return " ".join(sorted(hashlib.sha256(one.encode()).hexdigest()[:10] for one in shown))
