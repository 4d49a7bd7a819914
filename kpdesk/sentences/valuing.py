"""Values, price books, levies and fees."""

from kpdesk.sentences.words import Sentence

VALUING: dict[str, Sentence] = {
    # Findings
    "value_provisional": Sentence(
        "The value of parcel {parcel} is provisional ({basis}); its result is due by {due}.",
        "Record the result when the goods are sold.",
    ),
    "levy_unpaid": Sentence(
        "Application {shipment} owes US$ {open}: {charges}.", "Take the receipt in before the certificate is issued."
    ),
    "levy_open": Sentence("Application {shipment} owes US$ {open}: {charges}.", "Ask the payer for the receipt."),
    "levy_not_claimed": Sentence(
        "Nobody has claimed yet what the tariff asks of application {shipment}: {charges}.",
        "Claim it on the page of receipts.",
    ),
    # Values
    "NotToValue": Sentence(
        "Parcel {parcel} wants no figure of yours: it is not weighed, you weighed it, or the figure is given.",
        "Take the next one of the list.",
    ),
    "ClassTwice": Sentence("Class {size_class} has two lines.", "Put them together."),
    "ClassUnknown": Sentence(
        "Class {size_class} is not in the office's classes in force.",
        "Correct it, or bring a new version of the classes.",
    ),
    "PriceWantsReason": Sentence(
        "US$ {price} per carat for {size_class}: {low} to {high} is usual for {group} ({count} prices).",
        "Choose the reason by its digit, or let a second valuer look and sign.",
    ),
    # Books
    "EntryWrong": Sentence(
        "Line {line} of “{file}”: “{text}” does not fit the column “{column}”.", "Correct the file and read it again."
    ),
    "EntryTwice": Sentence("Line {line} of “{file}”: {key} is there twice.", "Keep the one that counts."),
    "NoBook": Sentence("No version of this book is in force: {book}.", "Bring one in; two people sign it."),
    "BookUnchanged": Sentence("The file says what is in force already: {book}.", "Nothing needs to be done."),
    "BookBackdated": Sentence(
        "A new version cannot begin on {valid_from}, which is over.", "Enter today or a later day."
    ),
    # A producer's file
    "SampleUnfinished": Sentence(
        "Lines of the sample are not checked yet: {classes}.", "Enter the carats and the price that you find."
    ),
    "SampleWantsReason": Sentence(
        "The file is refused, or its sample is further off than the office allows.", "Choose the reason by its digit."
    ),
    "AssortmentDecided": Sentence("{file} was taken over or refused before.", "Ask the producer for a corrected file."),
    # Provisional values
    "ResultKnown": Sentence(
        "The result of parcel {parcel} is known: US$ {value}.", "It stays; keep a correction in the note of the sale."
    ),
    "ResultOfTomorrow": Sentence("The goods cannot have been sold on {on}, which is to come.", "Correct the day."),
    # Levies and fees
    "ReceiptTwice": Sentence("Receipt {number} is in the ledger “{ledger}” already.", "Look at its number again."),
    "ReceiptIncomplete": Sentence(
        "A receipt has a number, an amount above zero and a claim that it pays.", "Fill in what is missing."
    ),
    "MoreThanOwed": Sentence(
        "The receipt is of US$ {amount}, but US$ {owed} is owed.",
        "Add another claim of this payer, or correct the amount.",
    ),
    "OtherLedger": Sentence(
        "Claim {claim} is of another payer or another ledger.", "Take a receipt of its own for it."
    ),
    "ClaimPaid": Sentence("US$ {paid} was paid on claim {claim}.", "Reverse the receipt first."),
    "NothingToPay": Sentence("Claim {claim} is settled or cancelled.", "Choose an open one."),
    "AlreadyReversed": Sentence("Receipt {number} was reversed before.", "Enter it anew if it is right."),
    "NotARate": Sentence(
        "{rate} is no rate for {currency}.",
        "US$ are taken at 1; for other money enter its three letters and how much of it is one US$.",
    ),
    "ReasonWanted": Sentence("What is taken back has a reason.", "Write it down."),
}
