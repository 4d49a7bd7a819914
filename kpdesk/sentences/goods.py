"""Papers of the counter, sorting, merging, production returns."""

from kpdesk.sentences.words import Sentence

GOODS: dict[str, Sentence] = {
    # Papers
    "NotOneFirm": Sentence(
        "Parcel {parcel} is not one of {firm}; a paper is for one firm.", "Make a paper of its own for it."
    ),
    "NothingToList": Sentence("No parcel is chosen for this paper.", "Choose at least one parcel."),
    "DrawnAnew": Sentence("The label {number} is not archived.", "Print it anew from its parcel."),
    "NotAnAnchor": Sentence(
        "“{text}” is no anchor of a history.", "Scan the code of the day sheet, or type what it says, from KPA1 on."
    ),
    # Goods that change
    "NotAlike": Sentence(
        "{one} and {other} may not be mixed: not the same {what}.",
        "Mix goods of one owner, source, provenance, title and zone alone.",
    ),
    "NotOneChange": Sentence(
        "The lines are not what is called “{change}”.",
        "Merging makes one parcel of several, splitting several of one; a sale sells something; each line has carats.",
    ),
    "NothingOfOrigin": Sentence(
        "More of {origin} comes out ({after} ct) than went in ({before} ct).",
        "Correct the lines, or give the origin of each line its own carats.",
    ),
    "DifferenceUnexplained": Sentence(
        "{difference} ct of {origin} are not accounted for.",
        "Correct the carats, or choose a reason for the difference.",
    ),
    "HeadingMoved": Sentence(
        "More carats of {heading} come out than went in.",
        "Only sorting moves carats to another heading, and only out of 7102.10.",
    ),
    "WantsSupervisor": Sentence(
        "The difference of {difference} ct ({origin}) is beyond the office’s tolerance.",
        "Weigh again, or let a supervisor sign beside.",
    ),
    "MayNotBuy": Sentence(
        "“{buyer}” may not buy goods here.", "Choose another firm that is licensed to deal or to export."
    ),
    "NotWeighedYet": Sentence(
        "Parcel {parcel} came out of this and is not weighed yet.", "Weigh it twice, then close the change."
    ),
    # Declarations
    "declared_too_early": Sentence("{firm} declares {period}, not yet over.", "Ask for it again after."),
    "declared_twice": Sentence("{firm} has declared {period} already.", "Look at what is on the books."),
    "seller_no_digger": Sentence(
        "“{seller}” is no digger on the register.", "Enter the digger and the licence, or ask who sold the goods."
    ),
    "digger_over_capacity": Sentence(
        "{seller} sold {carats} ct in {month}, over the {capacity} ct that titles let be mined.",
        "Ask where the goods come from.",
    ),
    "stock_opening_unknown": Sentence(
        "{firm} declared no stock for {year}: nothing is known of what it began with.", "Ask for that declaration too."
    ),
    "stock_off": Sentence(
        "{declared} ct are declared, {expected} ct expected from the books: {difference} ct apart.",
        "Ask the firm, if it matters.",
    ),
    "stock_far_off": Sentence(
        "{declared} ct are declared, {expected} ct expected from the books: {difference} ct apart.",
        "Ask the firm for its books; two officers may take the declaration with a document.",
    ),
}
