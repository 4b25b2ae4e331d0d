"""What is known of a partnership while it is being loaded."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from bookings.models import Booking, ChargingPolicy
from bookings.rules.states import WAS_PRESENT
from bookings.terms.agreement import Terms
from courses.models import Course, Event, Session, Trainer, Venue
from evaluation.models import Question, Questionnaire
from partnerships.models import (
    Agency,
    Employment,
    Membership,
    Partnership,
    WorkforceGroup,
    working_calendar,
)
from partnerships.rules.roles import Role
from partnerships.rules.working_days import (
    WorkingCalendar,
    next_working_day,
    nth_working_day_before,
)
from tools.demo.diary import Diary
from tools.demo.reader import Facts, Seed

WALK_IN = "walk_in"  # of the parts, the only one that is no state of a booking or of an entry
ABOUT_A_YEAR = timedelta(days=500)
LEARNERS = {Role.PRACTITIONER.value, Role.LINE_MANAGER.value, Role.AGENCY_LEAD.value}


@dataclass(eq=False)
class Person:
    """Somebody of the data file, as loaded. ``done`` holds the references of courses completed."""

    facts: Facts
    membership: Membership
    employment: Employment
    agency: Agency
    confirmed: bool
    done: set[str] = field(default_factory=set)
    busy: set[date] = field(default_factory=set)
    places: int = 0

    @property
    def key(self) -> str:
        return str(self.facts["key"])

    @property
    def learns(self) -> bool:
        """Whether the person may fill a place that the data file leaves open."""
        return self.confirmed and bool(LEARNERS & set(self.facts["roles"]))


@dataclass(eq=False)
class Seat:
    """One person's part in one event: how it ends, which surveys are answered, and the booking once it is made."""

    person: Person
    part: str
    answers: dict[str, bool] = field(default_factory=dict)
    booked: Booking | None = None

    @property
    def present(self) -> bool:
        """Whether the person is there, with a booking or without."""
        return self.part == WALK_IN or self.part in WAS_PRESENT

    @property
    def booking(self) -> Booking:
        """For acts that come after the booking."""
        assert self.booked is not None, (self.person.key, self.part)
        return self.booked


@dataclass(eq=False)
class Occasion:
    """An event of the data file, as loaded."""

    facts: Facts
    course: Course
    event: Event
    sessions: list[Session]
    terms: Terms | None = None
    seats: list[Seat] = field(default_factory=list)

    @property
    def story(self) -> Facts:
        found: Facts = self.facts["story"]
        return found

    @property
    def closed(self) -> bool:
        """Whether its register is closed by the day of loading."""
        return bool(self.story.get("register") == "closed")

    @property
    def deadline(self) -> datetime:
        """The last instant at which a place can be given back free."""
        assert self.terms is not None
        return self.terms.deadline.instant


@dataclass(eq=False)
class Town:
    """One partnership in the making. Everything that is past happened before ``midnight``."""

    seed: Seed
    partnership: Partnership
    today: date
    groups: dict[str, WorkforceGroup] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    trainers: dict[str, Trainer] = field(default_factory=dict)
    questionnaires: dict[str, Questionnaire] = field(default_factory=dict)
    questions: dict[str, list[Question]] = field(default_factory=dict)
    occasions: list[Occasion] = field(default_factory=list)
    policies: list[ChargingPolicy] = field(default_factory=list)
    diary: Diary = field(default_factory=Diary)
    mornings: set[date] = field(default_factory=set)  # on which surveys are sent
    # The membership whose account says half a name, until that is put right.
    half_named: int | None = None

    def chance(self, *what: object) -> Random:
        """Chance that always falls the same way for the same thing, whatever was drawn before."""
        return Random(":".join([self.seed.slug, *map(str, what)]))

    def course_facts(self, course: Course) -> Facts:
        """What the data file says of a course."""
        return next(one for one in self.seed.courses if one["reference"] == course.reference)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.partnership.time_zone)

    @cached_property
    def midnight(self) -> datetime:
        """The first instant of the day of loading."""
        return self.at(self.today, time())

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working days of the years on both sides."""
        first, last = self.today - ABOUT_A_YEAR, self.today + ABOUT_A_YEAR
        return working_calendar(self.partnership, first, last)

    @cached_property
    def teaching(self) -> WorkingCalendar:
        """Days on which somebody plans a course: working days, but not those from Christmas Eve to New Year."""
        years = range(self.today.year - 2, self.today.year + 3)
        quiet = {date(year, 12, day) for year in years for day in range(24, 32)}
        return replace(self.calendar, closed=self.calendar.closed | quiet)

    @cached_property
    def office_closed(self) -> datetime:
        """Midnight after the last working day before the day of loading: the office did nothing after it."""
        last = nth_working_day_before(self.today, 1, self.calendar)
        return self.at(last + timedelta(days=1), time())

    def in_the_office(self, instant: datetime) -> datetime:
        """The same time of day on that day or the next working day, when somebody of the office is there."""
        local = instant.astimezone(self.zone)
        return self.at(next_working_day(local.date(), self.calendar), local.time())

    @cached_property
    def long_ago(self) -> date:
        """From when everything holds that has always been so."""
        return date(self.today.year - 4, 4, 1)

    @property
    def policy(self) -> ChargingPolicy:
        return self.policies[-1]

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone)

    def member(self, key: str) -> Membership:
        """A person of the data file by key: ``coordinator``, ``finance``."""
        return self.people[key].membership

    def moment(self, chance: Random, first: datetime, last: datetime) -> datetime:
        """A minute between two instants, by day where the window is long enough for it."""
        if last <= first:
            return first
        minutes = int((last - first).total_seconds() // 60)
        drawn = first + timedelta(minutes=chance.randint(0, minutes))
        by_day = drawn.astimezone(self.zone).replace(
            hour=chance.randint(8, 19), second=0, microsecond=0
        )
        return by_day if first <= by_day <= last else drawn
