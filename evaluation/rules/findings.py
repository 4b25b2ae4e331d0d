"""Findings as sentences: n and denominator always, a fall called a fall."""

from evaluation.rules.statistics import SMALLEST_GROUP, Change, Moment

HIDDEN = f"fewer than {SMALLEST_GROUP} answers, so no figures are shown"


def change_sentence(name: str, change: Change, before: Moment) -> str:
    """Knowledge fell by 0.4 (95% interval -0.6 to -0.2), from 3.4 to 3.0; n = 31, ...

    An interval that holds 0 is said to leave the direction open: no rise is claimed from noise.
    """
    if change.mean is None or change.low is None or change.high is None:
        return f"{name}: {HIDDEN}."
    interval = f"95% interval {_figure(change.low)} to {_figure(change.high)}"
    means = f"from {_figure(change.before)} to {_figure(change.after)}"
    grounds = f"n = {change.n:,}, the first {before.label}"
    return (
        f"{name} {_verdict(change.mean, change.low, change.high)} ({interval}), {means}; {grounds}."
    )


def _verdict(mean: float, low: float, high: float) -> str:
    size = f"{abs(mean):.1f}"
    if mean == 0:
        return "did not change"
    if size == "0.0":
        size = "less than 0.1"
    moved = f"{'rose' if mean > 0 else 'fell'} by {size}"
    return moved if low > 0 or high < 0 else f"{moved}, which may be chance"


def _figure(value: float | None) -> str:
    """One decimal, a true minus sign, and no minus before 0.0."""
    text = f"{value or 0:.1f}"
    return "0.0" if text == "-0.0" else text.replace("-", "−")
