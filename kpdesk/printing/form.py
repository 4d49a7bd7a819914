"""A form: the words, colours and places of one edition of a participant's certificate, read from a TOML file.

The English title and statement are those of KPCS Annex I A; beside every English word stands the office's own language.
"""

import re
import tomllib
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path

from kpdesk.domain.goods import Heading
from kpdesk.domain.outcomes import Trouble
from kpdesk.printing.a4 import HEIGHT, WIDTH
from kpdesk.printing.entries import Fault, matching, number, record, table, text, tuple_of, whole

TITLE = "Kimberley Process Certificate"
STATEMENT = (
    "The rough diamonds in this shipment have been handled in accordance with the provisions of the "
    "Kimberley Process Certification Scheme for rough diamonds"
)
CODE_MARGIN = 3.0
"""Millimetres that every other box keeps from a code: more than the quiet zone of four modules (scanning.md 4.4)."""
_CODES = ("full", "compact", "barcode")
_MOST_BYTES = 128 * 1024


@dataclass(eq=False)
class FormFault(Trouble):
    """The file is no usable form."""

    form: str
    fault: str


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in English and in the office's language."""

    english: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the page, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def near(self, other: "Box", distance: float) -> bool:
        """Whether the other box overlaps this one or comes nearer than `distance` millimetres."""
        beside = max(self.x - other.right, other.x - self.right)
        return max(beside, self.y - other.bottom, other.y - self.bottom) < distance


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue, each 0 to 255."""

    red: int
    green: int
    blue: int

    def tint(self, strength: float) -> tuple[float, float, float]:
        """As a share of ink on white paper: 1 is the colour itself, 0 is white; for PDF, each 0 to 1."""
        red, green, blue = (1 - strength * (1 - part / 255) for part in (self.red, self.green, self.blue))
        return red, green, blue


@dataclass(frozen=True, slots=True)
class Colours:
    """The inks of the artwork; what is entered on it is black."""

    ink: Colour
    second: Colour
    """The office's language."""
    label: Colour
    hairline: Colour
    number: Colour
    mark: Colour
    """SPECIMEN and COPY."""
    guilloche: tuple[Colour, Colour, Colour]


@dataclass(frozen=True, slots=True)
class Labels:
    """Every label on the page."""

    number: Words
    origin: Words
    provenance: Words
    destination: Words
    issued: Words
    expires: Words
    parcels: Words
    containers: Words
    exporter: Words
    importer: Words
    licence: Words
    authority: Words
    replaces: Words
    seals: Words
    heading: Words
    description: Words
    carats: Words
    value: Words
    total: Words
    issued_by: Words
    validated_by: Words
    hologram: Words
    scan: Words
    mixed: Words
    """Beside the asterisks of a mixed origin."""
    technical: Words
    """Under the title of a technical certificate."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where everything stands; boxes neither overlap nor come near a code."""

    compact: Box
    arms: Box
    hologram: Box
    offices: Box
    title: Box
    number: Box
    statement: Box
    origin: Box
    provenance: Box
    destination: Box
    issued: Box
    expires: Box
    parcels: Box
    containers: Box
    exporter: Box
    importer: Box
    authority: Box
    replaces: Box
    seals: Box
    lines: Box
    issued_by: Box
    validated_by: Box
    barcode: Box
    full: Box


@dataclass(frozen=True, slots=True)
class Border:
    """The guilloche band around the page, in millimetres."""

    margin: float
    """From the paper's edge to the band."""
    band: float
    petals: int
    """Repeats of the rosette behind the text."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """How far all that is entered moves on a preprinted blank, in millimetres."""

    right: float
    down: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """One filled outline of the arms, in a square of 100 × 100 with its origin upper left."""

    colour: Colour
    path: tuple[tuple[str, tuple[float, ...]], ...]
    """Absolute M, L, C and Z, as in SVG."""


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of a participant's certificate. Equal forms draw equal pages."""

    edition: str
    participant: str
    """ISO 3166-1 alpha-2, or EU."""
    language: str
    """Of the second words, BCP 47; `en` where there are none."""
    offices: tuple[Words, ...]
    """The state, then the office."""
    title: Words
    statement: Words
    headings: tuple[tuple[str, Words], ...]
    """What each HS heading is called."""
    colours: Colours
    labels: Labels
    boxes: Boxes
    border: Border
    overlay: Overlay
    arms: tuple[Stroke, ...]

    def goods(self, heading: Heading) -> Words:
        return dict(self.headings)[heading.value]


