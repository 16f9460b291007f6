from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.forms.base import DeskForm
from factcheck.domain.editorial import proof
from factcheck.domain.editorial.statements import WHERE_LIMIT, Statement
from factcheck.enums import OriginalSeen, Provenance
from factcheck.models import Evidence

_NOTE = {"rows": 3, "class": "kt-input--s"}


class StatementForm(DeskForm):
    """What the reviewer states about one citation; only the questions that are open."""

    by_eye = forms.BooleanField(
        label=_("I compared the quotation with the original by eye, word for word"), required=False
    )
    seen = forms.ChoiceField(
        label=_("Where did you see the original?"),
        choices=[("", "---------"), *OriginalSeen.choices],
        required=False,
    )
    where = forms.CharField(
        label=_("Address, office or public number"),
        help_text=_("Published with the notice. Never a person’s name."),
        max_length=WHERE_LIMIT,
        required=False,
    )
    nobody = forms.BooleanField(
        label=_("The public may open the copy: it names no pupil or private person"),
        required=False,
    )

    own_letter = forms.BooleanField(
        label=_("This is our unit’s own document, and it says how the copy going round differs"),
        help_text=_("The notice says openly that the issuing unit confirmed this itself."),
        required=False,
    )

    def __init__(
        self, *args: Any, item: Evidence, is_own_letter: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix=f"citation{item.pk}", **kwargs)
        self.points = proof.open_points(item)
        if not is_own_letter:
            del self.fields["own_letter"]
        if not self.points.compare_by_eye:
            del self.fields["by_eye"]
        if not self.points.see_original:
            del self.fields["seen"], self.fields["where"]
        if not (item.archive_sha256 and item.official):
            del self.fields["nobody"]
        elif item.provenance == Provenance.HANDED_IN:
            self.fields["nobody"].help_text = _(
                "Not for a scan with a seal or a signature that the office has not published."
            )
        for field in self.fields.values():
            field.widget.attrs["form"] = "quyet-dinh"  # it stands outside that form

    def require(self) -> None:
        """Add an error for every open question without an answer; called for an approval."""
        data = self.cleaned_data
        if self.points.compare_by_eye and not data.get("by_eye"):
            self.add_error("by_eye", _("Confirm it, or return the verdict to the checker."))
        if self.points.see_original and not (data.get("seen") and data.get("where")):
            self.add_error("where", _("State where the original was seen."))

    @property
    def statement(self) -> Statement:
        data = self.cleaned_data
        return Statement(
            compared_by_eye=bool(data.get("by_eye")),
            original_seen=data.get("seen", ""),
            original_where=data.get("where", ""),
            names_nobody=bool(data.get("nobody")),
            own_letter=bool(data.get("own_letter")),
        )


