"""What a page told of the consequences comes back with its form, and the deed compares it with its own.

So nothing is charged that was not shown, whatever happened between the page and the button.
"""

from __future__ import annotations

import json
from hashlib import sha256


def fingerprint(told: object) -> str:
    """A short name of what was told: of plain values, anything else by its words."""
    return sha256(json.dumps(told, default=str).encode()).hexdigest()[:16]
