"""How many places an event has left; an outstanding offer holds one."""


def places_left(capacity: int, holding: int, open_offers: int) -> int:
    """Never below 0, even where a capacity was lowered under what is booked."""
    return max(0, capacity - holding - open_offers)
