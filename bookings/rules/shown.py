"""What a page showed of the consequences comes back with its form, and the operation compares it with what would
happen now. So nothing is charged that was not shown, whatever happened between the page and the button.
"""

from __future__ import annotations

import json
from hashlib import sha256


def fingerprint(told: object) -> str:
    """A short fingerprint of what was shown: plain values as they are, anything else as text."""
    return sha256(json.dumps(told, default=str).encode()).hexdigest()[:16]
