"""The clerk's counter: parcels in, vouchers, photos, handing over."""

from kpdesk.sentences.words import Sentence

COUNTER: dict[str, Sentence] = {
    # Vouchers
    "vouchers_missing": Sentence(
        "{exporter} bought these goods, and no voucher is entered.", "Enter the vouchers, singly or as a list."
    ),
    "vouchers_differ": Sentence(
        "The vouchers add up to {vouchers} ct, the parcel weighs {carats} ct; {allowed} ct apart are allowed.",
        "Look for a missing voucher, or choose a reason.",
    ),
    "voucher_twice": Sentence(
        "Voucher {number} of {seller} was used before: {where}.",
        "Take it out; if the seller wrote a number twice, tell a supervisor.",
    ),
    "voucher_in_future": Sentence(
        "Voucher {number} is of {day}, which is still to come.", "Read its date again; if it says so, do not take it."
    ),
    "seller_may_not": Sentence(
        "{seller}, named on voucher {number}, may not sell to an exporter.",
        "Choose a licensed miner or dealer from the register.",
    ),
    "parcel_twice": Sentence(
        "{parcel}, received on {day}, is of the same exporter and heading and weighs {carats} ct too.",
        "Look whether it was brought twice, or choose a reason.",
    ),
    "VoucherUnreadable": Sentence(
        "Line {line} of “{file}”: “{text}” is no {column} of a voucher.",
        "Correct the list, with a number, date, seller, carats and value in each line; none was taken.",
    ),
    "VouchersWanted": Sentence(
        "{exporter} bought these goods, and this office takes none without vouchers.", "Enter the vouchers first."
    ),
    "WhyMissing": Sentence("A reason is wanted here.", "Choose or write one."),
    # Weighing again
    "OwnWeighing": Sentence(
        "You took the first weighing of {parcel} yourself.", "Let another officer weigh it, or take the next parcel."
    ),
    "OwnIsContested": Sentence(
        "Your own weight or value of {parcel} is contested.", "Another officer takes the new one."
    ),
    # From hand to hand
    "NothingToHandOver": Sentence("No parcel is on the list.", "Scan the parcels first."),
    "NotTheHolder": Sentence(
        "{parcel} is with {holder}.", "Let {holder} hand it over, or a supervisor in their place."
    ),
    "NotInTheHouse": Sentence("{parcel} is not here: it is {state}.", "Scan the label again."),
    "KeptBack": Sentence("{parcel} is kept here: {place}.", "A supervisor hands it over first."),
    # Contests
    "NobodyContests": Sentence(
        "Nobody is named who speaks for the exporter.", "Write who contests it, as on their identity paper."
    ),
    "Contested": Sentence(
        "{parcel} is contested already, as {contest}.", "Weigh or value it again first; then it is settled."
    ),
}
