"""The sweeps of this app, each one row per transaction: a kill loses one row's work."""

from evaluation.operations.check_next_certificate import check_next_certificate
from evaluation.operations.issue_next_certificate import issue_next_certificate
from evaluation.operations.move_next_survey import move_next_survey
from evaluation.operations.plan_next_baseline import plan_next_baseline
from evaluation.operations.plan_next_delegate import plan_next_delegate
from evaluation.operations.plan_next_trainer import plan_next_trainer
from evaluation.operations.send_next_survey import send_next_survey
from evaluation.operations.withdraw_next_survey import withdraw_next_survey
from outbox.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (
    Sweep("questions before the course planned", plan_next_baseline, batch=True),
    Sweep("evaluations planned", plan_next_delegate, batch=True),
    Sweep("trainers' evaluations planned", plan_next_trainer, batch=True),
    Sweep("evaluations withdrawn", withdraw_next_survey, batch=True),
    Sweep("evaluations moved with their event", move_next_survey, batch=True),
    Sweep("evaluations sent, reminded or closed", send_next_survey, batch=True),
    Sweep("certificates checked against the register", check_next_certificate, batch=True),
    Sweep("certificates issued", issue_next_certificate, batch=True),
)
