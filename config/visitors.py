"""Pages for people who are not signed in, rendered once for as long as nothing behind them has changed.

When a newsletter links to a page, hundreds of people ask for it in the same hour. What the page shows depends on its
address, the partnership's rows and the time. Every change to a row adds a line to the history, so the number of the
newest line says whether anything has changed. A page is used again while that number stays the same, and for a minute
at most, because time passes.

Numbers are given out before they are committed. So a page is kept only if no one had the history open for writing
after the number was read: a writer takes its lock before its number and releases it after the commit, so later
writers get higher numbers, and no change can slip in under a number that has already been read.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.db import connection
from django.http import HttpRequest, HttpResponse

from tenancy import active_partnership_id

GetResponse = Callable[[HttpRequest], HttpResponse]
Key = tuple[int | None, str, str]

SHARED = frozenset({"home", "courses", "course", "events", "event"})  # names of addresses
KEPT = 512  # pages per process; each takes 10 to 20 kilobytes
GOOD_FOR_SECONDS = 60.0
# Writers hold this lock on the history until they commit. The ORM cannot see locks.
NEWEST = """
SELECT (SELECT id FROM tenancy_change WHERE partnership_id = %s ORDER BY id DESC LIMIT 1),
       NOT EXISTS (
           SELECT FROM pg_locks
           WHERE relation = 'tenancy_change'::regclass AND mode = 'RowExclusiveLock'
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       )
"""


class Shelf:
    """The pages requested most recently, each with the number and the time it was rendered at."""

    def __init__(self) -> None:
        self.pages: OrderedDict[Key, tuple[int | None, float, HttpResponse]] = OrderedDict()
        self.lock = Lock()

    def take(self, key: Key, newest: int | None) -> HttpResponse | None:
        """A copy of the page, unless it is missing, out of date or too old."""
        with self.lock:
            number, drawn_at, page = self.pages.get(key, (None, 0.0, None))
            if page is None or number != newest:
                return None
            if time.monotonic() - drawn_at > GOOD_FOR_SECONDS:
                return None
            self.pages.move_to_end(key)
        return copy_of(page)

    def put(self, key: Key, newest: int | None, page: HttpResponse) -> None:
        """Keep a copy. The page that was requested longest ago makes room."""
        with self.lock:
            self.pages[key] = (newest, time.monotonic(), copy_of(page))
            self.pages.move_to_end(key)
            while len(self.pages) > KEPT:
                self.pages.popitem(last=False)


def copy_of(page: HttpResponse) -> HttpResponse:
    """The same response as a new object, because outer middleware adds headers to it."""
    return HttpResponse(page.content, headers=dict(page.items()))


class VisitorsMiddleware:
    """Answers visitors from the kept pages. Runs inside the partnership, outside everything that knows people.

    A visitor is someone without any cookie: not signed in, and with no message waiting.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if active_partnership_id() is None or not is_visitor(request):
            return self.get_response(request)
        key = (active_partnership_id(), request.get_host(), request.get_full_path())
        newest, settled = newest_change()
        kept = self.shelf.take(key, newest)
        if kept is not None:
            return kept
        response = self.get_response(request)
        # PrivateMiddleware, which is inside this one, has marked personal pages.
        if settled and "Cache-Control" not in response:
            self.shelf.put(key, newest, response)
        return response


class PrivateMiddleware:
    """No browser or proxy stores pages, unless they are the same for everyone.

    If someone signs out on a shared computer, the back button shows nothing of theirs. Public pages are those that
    say so themselves (the colours) and the shared pages as a visitor sees them. Only those go without the header, and
    only those are kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_for_all = is_visitor(request) and is_shared(request, response)
        if not is_for_all and "public" not in response.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return response


def is_visitor(request: HttpRequest) -> bool:
    """Someone we know nothing about, asking for a whole page."""
    return (
        request.method == "GET"
        and not request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_HX_REQUEST" not in request.META
    )


def newest_change() -> tuple[int | None, bool]:
    """The number of the newest visible change, and whether no one is writing another."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [active_partnership_id()])
        newest, settled = cursor.fetchone()
    return newest, settled


def is_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the next visitor can be given the same response."""
    match = request.resolver_match
    return (
        match is not None
        and match.url_name in SHARED
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
    )
