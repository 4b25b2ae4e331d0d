"""Compose this app's mails, one subject a file; the outbox sends them."""
