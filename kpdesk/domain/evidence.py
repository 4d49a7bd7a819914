"""The evidence behind a certificate: declarations, lawful sources, carats drawn, the value by its rule, four people.

KPCS Annex II 18, EU 6, 12, 17, CA-R 2(e). Each check returns all of its findings at once and never raises.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from kpdesk.domain import rules
from kpdesk.domain.goods import MIXED
from kpdesk.domain.measures import Carats, total_carats
from kpdesk.domain.outcomes import Finding
from kpdesk.domain.parcel import Parcel, Source
from kpdesk.domain.production import Holding, check_draws
from kpdesk.domain.valuation import (
    FAR_OFF,
    Figure,
    FigureKind,
    FigureMissing,
    FigureTwice,
    SameValuer,
    ValuationRule,
    certificate_value,
)

OLD_WARRANTY_UNTIL = date(2024, 9, 21)
"""The last day of the warranty text of 2002 for rough diamonds."""


def check_shipment(
    parcels: Sequence[Parcel],
    *,
    conflict_free: bool,
    warranty: str,
    on: date,
    holdings: Sequence[Holding] = (),
    figures: Mapping[str, Sequence[Figure]] | None = None,
    rule: ValuationRule = ValuationRule.GOVERNMENT,
    wants: frozenset[FigureKind] | None = None,
    proved: Collection[str] = (),
    prices: Mapping[str, Decimal] | None = None,
) -> tuple[Finding, ...]:
    """The goods behind a certificate: declarations, lawful source, carats drawn, value by the office's rule.

    `warranty` begins with its text's year. `holdings` are what incoming certificates and pools have left. `figures`
    are all figures of each parcel by its number; `proved` the parcels of old stock whose document lies here; `prices`
    the US$ per carat at which each source came in.
    """
    return (
        *_statements(conflict_free, warranty, on),
        *(finding for parcel in parcels for finding in _source(parcel, proved)),
        *check_draws(holdings, [draw for parcel in parcels for draw in parcel.draws]),
        *(finding for parcel in parcels for finding in _price(parcel, prices or {})),
        *_values(parcels, figures, rule, wants),
    )


def _statements(conflict_free: bool, warranty: str, on: date) -> Iterator[Finding]:
    if not conflict_free:
        yield rules.DECLARATION_MISSING.found()
    if not warranty.strip():
        yield rules.WARRANTY_MISSING.found()
    elif warranty.startswith("2002") and on > OLD_WARRANTY_UNTIL:
        yield rules.WARRANTY_OLD.found(until=OLD_WARRANTY_UNTIL)


def _source(parcel: Parcel, proved: Collection[str]) -> Iterator[Finding]:
    if parcel.source is Source.MINED and not parcel.title:
        yield rules.TITLE_MISSING.found(parcel=parcel.number)
    if parcel.source is Source.STOCK_2002 and parcel.number not in proved:
        yield rules.STOCK_UNPROVED.found(parcel=parcel.number)
    if parcel.source is not Source.IMPORTED and not parcel.draws:
        return
    drawn, carats = total_carats(draw.carats for draw in parcel.draws), parcel.carats or Carats(Decimal(0))
    if drawn != carats:
        yield rules.DRAWS_DO_NOT_COVER.found(parcel=parcel.number, drawn=drawn, carats=carats)
    for origin in sorted({draw.origin for draw in parcel.draws} - {*parcel.origins, MIXED}):
        yield rules.DRAW_OF_OTHER_ORIGIN.found(parcel=parcel.number, origin=origin)


def _price(parcel: Parcel, prices: Mapping[str, Decimal]) -> Iterator[Finding]:
    price = parcel.value.per_carat(parcel.carats) if parcel.value and parcel.carats else None
    for source in sorted({draw.source for draw in parcel.draws} & prices.keys()):
        if price is not None and abs(price - prices[source]) > prices[source] * FAR_OFF:
            yield rules.REEXPORT_PRICE.found(parcel=parcel.number, price=price, source=source, paid=prices[source])


def _values(
    parcels: Sequence[Parcel],
    figures: Mapping[str, Sequence[Figure]] | None,
    rule: ValuationRule,
    wants: frozenset[FigureKind] | None,
) -> Iterator[Finding]:
    for parcel in parcels if figures is not None else ():
        try:
            value = certificate_value((figures or {}).get(parcel.number, ()), rule, wants=wants)
        except FigureMissing as missing:
            yield rules.FIGURE_MISSING.found(parcel=parcel.number, figure=missing.figure)
        except (FigureTwice, SameValuer):
            yield rules.FIGURES_DOUBTFUL.found(parcel=parcel.number)
        else:
            if parcel.value != value:
                yield rules.VALUE_NOT_BY_RULE.found(parcel=parcel.number, stated=parcel.value or "–", value=value)


def check_people(
    *, weigher: str, valuer: str, preparer: str, approver: str, relaxed: bool = False
) -> tuple[Finding, ...]:
    """Four people for one parcel: the weigher of the agreed carats, the valuer, the preparer and the approver.

    A small office's signed setting relaxes it to a visible note, but never for preparer and approver (EU 12(2)).
    """
    duties = {"weigh": weigher, "value": valuer, "prepare": preparer, "approve": approver}
    found: list[Finding] = []
    for (one, officer), (other, second) in combinations(duties.items(), 2):
        if officer != second or not officer:
            continue
        if relaxed and (one, other) != ("prepare", "approve"):
            found.append(rules.SAME_PERSON_ALLOWED.found(officer=officer, one=one, other=other))
        else:
            found.append(rules.SAME_PERSON.found(officer=officer, one=one, other=other))
    return tuple(found)
