"""A practice day for the screens: fixed clock, practice firms, acts that answer at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from kpdesk.desks.counter import Shot
from kpdesk.desks.proving import OtherSheet
from kpdesk.desks.sheets import Sheet, ThirdSheet
from kpdesk.domain.calibration import Tray
from kpdesk.domain.certificate import Facts, Kind, Line, Named, Number
from kpdesk.domain.goods import Heading
from kpdesk.domain.measures import Carats, Money, NotAnAmount
from kpdesk.domain.parties import PartyKind, Role
from kpdesk.domain.slips import PartySlip, TodaySlip, Waiting
from kpdesk.domain.verdict import (
    Alerted,
    Code,
    Content,
    Dates,
    Elsewhere,
    Here,
    Issuer,
    ListsAge,
    Numbering,
    Practice,
    Signature,
    Sort,
    Totals,
    Verdict,
    Voided,
)
from kpdesk.scanning.troubles import NotAPicture
from ui.clerk.intake import Intake, Known, RegisterActs
from ui.clerk.parked_card import Waits
from ui.clerk.register import RegisterPage
from ui.formats import Formats
from ui.inspector.verify import VerifyActs, VerifyPage
from ui.issuing.after_print import AfterActs
from ui.issuing.issue import IssueActs, IssuePage
from ui.keys import Keyboard
from ui.slips import Agreement, Blank, Checked, Picture, Printer, Ready, Registered, Spooled, Stage
from ui.surface import Surface
from ui.today import TodayActs, TodayPage
from ui.tones import Answer, Tone
from ui.widgets.side import Section
from ui.window import DeskWindow
from ui.work import Workroom

PASSWORD = "practice password"
SECTIONS = ("today", "register", "issue", "verify")
NOW = datetime(2026, 3, 9, 9, 41, 7, tzinfo=UTC)
FORMATS = Formats(zone=timezone(timedelta(hours=1)))

EXPORTERS = (
    PartySlip(
        number="EXP-0041",
        party_kind=PartyKind.EXPORTER,
        name="Practice Gems Lda",
        address="1 Practice Road",
        country="ZZ",
    ),
    PartySlip(
        number="EXP-0052",
        party_kind=PartyKind.EXPORTER,
        name="Practice Rough SA",
        address="2 Practice Road",
        country="ZZ",
    ),
)
COUNTRIES = (("ZZ", "Practice Republic"), ("XZ", "Practice Partner"))
REASONS = (("broken", "the balance is out of order"), ("cut", "there is no power"))
LICENCE = Answer(
    Tone.NOTE,
    "licence_ends_soon",
    (("party", "Practice Gems Lda"), ("licence", "L-0041"), ("days", "12")),
    "KPCS Annex II 13",
)

FACTS = Facts(
    kind=Kind.ORIGINAL,
    edition="2026-1",
    number=Number("ZZ000123"),
    participant="ZZ",
    issuing_authority="Practice Authority",
    origins=("ZZ",),
    provenance="ZZ",
    destination="XZ",
    exporter=Named("Practice Gems Lda", "1 Practice Road"),
    importer=Named("Practice Partner Cutting", "9 Practice Street"),
    lines=(
        Line(Heading.UNSORTED, Carats.of("834.56"), Money.of("251583.98")),
        Line(Heading.NON_INDUSTRIAL, Carats.of("400.00"), Money.of("120000.00")),
    ),
    parcels=2,
    containers=1,
    seals=("TE00918273",),
    issued=date(2026, 3, 9),
    expires=date(2026, 5, 8),
)
GENUINE = Verdict(
    code=Code.READ,
    lists=ListsAge.FRESH,
    issuer=Issuer.KNOWN,
    signature=Signature.GOOD,
    content=Content.FULL,
    numbering=Numbering.MATCHES,
    dates=Dates.CURRENT,
    voided=Voided.NO,
    alerted=Alerted.NO,
    elsewhere=Elsewhere.NO,
    here=Here.NO,
    sort=Sort.ORIGINAL,
    practice=Practice.NO,
    facts=FACTS,
    totals=Totals(
        kind=Kind.ORIGINAL,
        number=Number("ZZ000123"),
        participant="ZZ",
        issued=FACTS.issued,
        expires=FACTS.expires,
        carats=FACTS.carats,
        value=FACTS.value,
        digest=bytes(16),
    ),
)
RECEIVED_BEFORE = replace(GENUINE, here=Here.YES)
ALTERED = Verdict(code=Code.DAMAGED, lists=ListsAge.FRESH)
NO_CODE = Verdict(code=Code.NONE, lists=ListsAge.FRESH)


def page_picture() -> Picture:
    """A sheet that looks like a page."""
    drawn = QImage(620, 877, QImage.Format.Format_RGB888)
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    painter.setPen(Qt.GlobalColor.darkGray)
    painter.drawRect(24, 24, 571, 828)
    font = painter.font()
    font.setPixelSize(26)
    painter.setFont(font)
    painter.drawText(60, 100, "KIMBERLEY PROCESS CERTIFICATE")
    font.setPixelSize(15)
    painter.setFont(font)
    for line in range(18):
        painter.drawText(60, 180 + line * 34, "Practice " * (3 + line % 4))
    painter.end()
    stride = drawn.bytesPerLine()
    return Picture(620, 877, stride, "RGB", bytes(drawn.constBits())[: stride * 877])


def _no_photo(given: Path | bytes, name: str) -> Shot:
    raise NotAPicture(name)


def today() -> TodaySlip:
    by_hour = [0] * 24
    by_hour[7:18] = [1, 3, 6, 9, 8, 5, 2, 4, 2, 1, 0]
    waits = (
        ("parcel/P-2026-004113", "weigh_again", "Practice Gems Lda", Carats.of("1234.565"), 43),
        ("parcel/P-2026-004109", "value", "Practice Rough SA", Carats.of("88.10"), 95),
        ("parcel/P-2026-004102", "bag", "Practice Gems Lda", Carats.of("412.33"), 1400),
        ("certificate/C-2026-000031", "print", "Practice Rough SA", Carats.of("5120.00"), 4000),
    )
    return TodaySlip(
        parcels=41,
        carats=Carats.of("3112.40"),
        by_hour=tuple(by_hour),
        to_issue=6,
        expiring=2,
        blanks=312,
        blanks_days=18,
        unconfirmed=4,
        oldest_unconfirmed=33,
        unsent=27,
        lists_age=4,
        waiting=tuple(
            Waiting(subject=subject, what=what, about=about, carats=carats, since=NOW - timedelta(minutes=minutes))
            for subject, what, about, carats, minutes in waits
        ),
    )


def ready() -> tuple[Ready, ...]:
    return (
        Ready(
            reference="S-2026-000087",
            exporter="Practice Gems Lda",
            destination="XZ",
            carats=Carats.of("1234.56"),
            value=Money.of("371583.98"),
            approved=NOW,
            conditions=(
                Answer(Tone.OK, "signature_good"),
                replace(LICENCE),
                Answer(Tone.OK, "content_full"),
            ),
        ),
        Ready(
            reference="S-2026-000088",
            exporter="Practice Rough SA",
            destination="XZ",
            carats=Carats.of("88.10"),
            value=Money.of("26400.00"),
            approved=None,
            conditions=(Answer(Tone.STOP, "seal_missing", (), "EU 12(2)"),),
        ),
    )


@dataclass
class Office:
    """A desk of practice: answers at once and remembers what it was asked."""

    drafts: dict[str, str] = field(default_factory=dict)
    saved: list[Intake] = field(default_factory=list)
    parked: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: list[tuple[str, Sheet, str]] = field(default_factory=list)
    signed: list[tuple[str, str]] = field(default_factory=list)
    spooled: Spooled | None = None
    seen: tuple[str, ...] = ()
    """What the camera reads from a sheet."""
    why: str = ""
    sheets: int = 0
    verdict: Verdict = GENUINE
    shipments: tuple[Ready, ...] = field(default_factory=ready)

    def register_acts(self) -> RegisterActs:
        return RegisterActs(
            known=lambda: Known(
                exporters=EXPORTERS, titles=("Luele practice mine",), countries=COUNTRIES, whys=REASONS
            ),
            check=lambda intake: [("exporter", LICENCE)] if intake.exporter == "EXP-0041" else [],
            agreement=lambda one, other: Agreement(Carats(abs(one.value - other.value)), Carats.of("0.06")),
            draft=lambda: dict(self.drafts),
            keep_draft=self._keep,
            save=self._save,
            read_photo=_no_photo,
            photo_text=lambda shot: "",
            photo_of=lambda text: None,
            read_vouchers=lambda given, name: (),
            park=lambda name, texts: self.parked.update({name: dict(texts)}),
            parked=lambda: [Waits(name, texts["first"], NOW) for name, texts in self.parked.items()],
            take_up=lambda name: self.parked.pop(name),
            today=NOW.date,
        )

    def _keep(self, texts: Mapping[str, str]) -> datetime:
        self.drafts = dict(texts)
        return NOW

    def _save(self, intake: Intake) -> Registered:
        self.saved.append(intake)
        assert intake.first is not None
        return Registered("P-2026-004114", intake.first)

    def verify_acts(self) -> VerifyActs:
        return VerifyActs(check_file=self._check, check_number=lambda number: self._checked(number))

    def _check(self, path: Path) -> Checked:
        return self._checked(path.name)

    def _checked(self, source: str) -> Checked:
        picture = page_picture()
        return Checked(verdict=self.verdict, source=source, at=NOW, took=Decimal("0.1"), picture=picture)

    def issue_acts(self) -> IssueActs:
        return IssueActs(
            ready=lambda: self.shipments,
            preview=lambda reference: page_picture(),
            prepare=self._prepare,
            approve=self._approve,
            next_blank=lambda: Blank("ZZ-000124", overlay=True),
            printers=lambda: (
                Printer(Tray("Practice printer", "tray 1"), date(2026, 3, 2)),
                Printer(Tray("Unaligned")),
            ),
            reasons=lambda: (("damaged", "the next is damaged"), ("bundle", "not in order")),
            print_sheet=self._print,
            print_third=self._print_third,
            after=AfterActs(
                unanswered=lambda: self.spooled,
                reasons=lambda: (("smeared", "smeared"), ("skewed", "skewed"), ("torn", "torn")),
                answer=self._answer,
                prove=self._prove,
                read_file=lambda path: (path.stem,),
                look=lambda spooled: self.seen,
            ),
        )

    def _prepare(self, reference: str) -> None:
        self.signed.append((reference, "first"))
        self.shipments = tuple(replace(each, stage=Stage.APPROVE, digest="ab" * 32) for each in self.shipments)

    def _approve(self, reference: str, officer: str, password: str) -> None:
        if password != PASSWORD:
            raise NotAnAmount(officer)
        self.signed.append((reference, officer))
        self.shipments = tuple(replace(each, stage=Stage.PRINT) for each in self.shipments)

    def _print(self, reference: str, number: str, printer: Printer, why: str) -> Spooled:
        self.why = why
        if self.sheets >= 2:
            raise ThirdSheet(reference)
        self.spooled = Spooled(reference, number)
        return self.spooled

    def _print_third(
        self, reference: str, number: str, printer: Printer, why: str, officer: str, password: str
    ) -> Spooled:
        self.sheets = 0
        self.signed.append((reference, officer))
        return self._print(reference, number, printer, why)

    def _prove(self, spooled: Spooled, texts: Sequence[str]) -> None:
        if spooled.number not in texts:
            raise OtherSheet(spooled.number, texts[0])
        self.answers.append((spooled.number, Sheet.GOOD, texts[0]))
        self.spooled = None

    def _answer(self, spooled: Spooled, sheet: Sheet, detail: str) -> None:
        if sheet is Sheet.GOOD and not spooled.number.endswith(detail[-4:]):
            raise NotAnAmount(detail)
        self.answers.append((spooled.number, sheet, detail))
        self.spooled = None

    def sections(self, workroom: Workroom, keyboard: Keyboard) -> list[Section]:
        surface = Surface(workroom, FORMATS, keyboard)
        return [
            Section(
                "today", "Today", "today", Role.CLERK,
                lambda: TodayPage(TodayActs(today, lambda: (), lambda: NOW), surface, SECTIONS),
            ),
            Section(
                "register", "Register parcel", "register", Role.CLERK,
                lambda: RegisterPage(self.register_acts(), surface, second_here=True), "new",
                ("main", "copy_last", "park", "open"),
            ),
            Section(
                "issue", "Issue", "issue", Role.ISSUING,
                lambda: IssuePage(self.issue_acts(), surface), "issue",
                ("main", *(f"sheet_{sheet}" for sheet in Sheet)), lambda: self.spooled is not None,
            ),
            Section(
                "verify", "Verify", "verify", Role.INSPECTOR,
                lambda: VerifyPage(self.verify_acts(), surface), "verify", ("open",),
            ),
        ]  # fmt: skip

    def window(self, workroom: Workroom, keyboard: Keyboard, *, practice: bool = False) -> DeskWindow:
        return DeskWindow(
            office="Practice Capital",
            officer="Officer Practice",
            sections=self.sections(workroom, keyboard),
            surface=Surface(workroom, FORMATS, keyboard),
            clock=lambda: NOW,
            practice=practice,
        )