def read_form(file: Path) -> Form:
    """The form in this file; raises FormFault, naming the entry, on anything missing, unknown, odd or overlapping."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise Fault(f"larger than {_MOST_BYTES} bytes")
        return _form(tomllib.loads(content.decode()))
    except Fault as fault:
        raise FormFault(file.name, str(fault)) from None
    except OSError as problem:
        raise FormFault(file.name, problem.strerror or "cannot be read") from problem
    except (ValueError, RecursionError) as problem:
        raise FormFault(file.name, f"not TOML: {str(problem)[:120]}") from problem


def _form(top: dict[str, object]) -> Form:
    form = _FORM(top, "form")
    for name, words, prescribed in (("title", form.title, TITLE), ("statement", form.statement, STATEMENT)):
        if words.english != prescribed:
            raise Fault(f"{name}: the English is not that of KPCS Annex I A")
    _check_boxes(form.boxes, form.border)
    return form


def _check_boxes(boxes: Boxes, border: Border) -> None:
    named = [(field.name, getattr(boxes, field.name)) for field in fields(boxes)]
    edge = border.margin + border.band
    for name, box in named:
        if box.x < edge or box.y < edge or box.right > WIDTH - edge or box.bottom > HEIGHT - edge:
            raise Fault(f"boxes.{name} is not inside the border")
    for (one, first), (other, second) in combinations(named, 2):
        if first.near(second, CODE_MARGIN if one in _CODES or other in _CODES else 0):
            raise Fault(f"boxes.{one} and boxes.{other} are too near")


_TEXTS, _PLACE = tuple_of(text, 1, 2), tuple_of(number(1, HEIGHT), 4, 4)


def _words(value: object, where: str) -> Words:
    return Words(*_TEXTS(value, where))


def _box(value: object, where: str) -> Box:
    return Box(*_PLACE(value, where))


def _colour(value: object, where: str) -> Colour:
    return Colour(*bytes.fromhex(matching("#[0-9a-f]{6}")(value, where)[1:]))


def _headings(value: object, where: str) -> tuple[tuple[str, Words], ...]:
    named = table(value, where)
    if named.keys() != {heading.value for heading in Heading}:
        raise Fault(f"{where} does not name the headings {', '.join(Heading)}")
    return tuple((heading, _words(words, f"{where}.{heading}")) for heading, words in sorted(named.items()))


_OPERANDS = {"M": 2, "L": 2, "C": 6, "Z": 0}


def _path(value: object, where: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    if not isinstance(value, str) or not re.fullmatch(r"M[-0-9. MLCZ\n]*Z\s*", value):
        raise Fault(f"{where} is not a path of M, L, C and Z")
    path = []
    for operator, rest in re.findall(r"([MLCZ])([^MLCZ]*)", value):
        operands = rest.split()
        if len(operands) != _OPERANDS[operator] or not all(
            re.fullmatch(r"-?\d{1,3}(\.\d+)?", each) for each in operands
        ):
            raise Fault(f"{where}: {operator} wants {_OPERANDS[operator]} plain numbers")
        path.append((operator, tuple(float(each) for each in operands)))
    return tuple(path)


_FORM = record(
    Form,
    edition=matching("[0-9A-Za-z.-]{1,16}"),
    participant=matching("[A-Z]{2}"),
    language=matching("[a-z]{2,3}(-[A-Za-z]{2,4})?"),
    offices=tuple_of(_words, 1, 2),
    title=_words,
    statement=_words,
    headings=_headings,
    colours=record(Colours, _colour, guilloche=tuple_of(_colour, 3, 3)),
    labels=record(Labels, _words),
    boxes=record(Boxes, _box),
    border=record(Border, number(4, 20), petals=whole(8, 96)),
    overlay=record(Overlay, number(-20, 20)),
    arms=tuple_of(record(Stroke, colour=_colour, path=_path), 1, 64),
)
