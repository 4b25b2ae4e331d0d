"""The admin at a browser: targets, focus, table heads and width on every kind of its pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.conftest import NewPerson
from tests.journeys.person import DESK, HEIGHT, PHONE, TOO_WIDE
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Links and controls of less than 24 by 24 pixels (WCAG 2.2, 2.5.8), those left out that no one sees.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(each => !each.closest('.select2-hidden-accessible, .visually-hidden, .skip-to-content-link'))
  .filter(each => {
    const {width, height} = each.getBoundingClientRect()
    return width && height && (width < 23.5 || height < 23.5) && getComputedStyle(each).visibility !== 'hidden'
  })
  .map(each => each.outerHTML.slice(0, 100))"""
NAMELESS = """() => [...document.querySelectorAll('th')]
  .filter(each => !each.textContent.trim() && !each.querySelector('input')).map(each => each.outerHTML)"""
FOCUS_IS_HIDDEN = "document.activeElement.classList.contains('select2-hidden-accessible')"
TABLES = "() => [...document.querySelectorAll('th.model-name a, th[scope=row] a')].map(each => each.pathname)"
FIRST_ROW = "() => document.querySelector('#result_list th a, #result_list td a')?.pathname"


@pytest.mark.parametrize("slug", ["southampton"], indirect=True)
def test_every_kind_of_page_is_in_reach(slug: str, site: Site, somebody: NewPerson) -> None:
    page = somebody("administrator").page
    page.goto(f"{site.address}/{slug}/manage/records/")
    wrong: list[tuple[str, Any]] = []
    tables = page.evaluate(TABLES)
    assert len(tables) > 30
    for table in tables:
        page.goto(f"{site.address}{table}")
        row = page.evaluate(FIRST_ROW)
        rows = [row, row.replace("/change/", "/history/")] if row else []
        for address in (table, f"{table}add/", *rows):
            answer = page.goto(f"{site.address}{address}")
            if answer is None or answer.status != 200:
                continue
            for width in (DESK, PHONE):
                page.set_viewport_size({"width": width, "height": HEIGHT})
                wrong += [(address, each) for each in page.evaluate(SMALL)]
            wrong += [(address, each) for each in page.evaluate(NAMELESS)]
            if page.evaluate(TOO_WIDE) > 0:
                wrong.append((address, "scrolls sideways on a phone"))
            if page.evaluate(FOCUS_IS_HIDDEN):
                wrong.append((address, "the focus is on something hidden"))
    assert wrong == []
