"""Cache keys carry the partnership, so that nothing cached for one is served to another."""

from tenancy import active_partnership_id

# Counts of attempts to sign in, and being signed in, belong to the person, not to one partnership.
THE_SAME_EVERYWHERE = ("allauth:rl:", "django.contrib.sessions.")


def partnership_key(key: str, key_prefix: str, version: int) -> str:
    shared = key.startswith(THE_SAME_EVERYWHERE)
    place = "platform" if shared else active_partnership_id() or "platform"
    return f"{key_prefix}:{version}:{place}:{key}"
