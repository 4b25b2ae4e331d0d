"""Pages for people who are not signed in, drawn once for as long as nothing behind them has changed.

Whoever follows a link in a newsletter is one of hundreds who ask for the same page in the same hour. What such a
page shows follows from its address, from the partnership's rows and from the clock. Every change to a row leaves
a line in the history, so the number of the newest line tells whether anything changed; a page is used again while
that number stands, and for a minute at most, because of the clock.

Numbers are given out before they are committed. A page is therefore kept only when, after the number was read,
nobody held the history open for writing: such a hold is taken before the number and given back after the commit,
so whoever comes later gets a higher number, and no change can slip in under a number that was seen already.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.db import connection
from django.http import HttpRequest, HttpResponse

from partnerships.tenancy import active_partnership_id

GetResponse = Callable[[HttpRequest], HttpResponse]
Key = tuple[int | None, str, str]

SHARED = frozenset({"home", "courses", "course", "events", "event"})  # names of addresses
KEPT = 512  # pages a process; each takes 10 to 20 kilobytes
GOOD_FOR_SECONDS = 60.0
NEWEST = """
SELECT (SELECT id FROM partnerships_change WHERE partnership_id = %s ORDER BY id DESC LIMIT 1),
       NOT EXISTS (
           SELECT FROM pg_locks
           WHERE relation = 'partnerships_change'::regclass AND mode = 'RowExclusiveLock'
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       )
"""


class Shelf:
    """The pages asked for last, with the number and the second at which each was drawn."""

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
        """Keep a copy; the page that was not asked for the longest makes room."""
        with self.lock:
            self.pages[key] = (newest, time.monotonic(), copy_of(page))
            self.pages.move_to_end(key)
            while len(self.pages) > KEPT:
                self.pages.popitem(last=False)


def copy_of(page: HttpResponse) -> HttpResponse:
    """The same answer as another object, for whoever stands further out adds headers to it."""
    return HttpResponse(page.content, headers=dict(page.items()))


class VisitorsMiddleware:
    """Answers visitors from the shelf. Inside the partnership, outside everything that knows people.

    A visitor is somebody without any cookie: neither signed in nor about to be told something.
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
        # PrivateMiddleware, which stands inside, has marked what is somebody's own.
        if settled and "Cache-Control" not in response:
            self.shelf.put(key, newest, response)
        return response


class PrivateMiddleware:
    """Pages stay in no browser's and no proxy's store, unless they are the same for everybody.

    Somebody who signs out at a shared computer leaves nothing behind that “back” would show. Public are what says so
    itself (the colours) and the shared pages as a visitor sees them; those alone go without the header, and on the
    shelf.
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
    """Somebody of whom nothing is known, asking for a whole page."""
    return (
        request.method == "GET"
        and not request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_HX_REQUEST" not in request.META
    )


def newest_change() -> tuple[int | None, bool]:
    """Number of the newest change that is seen, and whether nobody is writing another."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [active_partnership_id()])
        newest, settled = cursor.fetchone()
    return newest, settled


def is_shared(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the next visitor may be given the same answer."""
    match = request.resolver_match
    return (
        match is not None
        and match.url_name in SHARED
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
    )
