"""The mining cadastre's table of titles: its columns, and what a row says (KPCS Annex II 11; kpcs.md §10)."""

from collections.abc import Mapping
from typing import Final

from kpdesk.domain.differences import RowFault, day_in, in_order, needed
from kpdesk.domain.measures import Carats, parse_amount
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.rules import ROW_AMOUNT, ROW_HOLDER
from kpdesk.domain.titles import TitleTerms

COLUMNS: Final[Mapping[str, bool]] = {
    "title": True,
    "mine": True,
    "holder": True,
    "area": True,
    "valid from": True,
    "valid until": False,
    "monthly carats": False,
    "country": False,
    "zone": False,
    "coordinates": False,
}
"""The names of the columns, and whether each must be there."""


def terms_in(
    cells: Mapping[str, str], *, holders: Mapping[str, str], known: TitleTerms | None, country: str
) -> TitleTerms:
    """What a row says of a title; `holders` gives register numbers by number and by folded name, `country` is ours.

    What the cadastre does not have stays as the register has it. Raises RowFault.
    """
    needed(cells, "mine", "holder", "area", "valid from")
    holder = holders.get(cells["holder"].casefold())
    if holder is None:
        raise RowFault(ROW_HOLDER.found(holder=cells["holder"][:80]))
    first = day_in(cells, "valid from")
    assert first is not None
    last = day_in(cells, "valid until")
    in_order(first, last)
    return TitleTerms(
        mine=cells["mine"],
        holder=holder,
        country=cells["country"].upper() or (known.country if known else country),
        area=cells["area"],
        coordinates=cells["coordinates"] or (known.coordinates if known else ""),
        zone=cells["zone"] or (known.zone if known else ""),
        monthly_capacity=_capacity(cells["monthly carats"], known),
        valid_from=first,
        valid_until=last,
    )


def _capacity(text: str, known: TitleTerms | None) -> Carats:
    if not text and known:
        return known.monthly_capacity
    try:
        return Carats(parse_amount(text, 2))
    except Refusal as problem:
        raise RowFault(ROW_AMOUNT.found(column="monthly carats", text=text[:40])) from problem
