"""Cache keys carry the partnership, so that nothing cached for one is served to another."""

from partnerships.tenancy import active_partnership_id


def partnership_key(key: str, key_prefix: str, version: int) -> str:
    return f"{key_prefix}:{version}:{active_partnership_id() or 'platform'}:{key}"
