"""When something that failed is tried again: later each time."""

from datetime import timedelta

LONGEST_PAUSE = timedelta(days=1)


def pause_after(attempts: int, first: timedelta) -> timedelta:
    """How long to wait after so many attempts have failed: twice as long each time, a day at most."""
    doublings = min(attempts - 1, 20)  # past the longest pause; a timedelta can hold it
    times: int = 2**doublings
    return min(first * times, LONGEST_PAUSE)


def fault_in_words(error: Exception, *, longest: int = 1000) -> str:
    """An error as text: its kind and message, without characters that cannot be stored."""
    text = f"{type(error).__name__}: {error}"
    return "".join(letter if letter.isprintable() else " " for letter in text)[:longest]
