"""The columns of an electronic address, for whoever sends or takes in e-invoices."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from partnerships.rules.electronic_addresses import (
    AddressScheme,
    ElectronicAddress,
    address_reasons,
    compact_address,
)
from partnerships.rules.reasons import Reason
from tenancy.models.base import TenantModel


class Addressable(TenantModel):
    """An organisation that may have an electronic address."""

    electronic_scheme = models.CharField(
        "kind of electronic address",
        max_length=4,
        choices=AddressScheme.choices(),
        blank=True,
    )
    electronic_address = models.CharField(
        max_length=30,
        blank=True,
        help_text="E-invoices are sent from one to another. Leave both empty if there is none.",
    )

    class Meta:
        abstract = True

    @property
    def electronic(self) -> ElectronicAddress | None:
        """The address; None if there is none."""
        if not self.electronic_scheme:
            return None
        return ElectronicAddress(AddressScheme(self.electronic_scheme), self.electronic_address)

    def address_faults(self) -> dict[str, tuple[Reason, ...]]:
        """What is wrong with the address, by column; if nothing is, it is written as programs write it."""
        reasons = address_reasons(self.electronic_scheme, self.electronic_address)
        if not reasons:
            self.electronic_address = compact_address(
                self.electronic_scheme, self.electronic_address
            )
        return {reason.code: (reason,) for reason in reasons}

    def clean(self) -> None:
        super().clean()
        faults = self.address_faults()
        if faults:
            raise ValidationError({field: str(reason) for field, (reason,) in faults.items()})
