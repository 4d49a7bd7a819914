"""The counter's words: places, states, sources, acts of the history."""

from kpdesk.domain.custody import Place
from kpdesk.domain.parcel import ParcelState, Source
from kpdesk.domain.valuation import FigureKind
from ui.marks import QT_TRANSLATE_NOOP

PLACES = {
    Place.OFFICER: QT_TRANSLATE_NOOP("places", "With an officer"),
    Place.VAULT: QT_TRANSLATE_NOOP("places", "In the vault"),
    Place.COUNTER: QT_TRANSLATE_NOOP("places", "At the counter"),
    Place.HOLD: QT_TRANSLATE_NOOP("places", "On hold"),
    Place.SEIZED: QT_TRANSLATE_NOOP("places", "Seized"),
}
SOURCES = {
    Source.MINED: QT_TRANSLATE_NOOP("goods", "Own mining"),
    Source.PURCHASED: QT_TRANSLATE_NOOP("goods", "Bought from licensed miners"),
    Source.IMPORTED: QT_TRANSLATE_NOOP("goods", "Imported under certificates"),
    Source.STOCK_2002: QT_TRANSLATE_NOOP("goods", "Stock from before 2003"),
}
STATES = {
    ParcelState.RECEIVED: QT_TRANSLATE_NOOP("states", "received"),
    ParcelState.WEIGHED: QT_TRANSLATE_NOOP("states", "weighed"),
    ParcelState.VALUED: QT_TRANSLATE_NOOP("states", "valued"),
    ParcelState.BAGGED: QT_TRANSLATE_NOOP("states", "in its bag"),
    ParcelState.APPLIED: QT_TRANSLATE_NOOP("states", "applied for"),
    ParcelState.SEALED: QT_TRANSLATE_NOOP("states", "sealed"),
    ParcelState.RELEASED: QT_TRANSLATE_NOOP("states", "released"),
    ParcelState.WITHDRAWN: QT_TRANSLATE_NOOP("states", "taken home"),
}
FIGURES = {
    FigureKind.DECLARED: QT_TRANSLATE_NOOP("figures", "Declared by the exporter"),
    FigureKind.OFFICE: QT_TRANSLATE_NOOP("figures", "The office's valuer"),
    FigureKind.INDEPENDENT: QT_TRANSLATE_NOOP("figures", "Independent valuer"),
}
ACTS = {
    "receive_parcel": QT_TRANSLATE_NOOP("acts", "Received at the counter"),
    "record_weighing": QT_TRANSLATE_NOOP("acts", "Weighed"),
    "give_figure": QT_TRANSLATE_NOOP("acts", "A figure of its value given"),
    "bag_parcel": QT_TRANSLATE_NOOP("acts", "Closed into its bag"),
    "apply": QT_TRANSLATE_NOOP("acts", "Applied for"),
    "seal": QT_TRANSLATE_NOOP("acts", "Verified, weighed again and sealed"),
    "release": QT_TRANSLATE_NOOP("acts", "Released to the carrier"),
    "withdraw": QT_TRANSLATE_NOOP("acts", "Application withdrawn"),
    "withdraw_parcel": QT_TRANSLATE_NOOP("acts", "Taken home by the exporter"),
    "hand_over": QT_TRANSLATE_NOOP("acts", "Handed over"),
    "keep_voucher": QT_TRANSLATE_NOOP("acts", "Voucher entered"),
    "free_voucher": QT_TRANSLATE_NOOP("acts", "Voucher given back"),
    "keep_photo": QT_TRANSLATE_NOOP("acts", "Photo taken"),
    "keep_witness": QT_TRANSLATE_NOOP("acts", "Witness named"),
    "draw_paper": QT_TRANSLATE_NOOP("acts", "Paper drawn"),
    "print_paper": QT_TRANSLATE_NOOP("acts", "Paper printed"),
    "contest": QT_TRANSLATE_NOOP("acts", "Contested"),
    "settle_contest": QT_TRANSLATE_NOOP("acts", "Contest settled"),
}
"""What the history calls an act; another is written as it is named."""
