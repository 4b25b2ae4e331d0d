"""What a coordinator does at the manage pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.journeys.person import Person
from tests.journeys.site import Site
from tests.journeys.towns import Town

FRIDAY = 4


@dataclass(frozen=True)
class Planned:
    """An event that a journey is about."""

    reference: str
    starts_at: datetime
    title: str

    @property
    def address(self) -> str:
        return f"/events/{self.reference}/"

    @property
    def over(self) -> datetime:
        """An hour after its end."""
        return self.starts_at + timedelta(hours=4)


def half_past_nine(now: datetime, days: int) -> datetime:
    """In the morning, about so many days from now, on a weekday."""
    day = now + timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    return day.replace(hour=9, minute=30, second=0, microsecond=0)


def when_an_event_is_added(
    coordinator: Person, town: Town, reference: str, *, days: int, places: int
) -> Planned:
    """A new event of the town's course: half a day, with the town's trainers, still a draft."""
    event = Planned(reference, half_past_nine(coordinator.site.now(), days), town.course)
    page = coordinator.page
    coordinator.open("/manage/records/courses/event/add/")
    pick(coordinator, "course", town.course)
    page.locator("#id_reference").fill(reference)
    for name, instant in (
        ("starts_at", event.starts_at),
        ("ends_at", event.starts_at + timedelta(hours=3)),
    ):
        page.locator(f"#id_{name}_0").fill(f"{instant:%d/%m/%Y}")
        page.locator(f"#id_{name}_1").fill(f"{instant:%H:%M}")
    page.locator("#id_delivery").select_option("virtual")
    page.locator("#id_capacity").fill(str(places))
    for number, trainer in enumerate(town.trainers):
        page.locator(
            "#event_trainers-group .add-row a, #event_trainers-group a.addlink"
        ).last.click()
        pick(coordinator, f"event_trainers-{number}-trainer", trainer)
    coordinator.press("Save and continue editing", within="body")
    return event


def when_it_is_published(coordinator: Person, event: Planned) -> None:
    """By the action of the list."""
    page = coordinator.page
    coordinator.open(f"/manage/records/courses/event/?q={event.reference}")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option(label="Publish the selected events")
    coordinator.press("Go", within="body")
    coordinator.sees("has been published")


def when_an_event_is_published(
    coordinator: Person, town: Town, reference: str, *, days: int, places: int = 12
) -> Planned:
    """Added and published, as coordinators do."""
    event = when_an_event_is_added(coordinator, town, reference, days=days, places=places)
    when_it_is_published(coordinator, event)
    return event


def given_a_published_event(
    site: Site, town: Town, reference: str, *, days: int, places: int = 12
) -> Planned:
    """One that is there already."""
    event = Planned(reference, half_past_nine(site.now(), days), town.course)
    site.manage(
        "plan_event",
        *(town.slug, town.course, reference, event.starts_at.isoformat(), str(places)),
        *town.trainers,
    )
    return event


def pick(person: Person, name: str, words: str) -> None:
    """Choose in a field that searches as one types."""
    page = person.page
    page.locator(f"#id_{name} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option:not(.loading-results)", has_text=words).first.click()
