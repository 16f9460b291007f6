"""What other rooms may hear from this one."""

from django.dispatch import Signal

# A notice version became public; sent after the commit with ``version_id``.
notice_published = Signal()
