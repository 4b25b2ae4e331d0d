"""Whether a certificate is due, and the code by which anyone can check it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from govuk.rules.choice import Choice
from govuk.rules.phrases import short_date
from partnerships.rules.printing import unprintable
from partnerships.rules.reasons import Kind, Reason

# No 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: people read codes from paper, and aloud.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 12
# 23 ** 12 codes need 55 bits; 16 bytes make the unevenness of the division immaterial.
BYTES_NEEDED = 16


@dataclass(frozen=True)
class Learner:
    """What the certificate depends on; ``attendance_earns`` comes from the attendance rule."""

    event_over: bool
    attendance_earns: bool
    evaluation_answered: bool
    unprintable: frozenset[str] = frozenset()


def certificate_reasons(learner: Learner, *, evaluation_needed: bool) -> tuple[Reason, ...]:
    """Why no certificate can be issued yet, or at all; empty means it is due."""
    if not learner.event_over:
        return (Reason(Kind.BLOCKS, "event_not_over", "The event is not over yet."),)
    if not learner.attendance_earns:
        sentence = "A certificate requires attendance at the whole event."
        step = "If the register is wrong, ask the training team to correct it."
        return (Reason(Kind.BLOCKS, "attendance_incomplete", sentence, step),)
    if evaluation_needed and not learner.evaluation_answered:
        sentence = "The certificate is issued once the evaluation form is completed."
        step = "Complete the form. The certificate will be ready straight away."
        return (Reason(Kind.BLOCKS, "evaluation_missing", sentence, step),)
    if learner.unprintable:
        step = "The training team can rewrite that name or title in other characters. The certificate is then issued."
        return (unprintable("The certificate", learner.unprintable, step),)
    return ()


class Withdrawal(Choice):
    """Why a certificate no longer counts."""

    ATTENDANCE = "attendance", "The attendance was corrected"
    REPLACED = "replaced", "It was replaced by another certificate"
    DECIDED = "decided", "The training team withdrew it"


class CertificateStanding(Choice):
    """What we can say about a certificate at this moment."""

    VALID = "valid", "Valid"
    BEING_CHECKED = "being_checked", "Being checked"
    WITHDRAWN = "withdrawn", "Withdrawn"


def certificate_standing(
    *, is_withdrawn: bool, register_is_closed: bool, attendance_earns: bool
) -> CertificateStanding:
    """Valid only while a closed register says that the attendance earned it.

    While a register is open again, no one knows what it will say, so nothing is claimed and nothing withdrawn.
    What it says once it is closed ends the certificate or leaves it as it was.
    """
    if is_withdrawn:
        return CertificateStanding.WITHDRAWN
    if register_is_closed and attendance_earns:
        return CertificateStanding.VALID
    return CertificateStanding.BEING_CHECKED


def withdrawal_sentence(withdrawal: Withdrawal, day: date, reason: str = "") -> str:
    """What happened to it. ``reason`` is only for the holder and the training team, so leave it out for others."""
    endings = {
        Withdrawal.ATTENDANCE: ": the register was corrected and no longer shows attendance at the whole event.",
        Withdrawal.REPLACED: ": it was replaced by another certificate.",
        Withdrawal.DECIDED: " by the training team.",
    }
    told = f"Withdrawn on {short_date(day)}{endings[withdrawal]}"
    return f"{told} Reason: {reason}" if reason else told


def follows_by_itself(withdrawals: Collection[str]) -> bool:
    """Whether a new certificate is issued as soon as it is earned, after these withdrawals for one booking.

    What a person withdrew for a reason, only a person can issue again.
    """
    return Withdrawal.DECIDED not in withdrawals


def certificate_code(random: bytes) -> str:
    """Twelve characters from random bytes that the caller draws."""
    if len(random) < BYTES_NEEDED:
        raise ValueError(f"A certificate code needs {BYTES_NEEDED} random bytes.")
    number = int.from_bytes(random)
    code = ""
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        code += ALPHABET[index]
    return code


def spaced(code: str) -> str:
    """The code as printed: ACDE-FGHJ-KMNP."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def normalised(typed: str) -> str:
    """The code from what someone typed; empty if it cannot be a code."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
