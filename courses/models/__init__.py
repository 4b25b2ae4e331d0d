"""What is offered."""

from courses.models.course import Course, CourseWords, LearningOutcome, Prerequisite
from courses.models.event import Event, EventTrainer, Session, Venue
from courses.models.programme import Programme
from courses.models.record import TrainingRecord
from courses.models.trainer import Trainer, TrainerQualification

__all__ = [
    "Course",
    "CourseWords",
    "Event",
    "EventTrainer",
    "LearningOutcome",
    "Prerequisite",
    "Programme",
    "Session",
    "Trainer",
    "TrainerQualification",
    "TrainingRecord",
    "Venue",
]
