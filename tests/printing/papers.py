"""Certificates to draw: plain, crowded, Cyrillic; practice names only."""

from dataclasses import replace
from datetime import date
from random import Random

from kpdesk.domain.certificate import Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money
from kpdesk.printing.codes import Codes
from kpdesk.printing.form import Form, read_form
from resources import path

NUMBER = Number("ZZ2026001377")
_COUNTRIES = {"ZZ": "Practice Territory ZZ", "XZ": "Practice Partner XZ"}
_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

PLAIN = Facts(
    kind=Kind.ORIGINAL,
    edition="2026-1",
    number=NUMBER,
    participant="ZZ",
    issuing_authority="National Diamond Office of ZZ",
    origins=("ZZ",),
    provenance="ZZ",
    destination="XZ",
    exporter=Named("Practice Exporter One", "14 Sample Avenue, Upper Town, Territory ZZ", "EXP-0041"),
    importer=Named("Practice Importer Two", "2 Diamond Street, 2018 Partner City, XZ", "IMP-0007"),
    lines=(
        Line(Heading.UNSORTED, Carats.of("1234.56"), Money.of("98765.40")),
        Line(Heading.INDUSTRIAL, Carats.of("12004.10"), Money.of("84028.70")),
        Line(Heading.NON_INDUSTRIAL, Carats.of("318.04"), Money.of("412209.15")),
    ),
    parcels=3,
    containers=2,
    seals=("TE00918273", "TE00918274"),
    issued=date(2026, 3, 9),
    expires=date(2026, 5, 8),
)
CROWDED = replace(
    PLAIN,
    origins=("XZ", "ZZ"),
    issuing_authority="Direction générale de l’expertise, de l’évaluation et la certification des pierres précieuses",
    exporter=Named(
        "Société coopérative d’exercice pour l’exploitation et le commerce de diamants bruts de Haute-Vallée S.à r.l.",
        "Immeuble de l’Œuvre, 118 bis avenue du Général-Exemple, quartier Île-de-l’Être, boîte 12 345, Ville-Haute",
        "EXP-2026-000041-REN",
    ),
    importer=Named(
        "Internationale Übungsgesellschaft für Rohdiamanten und Edelsteinhandel Ångström & Søn mbH Niederlassung Süd",
        "Straße der Übung 123a, Hinterhaus, Aufgang C, 12345 Übungsstadt an der Größten Brücke, XZ",
        "IMP-77-Ä-2026",
    ),
    lines=tuple(
        Line(list(Heading)[each % 3], Carats.from_hundredths(each * 7654321), Money.from_cents(each * 765432199))
        for each in range(1, 15)
    ),
    parcels=128,
    containers=12,
    seals=tuple(f"TE009182{each}" for each in range(70, 82)),
    replaces=Number("ZZ2026001201"),
)
CYRILLIC = replace(
    PLAIN,
    edition="2026-1-ru",
    issuing_authority="Национальное управление по алмазам учебной территории ZZ",
    exporter=Named("ООО «Учебный экспортёр»", "ул. Примерная, 14, Верхний город", "ЭКС-0041"),
    importer=Named("АО «Учебный импортёр Щёлково»", "пр. Объездной, 2, г. Партнёрск", "ИМП-0007"),
)


def form(name: str = "zz") -> Form:
    return read_form(path(f"forms/{name}.toml"))


def codes(number: Number = NUMBER, *, full: int = 547, compact: int = 300) -> Codes:
    """Codes of real length with text that looks like base45."""
    random = Random(f"{number}{full}{compact}")
    first, second = ("KPC1:" + "".join(random.choices(_BASE45, k=length - 5)) for length in (full, compact))
    return Codes(first, second, number.with_check)


def country_name(code: str) -> str:
    return _COUNTRIES[code]
