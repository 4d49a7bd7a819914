"""What rough diamonds are for customs and the Scheme: HS headings, origin and provenance."""

from collections.abc import Iterable
from enum import StrEnum


class Heading(StrEnum):
    """The three HS headings of rough diamonds (KPCS Section I, HS 2022); worked stones and 7104 are outside."""

    UNSORTED = "7102.10"
    INDUSTRIAL = "7102.21"
    NON_INDUSTRIAL = "7102.31"


MIXED = "**"
"""Shown for a country of origin when a shipment has more than one (US 592.307 note b)."""


def shipment_origin(origins: Iterable[str]) -> str:
    """The one country of origin of all goods, else MIXED: two unmixed parcels of different origin are mixed too.

    CA-R 5(1)(h); KPCS Annex I A. Origins are ISO 3166-1 alpha-2 codes.
    """
    named = set(origins)
    return named.pop() if len(named) == 1 else MIXED
