"""What each dated setting is called, and what it decides."""

from PySide6.QtCore import QCoreApplication

from ui.marks import QT_TRANSLATE_NOOP

SETTINGS: dict[str, tuple[str, str]] = {
    "rounding": (
        QT_TRANSLATE_NOOP("settings", "Rounding of carats"),
        QT_TRANSLATE_NOOP("settings", "How readings become the agreed carats, at 0.01 ct."),
    ),
    "readability": (
        QT_TRANSLATE_NOOP("settings", "Balance step"),
        QT_TRANSLATE_NOOP(
            "settings", "Carats: the smallest step of the balances, for the difference of two weighings."
        ),
    ),
    "validity_days": (
        QT_TRANSLATE_NOOP("settings", "Validity of a certificate, days"),
        QT_TRANSLATE_NOOP("settings", "Days from issue to expiry; the earlier of days and months counts."),
    ),
    "validity_months": (
        QT_TRANSLATE_NOOP("settings", "Validity of a certificate, months"),
        QT_TRANSLATE_NOOP("settings", "Months from issue to expiry; the earlier of days and months counts."),
    ),
    "valuation_rule": (
        QT_TRANSLATE_NOOP("settings", "Which value counts"),
        QT_TRANSLATE_NOOP("settings", "Of the declared, the office's and the independent figure."),
    ),
    "independent_valuer": (
        QT_TRANSLATE_NOOP("settings", "Independent valuer"),
        QT_TRANSLATE_NOOP("settings", "A third figure is wanted before a value counts."),
    ),
    "small_office": (
        QT_TRANSLATE_NOOP("settings", "Small office"),
        QT_TRANSLATE_NOOP("settings", "Weigher and valuer may be one person. Every batch names this."),
    ),
    "same_officer_weighs_again": (
        QT_TRANSLATE_NOOP("settings", "One officer weighs twice"),
        QT_TRANSLATE_NOOP("settings", "The second weighing may be by the officer of the first."),
    ),
    "check_weight_days": (
        QT_TRANSLATE_NOOP("settings", "Check weight every so many days"),
        QT_TRANSLATE_NOOP("settings", "Days from one check weight of a balance to the next."),
    ),
    "calibration_grace_days": (
        QT_TRANSLATE_NOOP("settings", "Grace after calibration, days"),
        QT_TRANSLATE_NOOP("settings", "How long a balance whose calibration ended may weigh, with a warning."),
    ),
    "coarse_balances": (
        QT_TRANSLATE_NOOP("settings", "Coarse balances for large lots"),
        QT_TRANSLATE_NOOP("settings", "Balances with a step over 0.001 ct may weigh large lots."),
    ),
    "coarse_from": (
        QT_TRANSLATE_NOOP("settings", "A lot is large from"),
        QT_TRANSLATE_NOOP("settings", "Carats from which on a coarse balance may be used."),
    ),
    "idle_minutes": (
        QT_TRANSLATE_NOOP("settings", "Lock after minutes"),
        QT_TRANSLATE_NOOP("settings", "Minutes without a key, a weight or a scan before a desk locks itself."),
    ),
    "exit_days": (
        QT_TRANSLATE_NOOP("settings", "Exit report within days"),
        QT_TRANSLATE_NOOP("settings", "Days after the release without a report of the export before it is overdue."),
    ),
    "exporter_prints": (
        QT_TRANSLATE_NOOP("settings", "Firms print at the counter"),
        QT_TRANSLATE_NOOP("settings", "A firm prints its own approved certificate on a blank that an officer loaded."),
    ),
    "firm_prints_data": (
        QT_TRANSLATE_NOOP("settings", "Firms print data on allotted blanks"),
        QT_TRANSLATE_NOOP("settings", "Without any code; the office adds the codes after verifying and sealing."),
    ),
    "low_stock_days": (
        QT_TRANSLATE_NOOP("settings", "Stock is low under days"),
        QT_TRANSLATE_NOOP("settings", "Working days that blanks, bags or seals last below which more is ordered."),
    ),
    "short_stock_days": (
        QT_TRANSLATE_NOOP("settings", "Stock is very low under days"),
        QT_TRANSLATE_NOOP("settings", "Working days below which it may end before more comes."),
    ),
    "confirmation_days": (
        QT_TRANSLATE_NOOP("settings", "Confirmation within days"),
        QT_TRANSLATE_NOOP("settings", "Days after export without a confirmation of receipt before it is overdue."),
    ),
    "voucher_tolerance": (
        QT_TRANSLATE_NOOP("settings", "Tolerance of vouchers"),
        QT_TRANSLATE_NOOP("settings", "Share of a parcel's carats that its vouchers may be off without a reason."),
    ),
    "vouchers_required": (
        QT_TRANSLATE_NOOP("settings", "Vouchers are wanted"),
        QT_TRANSLATE_NOOP("settings", "Purchased goods without any voucher are not taken in."),
    ),
    "miners_sell_to_exporters": (
        QT_TRANSLATE_NOOP("settings", "Miners sell to exporters"),
        QT_TRANSLATE_NOOP("settings", "Else miners sell to dealers alone, and exporters buy from these."),
    ),
    "duplicate_days": (
        QT_TRANSLATE_NOOP("settings", "Same parcel twice within days"),
        QT_TRANSLATE_NOOP("settings", "So long the same exporter, heading and carats read as a parcel brought twice."),
    ),
    "price_history_months": (
        QT_TRANSLATE_NOOP("settings", "Price history, months"),
        QT_TRANSLATE_NOOP("settings", "How far back a new price is held against earlier ones."),
    ),
    "sample_percent": (
        QT_TRANSLATE_NOOP("settings", "Sample of a producer's lines, percent"),
        QT_TRANSLATE_NOOP("settings", "The share of the lines that the office weighs and values itself."),
    ),
    "sample_least": (
        QT_TRANSLATE_NOOP("settings", "Fewest lines of a sample"),
        QT_TRANSLATE_NOOP("settings", "Never fewer lines than these are weighed and valued."),
    ),
    "sample_tolerance": (
        QT_TRANSLATE_NOOP("settings", "Tolerance of a sample, percent"),
        QT_TRANSLATE_NOOP("settings", "How far a sampled line may be off before the file wants a reason."),
    ),
    "provisional_days": (
        QT_TRANSLATE_NOOP("settings", "Result of a tender within days"),
        QT_TRANSLATE_NOOP("settings", "Days until the result of a tender or consignment is expected."),
    ),
    "levies_before_issue": (
        QT_TRANSLATE_NOOP("settings", "Levies before issue"),
        QT_TRANSLATE_NOOP("settings", "Levies and fees are settled before a certificate is issued; else only noted."),
    ),
    "local_currency": (
        QT_TRANSLATE_NOOP("settings", "Local currency"),
        QT_TRANSLATE_NOOP("settings", "What receipts may also be in, as three letters."),
    ),
    "opens_at": (
        QT_TRANSLATE_NOOP("settings", "The office opens at"),
        QT_TRANSLATE_NOOP("settings", "The hour; acts before it are exceptions."),
    ),
    "closes_at": (
        QT_TRANSLATE_NOOP("settings", "The office closes at"),
        QT_TRANSLATE_NOOP("settings", "The hour; acts after it are exceptions."),
    ),
    "rework_tolerance": (
        QT_TRANSLATE_NOOP("settings", "Loss or gain in sorting"),
        QT_TRANSLATE_NOOP("settings", "Share of an origin's carats that sorting may change without a supervisor."),
    ),
    "rework_least": (
        QT_TRANSLATE_NOOP("settings", "Loss or gain always allowed"),
        QT_TRANSLATE_NOOP("settings", "Carats that sorting may always change, however small the parcel."),
    ),
    "return_days": (
        QT_TRANSLATE_NOOP("settings", "Monthly returns within days"),
        QT_TRANSLATE_NOOP("settings", "Days after a month's end in which mines and buyers declare it."),
    ),
    "stock_days": (
        QT_TRANSLATE_NOOP("settings", "Stock declared within days"),
        QT_TRANSLATE_NOOP("settings", "Days after the year's end in which firms declare their stock of diamonds."),
    ),
    "stock_tolerance": (
        QT_TRANSLATE_NOOP("settings", "Tolerance of a declared stock"),
        QT_TRANSLATE_NOOP("settings", "Share of what came in that a declared stock may be off."),
    ),
}
VALUES = {
    "half_up": QT_TRANSLATE_NOOP("settings", "half up"),
    "half_even": QT_TRANSLATE_NOOP("settings", "half to even"),
    "down": QT_TRANSLATE_NOOP("settings", "down"),
    "declared": QT_TRANSLATE_NOOP("settings", "declared, with a check"),
    "government": QT_TRANSLATE_NOOP("settings", "the office's"),
    "highest": QT_TRANSLATE_NOOP("settings", "the highest"),
    "True": QT_TRANSLATE_NOOP("settings", "yes"),
    "False": QT_TRANSLATE_NOOP("settings", "no"),
}


def setting_word(name: str) -> str:
    """A setting nobody has named yet is called by its own name."""
    words = SETTINGS[name][0] if name in SETTINGS else name.replace("_", " ")
    return QCoreApplication.translate("settings", words)


def setting_told(name: str) -> str:
    return QCoreApplication.translate("settings", SETTINGS[name][1]) if name in SETTINGS else ""


def value_word(value: str | int | bool) -> str:
    words = VALUES.get(str(value), str(value))
    return QCoreApplication.translate("settings", words)
