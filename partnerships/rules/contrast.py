"""Whether a partnership's brand colour can be read: WCAG 2.2 contrast against a background."""

import re

from partnerships.rules.reasons import Kind, Reason

# Level AA for text of ordinary size (WCAG 2.2, 1.4.3).
ENOUGH = 4.5
WHITE = "#ffffff"


def contrast_ratio(colour: str, background: str = WHITE) -> float:
    """From 1 (the same) to 21 (black on white), by the WCAG formula."""
    darker, lighter = sorted((_luminance(colour), _luminance(background)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast_sentence(colour: str) -> str:
    """The result in words. The ratio is cut, not rounded, so 4.49 never reads as 4.5."""
    ratio = int(contrast_ratio(colour) * 10) / 10
    verdict = "easy enough" if contrast_ratio(colour) >= ENOUGH else "too hard"
    contrast = f"{colour} on white has a contrast of {ratio:.1f} to 1"
    return f"{contrast}, {verdict} to read ({ENOUGH} is needed)."


def colour_reasons(colour: str) -> tuple[Reason, ...]:
    """Why the colour cannot be used; empty when it can."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        return (
            Reason(
                Kind.BLOCKS, "colour_malformed", "A colour is # and six digits, such as #1d70b8."
            ),
        )
    if contrast_ratio(colour) < ENOUGH:
        step = "Choose a darker colour."
        return (Reason(Kind.BLOCKS, "colour_too_pale", contrast_sentence(colour), step),)
    return ()


def _luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1; the constants are WCAG's."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
