"""Whether a certificate is due, and the code by which anybody can check it."""

from dataclasses import dataclass

from partnerships.rules.reasons import Kind, Reason

# No 0 O, 1 I L, 2 Z, 5 S, 8 B, U V: people read codes from paper, and aloud.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
LENGTH = 12
# 23 ** 12 codes need 55 bits; 16 bytes make the unevenness of the division immaterial.
BYTES_NEEDED = 16


@dataclass(frozen=True)
class Learner:
    """What the certificate depends on; ``attendance_earns`` is the attendance rule's own flag."""

    event_over: bool
    attendance_earns: bool
    evaluation_answered: bool


def certificate_reasons(learner: Learner, *, evaluation_needed: bool) -> tuple[Reason, ...]:
    """Why no certificate can be issued yet, or at all; empty means it is due."""
    if not learner.event_over:
        return (Reason(Kind.BLOCKS, "event_not_over", "The event is not over yet."),)
    if not learner.attendance_earns:
        sentence = "A certificate needs attendance at the whole event."
        step = "If the register is wrong, ask the training team to correct it."
        return (Reason(Kind.BLOCKS, "attendance_incomplete", sentence, step),)
    if evaluation_needed and not learner.evaluation_answered:
        sentence = "The certificate follows the evaluation form."
        step = "Answer the form; the certificate is ready at once."
        return (Reason(Kind.BLOCKS, "evaluation_missing", sentence, step),)
    return ()


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
    """The code from what somebody typed; empty when it can be none."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
