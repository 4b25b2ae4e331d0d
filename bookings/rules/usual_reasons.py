"""Reasons for which boards waive a charge, as a new partnership starts with them.

Sickness with two steps of proof is South Tyneside's, a manager's letter Teeswide's; the others are ours
(docs/domain/rules.md, waivers).
"""

from __future__ import annotations

from datetime import time
from typing import Any

from bookings.rules.waivers import Asker, AskUntil

USUAL_REASONS: tuple[dict[str, Any], ...] = (
    {
        "name": "Sickness on the day",
        "steps": "Tell your manager. Then phone or email the training team. Do both before 10am on the day.",
        "evidence": "Your manager’s confirmation that you were off sick.",
        "evidence_needed": True,
        "until": AskUntil.BEFORE_EVENT,
        "days": 0,
        "by": time(10),
    },
    {
        "name": "Bereavement",
        "steps": "Tell us that you have had a bereavement. You do not have to say more.",
        "until": AskUntil.AFTER_EVENT,
        "days": 28,
    },
    {
        "name": "Emergency at work",
        "steps": "The manager writes to us and says why you could not be spared. Do not name children or families.",
        "evidence": "The manager’s letter or email.",
        "evidence_needed": True,
        "asker": Asker.MANAGER,
        "until": AskUntil.AFTER_EVENT,
        "days": 10,
    },
)
