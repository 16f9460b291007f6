import smtplib
import ssl

import pytest
from django.core import mail
from django.core.mail import BadHeaderError

from channels.email.channel import EmailChannel
from channels.exceptions import PermanentError, TransientError


def test_send_passes_one_plain_message_to_the_server() -> None:
    EmailChannel().send(
        recipient="a@example.vn", subject="Trả lời", body="Thân", message_id="<kt-1@h>"
    )
    message = mail.outbox[0]
    assert (message.to, message.subject, message.body) == (["a@example.vn"], "Trả lời", "Thân")
    assert message.extra_headers == {"Message-ID": "<kt-1@h>", "Auto-Submitted": "auto-generated"}
    assert message.from_email == "Kiểm Tin <kiemtin@localhost>"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.vn": (550, b"no such user")}), PermanentError),
        (smtplib.SMTPRecipientsRefused({"a@b.vn": (451, b"greylisted")}), TransientError),
        (
            smtplib.SMTPRecipientsRefused({"a@b.vn": (550, b""), "c@b.vn": (451, b"")}),
            TransientError,
        ),
        (smtplib.SMTPRecipientsRefused({}), TransientError),
        (smtplib.SMTPSenderRefused(550, b"no", "x@y.vn"), PermanentError),
        (smtplib.SMTPDataError(554, b"spam"), PermanentError),
        (smtplib.SMTPDataError(452, b"full"), TransientError),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), TransientError),
        (smtplib.SMTPServerDisconnected("gone"), TransientError),
        (ConnectionRefusedError(111, "refused"), TransientError),
        (TimeoutError("slow"), TransientError),
        (ssl.SSLError("bad"), TransientError),
        (BadHeaderError("newline"), PermanentError),
        (UnicodeEncodeError("ascii", "ộ", 0, 1, "no"), PermanentError),
        (RuntimeError("?"), TransientError),
    ],
)
def test_send_failure_is_permanent_or_transient_and_quotes_no_address(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: type[Exception]
) -> None:
    def fail(self: object) -> None:
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with pytest.raises(kind) as caught:
        EmailChannel().send(recipient="a@b.vn", subject="s", body="b", message_id="<1@h>")
    assert str(caught.value).startswith(type(error).__name__)
    assert "@" not in str(caught.value)
