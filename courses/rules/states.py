"""Kinds and states of courses and events, named once."""

from govuk.rules.choice import Choice


class CourseKind(Choice):
    """The place of a course in its group's programme, in the terms of seed 004."""

    INTRODUCTORY = "introductory", "Introductory"
    CORE = "core", "Core"
    SPECIALIST = "specialist", "Specialist"
    SHARED = "shared", "Shared between groups"
    ADVANCED = "advanced", "Advanced"


class GroupPolicy(Choice):
    """How strictly a course keeps to its group; seed 004 opens adjoining ones, seeds 001 and 003 some to everyone."""

    TARGET_ONLY = "target_only", "This group only"
    ADJOINING = "adjoining", "This group and those next to it"
    ANY = "any", "Everyone, although it is designed for this group"


class EventType(Choice):
    """The form an event takes; prices may depend on it (seed 003)."""

    COURSE = "course", "Course"
    SEMINAR = "seminar", "Seminar"
    WORKSHOP = "workshop", "Workshop"
    BRIEFING = "briefing", "Briefing"
    CONFERENCE = "conference", "Conference"
    E_LEARNING = "e_learning", "E-learning"


class Delivery(Choice):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    VIRTUAL = "virtual", "Virtual"
    BLENDED = "blended", "Blended"
    E_LEARNING = "e_learning", "E-learning"


class EventState(Choice):
    """Where an event is in its life."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    CANCELLED = "cancelled", "Cancelled"
    COMPLETED = "completed", "Completed"


# Everyone may see these in the catalogue.
IS_PUBLIC = frozenset({EventState.PUBLISHED, EventState.CANCELLED, EventState.COMPLETED})


class RecordSource(Choice):
    """Where learning was completed."""

    EVENT = "event", "An event of this partnership"
    ELSEWHERE = "elsewhere", "Somewhere else"
