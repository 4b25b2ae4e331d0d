"""Slow senders hold up no one else."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import parse_headers
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest

from config.web_worker import (
    LARGEST_BODY,
    LARGEST_TOGETHER,
    LONGEST_HEAD,
    SILENCE_SECONDS,
    Refused,
    is_whole,
)
from tests.load.processes import environment, web_server
from tools.runner import preflight

SLOW = 24  # three times the threads of the site
PATIENCE_SECONDS = 5


@pytest.mark.parametrize(
    ("arrived", "whole"),
    [
        (b"", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", False),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", True),
        (b"POST / HTTP/1.1\r\ncontent-LENGTH:3 \r\nHost: x\r\n\r\nabcGET", True),
        (b"POST / HTTP/1.1\r\nX-Content-Length: 9\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\n", True),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", True),
        (b"x" * (LONGEST_HEAD + 1), True),
    ],
)
def test_when_a_request_is_whole(arrived: bytes, whole: bool) -> None:
    assert is_whole(bytearray(arrived)) is whole


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (f"Content-Length: {LARGEST_BODY + 1}", "413 Content Too Large"),
        ("Transfer-Encoding: chunked", "411 Length Required"),
    ],
)
def test_what_is_not_waited_for(head: str, status: str) -> None:
    with pytest.raises(Refused) as refused:
        is_whole(bytearray(f"POST / HTTP/1.1\r\n{head}\r\n\r\n".encode()))
    assert refused.value.status == status


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    """The real web server, by the command of every site."""
    with web_server(environment()) as address:
        yield urlsplit(address).port or 0


def begin(port: int, request: bytes) -> socket.socket:
    connection = socket.create_connection((preflight.LOOPBACK, port), timeout=PATIENCE_SECONDS)
    connection.sendall(request)
    return connection


def head(length: int, more: str = "") -> bytes:
    lines = ["POST /nowhere/ HTTP/1.1", "Host: localhost", f"Content-Length: {length}"]
    return ("\r\n".join([*lines, *([more] if more else [])]) + "\r\n\r\n").encode()


def answer(stream: BinaryIO) -> bytes:
    """The status and body of one answer, in however many pieces it comes; b"" once the server has hung up."""
    status = stream.readline()
    headers = parse_headers(stream)
    return status + stream.read(int(headers["Content-Length"] or 0))


@pytest.mark.slow
def test_slow_bodies_and_heads_hold_neither_healthz_nor_pages_up(port: int) -> None:
    with ExitStack() as held:
        for number in range(SLOW):
            beginning = head(1000) + b"a" if number % 2 else b"POST / HTTP/1.1\r\nHost: loc"
            held.enter_context(begin(port, beginning))
        time.sleep(0.5)
        for _ in range(8):
            begun = time.monotonic()
            assert preflight.answers(port)
            assert time.monotonic() - begun < 2


@pytest.mark.slow
def test_a_slow_body_is_answered_once_it_is_there(port: int) -> None:
    with begin(port, head(6)) as connection:
        for letter in b"abcdef":
            time.sleep(0.1)
            connection.sendall(bytes([letter]))
        assert answer(connection.makefile("rb")).startswith(b"HTTP/1.1 404")


@pytest.mark.slow
def test_a_connection_that_stays_open_serves_one_request_after_another(port: int) -> None:
    ask = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with begin(port, ask) as connection, connection.makefile("rb") as answers:
        assert answer(answers).startswith(b"HTTP/1.1 200")
        connection.sendall(ask[:20])
        time.sleep(0.2)
        connection.sendall(ask[20:])
        assert answer(answers).startswith(b"HTTP/1.1 200")
        connection.sendall(ask * 2)  # two at once
        for _ in range(2):
            assert answer(answers).startswith(b"HTTP/1.1 200")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (head(LARGEST_BODY + 1), b"413"),
        (head(3, "Transfer-Encoding: chunked"), b"411"),
        (head(3, "Content-Length: 5"), b"400"),
    ],
)
def test_what_cannot_be_gathered_is_refused(port: int, request_: bytes, status: bytes) -> None:
    with begin(port, request_) as connection:
        assert answer(connection.makefile("rb")).startswith(b"HTTP/1.1 " + status)


@pytest.mark.slow
def test_whoever_sends_files_that_are_too_large_reads_why(port: int) -> None:
    """Browsers show the answer only if all that they send is read."""
    with begin(port, head(LARGEST_BODY + 5)) as connection:
        connection.sendall(b"a" * (LARGEST_BODY + 5))
        told = answer(connection.makefile("rb")).decode()
    assert "larger than 10 MB altogether, so nothing of it was saved" in told
    assert "build/app" in told
    assert preflight.answers(port)


@pytest.mark.slow
def test_who_hangs_up_half_way_disturbs_nobody(port: int) -> None:
    for _ in range(SLOW):
        begin(port, head(1000)).close()
    assert preflight.answers(port)


@pytest.mark.slow
def test_whoever_sends_much_and_stops_goes_before_those_who_send_little(port: int) -> None:
    almost = head(LARGEST_BODY) + b"a" * (LARGEST_BODY - 1000)
    with ExitStack() as held:
        for _ in range(2 * LARGEST_TOGETHER // LARGEST_BODY + 4):  # more than both processes gather
            with suppress(OSError):  # the largest is sent away
                held.enter_context(begin(port, almost))
        for _ in range(8):
            assert preflight.answers(port)


@pytest.mark.slow
def test_a_connection_that_says_nothing_is_closed_soon(port: int) -> None:
    with begin(port, b"") as silent:
        silent.settimeout(SILENCE_SECONDS + PATIENCE_SECONDS)
        assert silent.recv(100).startswith(b"HTTP/1.1 408")
