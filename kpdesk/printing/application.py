"""The application on paper: what a firm asks for and declares, to be signed; and its own draft of the certificate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kpdesk.domain.certificate import Facts, Named
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.printing.faces import Face
from kpdesk.printing.form import Form, Words
from kpdesk.printing.leaf import Column, Leaf, Pair, Pairs, Prose, Signatures, Table, draw
from kpdesk.printing.pdf import Stock, amount, certificate, day

_FREE = (
    "We declare that the rough diamonds of this application are not conflict diamonds (KPCS Annex II 18), and that "
    "what is stated here is complete and true."
)
_NOT_FREE = "The declaration that the goods are not conflict diamonds (KPCS Annex II 18) has NOT been made."


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One parcel on the paper; `value` is None while none counts."""

    parcel: str
    heading: Heading
    origin: str
    carats: Carats
    value: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPaper:
    """Everything the paper states."""

    number: str
    office: str
    authority: str
    made: date
    practice: bool
    exporter: Named
    importer: Named
    destination: str
    """The participant's name."""
    goods: Sequence[GoodsLine]
    announced: bool = False
    """By the firm's own word: nobody has weighed these goods yet."""
    warranty: str
    """The statement's version and the firm's SoW number; empty where none was given."""
    statement: str
    """Its words."""
    conflict_free: bool
    declared_on: date | None
    signer: str
    invoice: str
    """The digest of the attached invoice; empty where there is none."""


def application_sheet(paper: ApplicationPaper) -> bytes:
    """The application, A4, on as many pages as its parcels take; raises NoFontFor, TooLongForPaper."""
    carats = total_carats(each.carats for each in paper.goods)
    value = total_money(each.value for each in paper.goods if each.value)
    headings = len({each.heading for each in paper.goods})
    announced = " (announced)" if paper.announced else ""
    columns = (
        Column(Words("Parcel"), 30, mono=True),
        Column(Words("HS heading"), 18, mono=True),
        Column(Words("Country of origin"), 40),
        Column(Words(f"Carats{announced}"), 24, figures=True),
        Column(Words(f"Value US${announced}"), 30, figures=True),
    )
    rows = tuple(
        (
            each.parcel,
            each.heading.value,
            each.origin,
            amount(each.carats.value),
            amount(each.value.value) if each.value else "–",
        )
        for each in paper.goods
    )
    count = f"{len(rows)} parcel{'s' if len(rows) != 1 else ''}, {headings} heading{'s' if headings != 1 else ''}"
    sums = ("Total", "", count, amount(carats.value), amount(value.value))
    attached = f"attached, SHA-256 {paper.invoice[:16]}…" if paper.invoice else "none attached"
    signed = ", ".join(filter(None, (paper.signer, day(paper.declared_on) if paper.declared_on else "")))
    leaf = Leaf(
        title=Words("Application for a certificate"),
        number=paper.number,
        code=paper.number,
        office=paper.office,
        authority=paper.authority,
        parts=(
            Pairs(
                (
                    (_pair("Exporter", paper.exporter.name), _pair("Importer", paper.importer.name)),
                    (
                        _pair("Address", paper.exporter.address, face=Face.WORDS),
                        _pair("Address", paper.importer.address, face=Face.WORDS),
                    ),
                    (
                        _pair("Licence", paper.exporter.licence, face=Face.FIGURES),
                        _pair("Destination", paper.destination),
                    ),
                    (
                        _pair("Made on", day(paper.made), face=Face.FIGURES),
                        _pair("Invoice", attached, face=Face.FIGURES),
                    ),
                )
            ),
            Table(columns, rows, sums),
            Pairs(((_pair("Warranty statement and SoW number", paper.warranty, face=Face.FIGURES),),)),
            Prose(Words(paper.statement or "No warranty statement was given.")),
            Prose(Words(_FREE if paper.conflict_free else _NOT_FREE)),
            Signatures(((Words("For the exporter"), signed), (Words("Taken in by the office"), ""))),
        ),
        practice=paper.practice,
    )
    return draw(leaf)


def draft_certificate(facts: Facts, form: Form, *, country_name: Callable[[str], str]) -> bytes:
    """The certificate as it would be, without artwork, number and codes: NOT VALID across."""
    return certificate(facts, form, None, Stock.DRAFT, country_name=country_name)


def _pair(caption: str, value: str, *, face: Face = Face.STRONG) -> Pair:
    return Pair(Words(caption), value, face=face)
