"""The texts of a verdict as a page shows them: paragraphs, links to the evidence, tags."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from factcheck.enums import Tag
from factcheck.models import Verdict

_REF = re.compile(r"\[([1-9]\d?)\]")


def with_refs(text: str, count: int | None) -> SafeString:
    """Text with [1], [2] as links to the numbered evidence; other numbers stay as they are.

    Without a count the evidence is not on the page, and the numbers are left out.
    """
    if count is None:
        return format_html("{}", _REF.sub("", text).rstrip())
    parts = _REF.split(text)  # plain, number, plain, number, …
    return format_html_join(
        "", "{}", ((_link(part, count) if index % 2 else part,) for index, part in enumerate(parts))
    )


def _link(number: str, count: int) -> str:
    if int(number) > count:
        return f"[{number}]"
    return format_html('<a class="kt-ref" href="#cc{}">{}</a>', number, number)


def paragraphs(verdict: Verdict, count: int | None) -> dict[str, list[SafeString]]:
    """The long texts of a verdict line by line, with links to the evidence."""
    return {
        name: [
            with_refs(line.strip().removeprefix("- "), count)
            for line in getattr(verdict, name).splitlines()
            if line.strip()
        ]
        for name in ("explanation", "what_is_true", "what_to_do")
    }


def tag_labels(verdict: Verdict) -> list[str]:
    return [str(Tag(tag).label) for tag in verdict.tags if tag in Tag.values]