class ReviewForm(DeskForm):
    """One form, two buttons. To approve, the reviewer declares no conflict, has read every
    citation and states what the machine could not prove; to send it back, only the reason is
    needed."""

    conflict = forms.ChoiceField(
        label=_("Conflict of interest"),
        help_text=_("Is the claim about your own school, unit or work?"),
        choices=[("no", _("No")), ("yes", _("Yes, another reviewer should decide"))],
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("To the checker"),
        help_text=_("Required when you return it: what should be changed?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={**_NOTE}),
    )
    read = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    decision = forms.ChoiceField(
        choices=[("approve", ""), ("send_back", "")], widget=forms.HiddenInput
    )

    def __init__(
        self,
        data: Any = None,
        *,
        evidence: Iterable[Evidence],
        strikes: Mapping[int, str] | None = None,
        keys: Mapping[int, str] | None = None,
        own_letters: Collection[int] = (),
        kinds: Mapping[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``strikes``: id of each concerned unit proposed to be struck out, with its name;
        ``keys``: id of each address proposed as a key, with the address; ``own_letters``: ids of
        the evidence that is a document of the reviewer's own unit, which the claim is about;
        ``kinds``: id of each concerned unit with a weaker kind proposed, with both names."""
        super().__init__(data, **kwargs)
        self.citations = {
            item.pk: StatementForm(data, item=item, is_own_letter=item.pk in own_letters)
            for item in evidence
        }
        if own_letters:
            self._name_own_letter()
        numbers = [(str(pk), pk) for pk in self.citations]
        self.fields["read"].choices = numbers  # type: ignore[attr-defined]
        self.strikes = {f"strike_{pk}": pk for pk in strikes or {}}
        self._add_strikes((strikes or {}).values())
        self._add_keys(keys or {})
        self._add_kinds(kinds or {})

    def _add_keys(self, keys: Mapping[int, str]) -> None:
        self.fields["keys"] = forms.TypedMultipleChoiceField(
            label=_("Does the claim itself stand at this address?"),
            help_text=_("Whoever sends one of those ticked alone is answered at once."),
            choices=list(keys.items()),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def _name_own_letter(self) -> None:
        self.fields["conflict"].choices = [  # type: ignore[attr-defined]
            ("no", _("No, except that a copy of our own document goes round")),
            ("yes", _("Yes, another reviewer should decide")),
        ]

    def _add_kinds(self, kinds: Mapping[int, str]) -> None:
        self.fields["kinds"] = forms.TypedMultipleChoiceField(
            label=_("Does the claim concern the unit only in this way?"),
            help_text=_("For what is ticked, the unit's own word can be evidence."),
            choices=list(kinds.items()),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def _add_strikes(self, units: Iterable[str]) -> None:
        for name, unit in zip(self.strikes, units, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=_("Is the claim about %(unit)s?") % {"unit": unit},
                choices=[("no", _("No, strike it out")), ("yes", _("Yes, it stays"))],
                required=False,
                widget=forms.RadioSelect,
            )

    @property
    def strike_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.strikes]

    @property
    def struck(self) -> list[int] | None:
        """Ids of the concerned units to strike out; None where not every question is answered."""
        answers = {pk: self.cleaned_data.get(name) for name, pk in self.strikes.items()}
        if not all(answers.values()):
            return None
        return [pk for pk, answer in answers.items() if answer == "no"]

    @property
    def approves(self) -> bool:
        return self.cleaned_data["decision"] == "approve"

    @property
    def statements(self) -> dict[int, Statement]:
        """What is stated about each citation, by the id of its evidence."""
        return {pk: citation.statement for pk, citation in self.citations.items()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == "send_back":
            if not data.get("note"):
                self.add_error("note", _("Write what should be changed."))
        elif data.get("conflict") != "no":
            self.add_error(
                "conflict",
                _("Then another reviewer has to decide; nothing was changed.")
                if data.get("conflict")
                else _("Say whether the claim is about your own school, unit or work."),
            )
        elif self.struck is None:
            self.add_error(None, _("Say of each unit named above whether the claim is about it."))
        elif {str(pk) for pk in self.citations} - set(data.get("read", [])):
            self.add_error(
                None,
                _("Read every citation, with the sentences around its quotation, and tick it."),
            )
        if data.get("decision") == "approve":
            self._require_statements()
        return data

    def _require_statements(self) -> None:
        for number, citation in enumerate(self.citations.values(), start=1):
            if citation.is_valid():
                citation.require()
            for error in (text for texts in citation.errors.values() for text in texts):
                self.add_error(
                    None,
                    _("Evidence %(number)s: %(error)s") % {"number": number, "error": error},
                )


class DecisionForm(DeskForm):
    """The answer to a request for reconsideration; public, like the request's reason."""

    accept = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("no", _("Keep the notice")), ("yes", _("Reopen the case"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label=_("Reason"),
        help_text=_("Shown publicly with the notice. No names."),
        max_length=2000,
        widget=forms.Textarea(attrs={**_NOTE}),
    )
