"""Calibration, proving what is on a sheet, approval lists."""

from kpdesk.sentences.words import Sentence

SHEETS: dict[str, Sentence] = {
    # Printers
    "OutOfAlignment": Sentence(
        "No printer in order prints so: {what} {found}, at most {most}.",
        "Measure again: cross 1 is at the upper left, cross 2 at the lower right; both from the left and upper edge.",
    ),
    "NotAligned": Sentence(
        "{printer} is not aligned to form {form}: the entries would not meet their lines on a preprinted blank.",
        "Print its test sheet and align it first, or choose a printer that is aligned.",
    ),
    "JobStillWaiting": Sentence(
        "The job “{title}” may still wait in the printer's queue and could not be taken back.",
        "Take the paper out, cancel the job at the printer or in the system's queue, and only then load another blank.",
    ),
    # Blanks and sheets
    "OutOfOrder": Sentence(
        "Blank {number} is not the next in order; that is {next}.", "Take {next}, or say why it is another."
    ),
    "OtherSheet": Sentence(
        "This is sheet {found}; sheet {number} is asked for.",
        "Look for sheet {number}. If {found} came out of the printer, keep both and call a supervisor.",
    ),
    # Approval of a list
    "ListHeldUp": Sentence(
        "Nothing of the list was signed: {which} may not go.", "Take it off the list, or mend what holds it up."
    ),
    # What a shipment meets, one condition each
    "parties_known": Sentence("Exporter and importer are in order.", ""),
    "participants_open": Sentence("The countries are open to trade.", ""),
    "licences_valid": Sentence("Licences and titles are valid.", ""),
    "sources_proved": Sentence("Declaration, warranty and source stand.", ""),
    "weights_agreed": Sentence("The weights are agreed.", ""),
    "values_agreed": Sentence("The values are agreed.", ""),
    "page_stated": Sentence("The page states all that it must.", ""),
    "people_apart": Sentence("Nobody acted twice.", ""),
    # What about a draft is worth a look
    "typed_weight": Sentence("A weight of {parcel} was typed by hand.", "Look at the weight sheet."),
    "unusual_price": Sentence("A price of {parcel} is not the usual one; its reason is signed.", ""),
    "lifted": Sentence("Two officers lifted “{rule}” with: {document}.", ""),
}
