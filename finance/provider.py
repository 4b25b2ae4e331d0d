"""Where e-invoices go: what a provider must do, and the one that ships, a folder.

A provider is a class named by the setting ``EINVOICE_PROVIDER``. Without it, nothing is sent.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class Provider(Protocol):
    """Takes e-invoices in. The sweep hands each document over until one call returns, and never again after that.

    A worker can be killed between the call and the commit, so the same name can come twice with the same content,
    and must then count once. Any error means "not now": the document is set aside and tried again later.
    """

    def deliver(self, *, partnership: str, name: str, content: bytes) -> None: ...


class FolderProvider:
    """Each partnership's documents in a folder of its own, for an access point that collects files."""

    def deliver(self, *, partnership: str, name: str, content: bytes) -> None:
        """A file appears whole or not at all: it is written beside its place and renamed."""
        folder = Path(settings.EINVOICE_FOLDER) / partnership
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{name}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / name)


def configured_provider() -> Provider | None:
    """The site's provider; None if it sends no e-invoices."""
    if not settings.EINVOICE_PROVIDER:
        return None
    return cast(Provider, import_string(settings.EINVOICE_PROVIDER)())
