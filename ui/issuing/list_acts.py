"""Sealing, approval lists and calibration tied to the issuing officer's desk. Runs in the workroom; no widget."""

from collections.abc import Mapping, Sequence

from kpdesk.desks import approving, calibration, counter, issuing, offices, sealing, supervisor
from kpdesk.desks.approving import Draft
from kpdesk.desks.counter import Shot
from kpdesk.desks.desk import Desk
from kpdesk.desks.printers import practice_tray
from kpdesk.desks.reading import Reader
from kpdesk.domain.calibration import Alignment, Tray
from kpdesk.domain.custody import Service
from kpdesk.domain.parties import Role
from kpdesk.domain.slips import ShipmentSlip
from ui import paper
from ui.issuing.acts import trays
from ui.issuing.approve import ApproveActs, Listed
from ui.issuing.calibrate import CalibrateActs, Known
from ui.issuing.conditions import worth_a_look
from ui.issuing.packing import Packing
from ui.issuing.papers import picture
from ui.issuing.seal import SealActs

_TEST_SHEET = "TESTSHEET"


def seal_acts(desk: Desk, reader: Reader) -> SealActs:
    """The page's questions, asked of this officer's desk."""
    return SealActs(
        waiting=lambda: sealing.to_seal(desk),
        free_seal=lambda number: sealing.free_seal(desk, number),
        read_photo=lambda given, name: counter.read_photo(reader, given, name=name),
        seal=lambda packing, witnesses, photo: _seal(desk, packing, witnesses, photo),
    )


def _seal(desk: Desk, packing: Packing, witnesses: Mapping[Service, str], photo: Shot | None) -> ShipmentSlip:
    at = desk.clock()
    typed = [taken.by_hand for taken in packing.taken.values() if taken.reading is None]
    balances = [taken.balance for taken in packing.taken.values() if taken.balance]
    return issuing.seal(
        desk,
        packing.to_seal.shipment.number,
        containers=packing.containers,
        readings={parcel: taken.read(at) for parcel, taken in packing.taken.items()},
        balance=balances[0] if balances else "",
        by_hand=typed[0] if typed else "",
        witnesses=witnesses,
        photo=photo,
    )


def approve_acts(desk: Desk) -> ApproveActs:
    """The page's questions, asked of this officer's desk."""
    return ApproveActs(
        listed=lambda: _listed(desk),
        officer=desk.officer.name,
        may_prepare=Role.ISSUING in desk.officer.roles,
        prepare=lambda shipments: approving.prepare_all(desk, shipments),
        approve=lambda certificates, officer, password: approving.approve_all(
            offices.beside(desk, officer=officer, password=password), certificates
        ),
    )


def _listed(desk: Desk) -> Sequence[Listed]:
    """Those to be approved first, and among them what is worth a look."""
    names = {officer.id: officer.name for officer in supervisor.officers(desk)}
    found = [_one(desk, draft, names) for draft in approving.drafts(desk)]
    return tuple(sorted(found, key=lambda each: (not each.drawn_up, each.draft.plain, each.key)))


def _one(desk: Desk, draft: Draft, names: Mapping[str, str]) -> Listed:
    live = draft.certificate
    return Listed(
        draft=draft,
        facts=draft.facts,
        mine=live is not None and live.prepared_by == desk.officer.id,
        prepared_by=names.get(live.prepared_by, "–") if live else "",
        to_look_at=tuple(worth_a_look(draft)),
    )


def calibrate_acts(desk: Desk) -> CalibrateActs:
    """The page's questions, asked of this officer's desk."""
    return CalibrateActs(
        known=lambda: _known(desk),
        form=desk.office.edition,
        print_test=lambda tray, alignment: _print_test(desk, tray, alignment),
        calibrate=lambda tray, alignment, officer, password: calibration.calibrate(
            desk, offices.beside(desk, officer=officer, password=password), tray=tray, alignment=alignment
        ),
    )


def _known(desk: Desk) -> Sequence[Known]:
    """Every tray of today, aligned or not; one that was aligned with another driver or edition says so."""
    found = trays(desk)
    kept = {(each.tray.printer, each.tray.name): each for each in calibration.calibrations(desk)}
    return tuple(
        Known(tray, held or kept.get((tray.printer, tray.name)), stale=held is None)
        for tray, held in zip(found, calibration.calibrated(desk, found), strict=True)
    )


def _print_test(desk: Desk, tray: Tray, alignment: Alignment | None) -> None:
    pdf = calibration.test_page(desk, tray)
    practice = practice_tray(desk)
    if practice is not None:
        practice.submit(pdf, number=_TEST_SHEET)
    else:
        page = picture(pdf, dpi=paper.DPI)
        paper.print_page(page, tray.printer, title="kpdesk test sheet", alignment=alignment)
