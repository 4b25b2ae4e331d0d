"""Text as people mean it: without the control characters left by copying from a slide or a PDF.

A line break in a name breaks the email to that person; a vertical tab breaks a subject line or a document. They
become spaces wherever text enters.
"""

import re

# C0 and C1 controls, the separators that Python takes for line ends, and halves of characters, which UTF-8 can't
# hold. Not NUL: forms refuse it, because only a program sends it.
_NOT_IN_A_LINE = re.compile("[\u0001-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]+")
_NOT_IN_LINES = re.compile(
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]+"
)


def one_line(text: str) -> str:
    """The text in one line: a name, a title, a subject."""
    return _NOT_IN_A_LINE.sub(" ", text).strip() if _NOT_IN_A_LINE.search(text) else text


def many_lines(text: str) -> str:
    """The text with its line ends and tabs, without anything else that cannot be seen."""
    return _NOT_IN_LINES.sub(" ", text)
