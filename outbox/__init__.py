"""Messages that go out, and scheduled work. Knows nothing of the domain."""
