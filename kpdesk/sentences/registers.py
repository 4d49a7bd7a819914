"""Firms, titles, watch lists and their import; tables from outside."""

from kpdesk.sentences.words import Sentence

REGISTERS: dict[str, Sentence] = {
    "TableEmpty": Sentence("“{file}” holds no rows.", "Choose the file again; the first line names the columns."),
    "NotATable": Sentence(
        "“{file}” is not a table that this program reads, or it is damaged or locked.",
        "Save it as CSV (UTF-8) or as XLSX without a password, and choose that file.",
    ),
    "TableTooLarge": Sentence(
        "“{file}” is larger than is read at once (most: {most} {of}).",
        "Delete empty rows and columns below and beside the table, or split it into several files.",
    ),
    "ColumnsMissing": Sentence(
        "“{file}” lacks these columns: {columns}. It has: {found}.",
        "Name the columns so in the first line, then choose the file again.",
    ),
    "ColumnTwice": Sentence(
        "“{file}” has the column “{column}” more than once.",
        "Leave the one that counts, then choose the file again.",
    ),
    "RowRagged": Sentence(
        "Line {line} of “{file}” has {found} cells where there are {columns} columns.",
        "Look for a missing or extra separator in that line.",
    ),
    "RowBroken": Sentence(
        "Line {line} of “{file}” cannot be read: a quotation mark is not closed, or a cell is far too long.",
        "Correct the line, or save the table again as CSV.",
    ),
    "FormulaInCell": Sentence(
        "Line {line} of “{file}” has a formula in the column “{column}”. Formulas are not taken.",
        "Replace it by its value (paste as values), then choose the file again.",
    ),
    # Entries
    "ChangedMeanwhile": Sentence(
        "Somebody else changed “{number}” while you were looking at it. Nothing of yours was written over it.",
        "Look at it as it is now, then make your change again.",
    ),
    "LicenceWantsTwo": Sentence(
        "“{party}” comes with a licence or a power to sign; that wants two people.",
        "Let a supervisor sign beside you.",
    ),
    "EndsBeforeItBegins": Sentence("It would end ({last}) before it begins ({first}).", "Correct one of the two days."),
    "LicenceTwice": Sentence(
        "{party} has a licence {licence} already.", "Renew that one, or give the new one its own number."
    ),
    "NoSuchLicence": Sentence(
        "{party} has no licence {licence}, or it was withdrawn for good.", "Choose a licence from the list."
    ),
    "RepresentativeTwice": Sentence(
        "{name} may sign for {party} already.", "End that power first, or choose a later first day for the new one."
    ),
    "NoSuchRepresentative": Sentence(
        "{name} holds no power of {party} that could end then.", "Choose somebody from the list, and a day within it."
    ),
    # Watch lists
    "watch_named": Sentence(
        "“{name}” is on a watch list: {watched} ({number}, {source}).",
        "Compare birth year and papers; a supervisor signs beside you, or nothing is done.",
    ),
    "watch_near": Sentence(
        "“{name}” comes near to somebody on a watch list: {watched} ({number}, {source}).",
        "Compare birth year and papers before you go on.",
    ),
    # Imports
    "NotWhatWasShown": Sentence(
        "The register has changed since the differences in “{file}” were shown. Nothing was taken over.",
        "Look at the differences again, then both sign.",
    ),
    "NothingToTakeOver": Sentence("“{file}” changes nothing in the register.", "Choose another file."),
    "row_empty": Sentence("“{column}” is empty.", "Fill it in and choose the file again."),
    "row_twice": Sentence("{number} stands in line {line} already.", "Leave the line that counts."),
    "row_day": Sentence("“{text}” in “{column}” is not a day.", "Write days as 2026-03-09 or 9.3.2026."),
    "row_days_turned": Sentence("It ends ({last}) before it begins ({first}).", "Correct one of the two days."),
    "row_amount": Sentence(
        "“{text}” in “{column}” is not an amount of carats.", "Write carats with at most two decimals."
    ),
    "row_holder": Sentence(
        "The holder “{holder}” is not in the register, or two firms have this name.",
        "Enter the firm first, or write its register number.",
    ),
    "row_word": Sentence("“{text}” in “{column}” is not understood.", "Write one of: {words}."),
}
