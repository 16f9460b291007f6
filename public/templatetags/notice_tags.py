"""A notice's parts as its page shows them."""

from django import template
from django.utils.safestring import SafeString

from factcheck.models import NoticeVersion
from publishing.domain import notice_content, render

register = template.Library()


@register.filter
def kt_tags(version: NoticeVersion) -> list[str]:
    """A version's tags in words."""
    return notice_content.tags(version)


@register.filter
def kt_headline(version: NoticeVersion) -> str:
    """A version's headline; a retraction's says that it is one."""
    return notice_content.headline(version)


@register.filter
def kt_html(text: str) -> SafeString:
    """A notice's text as safe HTML."""
    return render.html(text)


@register.filter
def kt_items(text: str) -> list[SafeString]:
    """A notice's text line by line, each as safe HTML."""
    return render.items(text)


@register.filter
def kt_overdue(version: NoticeVersion) -> str:
    """A sentence where a version's review day is past; "" otherwise."""
    return notice_content.overdue(version)
