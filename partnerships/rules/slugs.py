"""Which words may name a partnership in an address: ``/<slug>/...``."""

import re

from partnerships.rules.reasons import Kind, Reason

LONGEST = 50

# First segments that the platform needs for itself, now or soon. A partnership must never take one.
# fmt: off
RESERVED = frozenset(
    {
        "about", "accessibility", "accounts", "admin", "api", "assets", "contact", "cookies",
        "debug", "docs", "favicon", "health", "healthz", "help", "home", "id", "live", "login",
        "logout", "mailbox", "manage", "media", "new", "operator", "partnerships", "password", "platform",
        "privacy", "ready", "register", "robots", "root", "search", "security", "signup",
        "sitemap", "static", "status", "support", "survey", "system", "terms", "verify",
        "well-known", "www",
    }
)
# fmt: on


def slug_reasons(slug: str) -> tuple[Reason, ...]:
    """Why the slug cannot be used; empty when it can."""
    if not re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", slug):
        sentence = "Use lower case letters, numbers and single hyphens, and start with a letter."
        return (Reason(Kind.BLOCKS, "slug_malformed", sentence),)
    if not 2 <= len(slug) <= LONGEST:
        return (Reason(Kind.BLOCKS, "slug_length", f"Use between 2 and {LONGEST} characters."),)
    if slug in RESERVED:
        sentence = f"“{slug}” is reserved for the platform’s own pages."
        return (Reason(Kind.BLOCKS, "slug_reserved", sentence, "Choose another word."),)
    return ()
