"""Applications, warranties, the exporter's seat."""

from kpdesk.sentences.words import Sentence

APPLYING: dict[str, Sentence] = {
    # What is noticed on an application
    "sow_missing": Sentence(
        "The firm's SoW number is missing beside its warranty of {statement}.", "Copy it from the firm's invoice."
    ),
    "invoice_missing": Sentence("No invoice is attached.", "Attach a picture or PDF of it, or keep the paper one."),
    "declared_value_missing": Sentence(
        "The exporter has stated no value of parcel {parcel}.", "Ask for it and type it beside the parcel."
    ),
    "declaration_aged": Sentence(
        "That the goods are conflict-free was declared on {day}, more than 30 days ago.",
        "Have it signed again, unless the firm's paper of that day lies here.",
    ),
    "announced_differs": Sentence(
        "Under {heading} the firm announced {announced} ct; the parcels picked have {picked} ct.",
        "Pick the parcels that belong to it, or ask the firm.",
    ),
    # What an application is refused for
    "StatementUnknown": Sentence(
        "No warranty statement “{version}” is accepted on {day}.", "Choose one from the list, or have it entered."
    ),
    "DeclarationUnsigned": Sentence(
        "Nobody is named who declared the goods conflict-free, or the day is missing or still to come.",
        "Type who signed it for the firm, and the day on the paper.",
    ),
    "InvoiceTooLarge": Sentence(
        "“{file}” is too large for an invoice; at most {most} bytes are kept.",
        "Scan it again in grey at 200 dpi, or attach its first page.",
    ),
    # The exporter's seat
    "NotALetter": Sentence(
        "The file is no signed {kind} file.", "Choose the file that the other side wrote, or ask for it again."
    ),
    "LetterTooLarge": Sentence(
        "The file is larger than such a file may be ({size} bytes, at most {most}).", "Ask for it again."
    ),
    "LetterAltered": Sentence(
        "The file was altered after it was signed, or another key signed it ({kid}). Nothing of it was taken in.",
        "Keep it, and ask its sender in person.",
    ),
    "FormUnreadable": Sentence(
        "The {kind} file is signed, and yet holds nothing that such a file can hold.",
        "Ask its sender which program wrote it.",
    ),
    "FormNewer": Sentence(
        "The {kind} file was written by a newer program (form {version}).", "Update this program, then take it in."
    ),
    "ForAnotherOffice": Sentence(
        "The file is meant for office {office}.", "Give it to that office, or ask its sender for the right one."
    ),
    "SeatUnknown": Sentence(
        "No exporter's seat with this key is enrolled here ({fingerprint}).",
        "Have two supervisors enrol the seat, or ask whose file it is.",
    ),
    "SeatRevoked": Sentence(
        "Seat {seat} was revoked on {day}. {why}", "The firm applies at the counter, or sets up a new seat."
    ),
    "SeatEnrolled": Sentence("This seat is enrolled already: {seat}.", "Write it an answer."),
    "OfOtherFirm": Sentence(
        "Seat {seat} applied for another firm ({exporter}).", "Keep the file and ask the firm in person."
    ),
    "NumberTwice": Sentence(
        "{application} came before with other content. Nothing of this file was taken in.",
        "Ask the firm which of the two it means; a change is a new application.",
    ),
    "InvoiceDiffers": Sentence(
        "The invoice in the file is not the one that application {application} speaks of.",
        "Ask the firm to write the application again.",
    ),
    "NotWaiting": Sentence("{application} was answered before: {state}.", "Open it in the list of applications."),
    "NotEnrolled": Sentence(
        "The office has not answered this seat yet.",
        "Give the office the enrolment file, read out the fingerprint, and take its answer in.",
    ),
    "AnswerForAnother": Sentence(
        "The answer is for {seat}, not for this seat.", "Ask the office for the answer to this seat."
    ),
    "AnswerOlder": Sentence(
        "This is answer {sequence}; answer {taken} was taken in before.", "Ask the office for its newest answer."
    ),
    "NothingAnnounced": Sentence("No parcel is announced.", "Type at least one parcel."),
    # Printing by the exporter
    "NotByTheFirm": Sentence(
        "Here firms do not print so ({setting} is off).", "An officer prints, or two supervisors change the setting."
    ),
    "NotBoundYet": Sentence(
        "No blank is loaded and bound for {shipment} yet.", "An issuing officer loads the blank and binds its number."
    ),
    "NotAllotted": Sentence(
        "Blank {number} was not allotted to {exporter}.", "Read the number again; if it stands, call a supervisor."
    ),
    "DataDiffers": Sentence(
        "What the firm printed on {number} is not what certificate {certificate} states.",
        "Take the sheet as spoiled; the firm prints anew from the office's newest answer.",
    ),
    "NothingReported": Sentence(
        "No seat has reported what it printed on {number}, or the sheet was brought before.",
        "Take in the report file that came with the sheet.",
    ),
    "NoBlank": Sentence(
        "Blank {number} is none that the office allotted to this seat, or it was printed on before.",
        "Take another of your own blanks, or take in the office's newest answer.",
    ),
    "NotApproved": Sentence(
        "The office has not approved a certificate for {application} yet.", "Wait for its answer, and take it in."
    ),
}
