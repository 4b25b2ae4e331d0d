"""A request gets a thread of the web server only when all of it has arrived.

Gunicorn's threaded worker gives a connection a thread as soon as its first byte is there, and the thread then waits
for the rest. Eight forms sent a byte a second hold all eight threads of the site, and with them every page and
``/healthz``. Here the loop that watches the connections gathers what arrives; a slow sender costs some memory.
"""

from __future__ import annotations

import re
import time
from functools import cache, partial
from selectors import EVENT_READ
from socket import SHUT_WR
from typing import Any

from django.template import loader
from gunicorn.workers.gthread import ThreadWorker

LONGEST_HEAD = 65_536  # beyond that we leave it to gunicorn to refuse the request
LARGEST_BODY = 10_000_000
LARGEST_TOGETHER = 64_000_000  # for all requests that one process is gathering
SILENCE_SECONDS = 10.0  # from a connection to its first byte
PATIENCE_SECONDS = 60.0  # for one request from its first byte to its last
AT_ONCE = 65_536

TOO_MUCH = "503 Service Unavailable"
TOO_LARGE = "413 Content Too Large"
HEAD_ENDS = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*(?=\r\n|$)")


class Refused(Exception):
    """We do not wait for the request; ``status`` is the HTTP status that says why."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


def is_whole(arrived: bytearray) -> bool:
    """Whether a thread can deal with the request without waiting for its sender."""
    end = arrived.find(HEAD_ENDS)
    if end < 0:
        return len(arrived) > LONGEST_HEAD
    head = bytes(arrived[:end]).lower()
    if b"\r\ntransfer-encoding:" in head:  # browsers and buffering proxies send the length
        raise Refused("411 Length Required")
    lengths = LENGTH.findall(head)
    if len(lengths) != 1:  # no body; or two lengths, which gunicorn refuses
        return True
    if int(lengths[0]) > LARGEST_BODY:
        raise Refused(TOO_LARGE)
    return len(arrived) - end - len(HEAD_ENDS) >= int(lengths[0])


@cache
def too_large_page() -> bytes:
    """For whoever sent files that are too large: no view ever sees them."""
    return loader.render_to_string("413.html", {"largest": LARGEST_BODY // 1_000_000}).encode()


class PatientWorker(ThreadWorker):
    """Gunicorn's threaded worker, with the gathering before ``enqueue_req``, which every request passes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[Any, float] = {}  # connection: the latest moment for its last byte

    def enqueue_req(self, conn: Any) -> None:
        """A new connection, one kept open that has something to say, or one that sent two requests at once."""
        conn.is_refused = False
        conn.arrived = bytearray(conn.parser.unreader.take_buffered() if conn.parser else b"")
        conn.sock.setblocking(False)
        patience = PATIENCE_SECONDS if conn.arrived else SILENCE_SECONDS
        self.arriving[conn] = time.monotonic() + patience
        if not self.gather(conn):
            self.poller.register(conn.sock, EVENT_READ, partial(self.on_more, conn))

    def on_more(self, conn: Any, _sock: Any) -> None:
        if self.gather(conn):
            self.poller.unregister(conn.sock)

    def gather(self, conn: Any) -> bool:
        """Read what is there. True if no more will come: the request is whole, refused or broken off."""
        if conn.is_refused:
            return self.discard(conn)
        try:
            over = False
            while not over and not is_whole(conn.arrived):
                piece = conn.sock.recv(AT_ONCE)
                if not conn.arrived:
                    self.arriving[conn] = time.monotonic() + PATIENCE_SECONDS
                conn.arrived += piece
                over = not piece  # gunicorn's parser knows what to do with half a request
                self.make_room(conn)
        except BlockingIOError:
            return False
        except (OSError, Refused) as refused:
            if getattr(refused, "status", "") == TOO_LARGE:
                return self.say_too_large(conn)
            self.drop(conn, getattr(refused, "status", ""))
            return True
        del self.arriving[conn]
        conn.data_ready = True
        super().enqueue_req(conn)
        return True

    def say_too_large(self, conn: Any) -> bool:
        """Answer at once, and read on: a browser shows no answer until it has sent everything."""
        conn.is_refused = True
        conn.arrived.clear()
        try:
            self.answer(conn, TOO_LARGE, too_large_page())
            conn.sock.shutdown(SHUT_WR)
        except OSError:
            pass  # the client has gone, which reading will say
        return self.discard(conn)

    def discard(self, conn: Any) -> bool:
        """Read and forget what is there. True once the client has hung up."""
        try:
            while conn.sock.recv(AT_ONCE):
                pass
        except BlockingIOError:
            return False
        except OSError:
            pass
        self.drop(conn, "")
        return True

    def make_room(self, conn: Any) -> None:
        """Too much is being gathered: drop the largest, so that small requests always get through."""
        while sum(len(each.arrived) for each in self.arriving) > LARGEST_TOGETHER:
            largest = max(self.arriving, key=lambda each: len(each.arrived))
            if largest is conn:
                raise Refused(TOO_MUCH)
            self.give_up(largest, TOO_MUCH)

    def handle(self, conn: Any) -> Any:
        """In a thread: hand over what was gathered, then do what gunicorn does."""
        conn.sock.setblocking(True)
        conn.init()
        conn.parser.unreader.unread(bytes(conn.arrived))
        conn.arrived.clear()
        return super().handle(conn)

    def drop(self, conn: Any, status: str) -> None:
        """Close a connection that we no longer wait for."""
        del self.arriving[conn]
        self.nr_conns -= 1
        try:
            if status:
                self.answer(conn, status)
        except OSError:
            pass  # the client has gone
        conn.close()

    @staticmethod
    def answer(conn: Any, status: str, page: bytes = b"") -> None:
        """Say why we do not wait, in as many bytes as a new connection takes at once."""
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(page)}\r\n"
        kind = "Content-Type: text/html; charset=utf-8\r\n" if page else ""
        conn.sock.send(f"{head}{kind}\r\n".encode() + page)

    def murder_pending(self) -> None:
        """Once a second: drop connections that have taken too long."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn, latest in self.arriving.items() if latest < now]:
            self.give_up(conn, "408 Request Timeout")

    def give_up(self, conn: Any, status: str) -> None:
        """Stop watching a connection, and close it."""
        self.poller.unregister(conn.sock)
        self.drop(conn, status)
