"""A mail server that keeps the messages it accepts, and can be made to stall before that."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default


class Mailbox:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._messages: list[EmailMessage] = []
        self._open = threading.Event()
        self._open.set()
        self.stalled = 0  # messages that clients tried to send while it stalled

    @property
    def messages(self) -> list[EmailMessage]:
        with self._lock:
            return list(self._messages)

    def empty(self) -> None:
        with self._lock:
            self._messages.clear()
            self.stalled = 0

    @contextmanager
    def stalling(self) -> Iterator[None]:
        """Inside the block the command DATA gets no reply: the message is not accepted yet."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def _wait(self) -> None:
        if not self._open.is_set():
            with self._lock:
                self.stalled += 1
            self._open.wait()

    def _keep(self, data: bytes) -> None:
        message = email.message_from_bytes(data, policy=default)
        assert isinstance(message, EmailMessage)
        with self._lock:
            self._messages.append(message)

    def serve(self, stream: socketserver.StreamRequestHandler) -> None:
        """As much SMTP as a mail client needs."""
        stream.wfile.write(b"220 ready\r\n")
        while line := stream.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"QUIT":
                stream.wfile.write(b"221 bye\r\n")
                return
            if command != b"DATA":
                stream.wfile.write(b"250 ok\r\n")
                continue
            self._wait()
            stream.wfile.write(b"354 go on\r\n")
            lines: list[bytes] = []
            while (part := stream.rfile.readline()) and part != b".\r\n":
                lines.append(part.removeprefix(b"."))
            if not part:  # the sender is gone before the end: not accepted
                return
            self._keep(b"".join(lines))
            stream.wfile.write(b"250 accepted\r\n")


@contextmanager
def running() -> Iterator[tuple[Mailbox, str]]:
    """The mailbox and the EMAIL_URL that leads to it."""
    mailbox = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            try:
                mailbox.serve(self)
            except ConnectionError:  # a worker was killed
                return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
        thread.start()
        try:
            yield mailbox, f"smtp://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
