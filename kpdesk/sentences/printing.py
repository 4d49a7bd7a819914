"""Forms, pages, printers."""

from kpdesk.sentences.words import Sentence

PRINTING = {
    "FormFault": Sentence(
        "The form {form} cannot be used: {fault}.",
        "Mend the form’s file, or ask for it again from whoever made it.",
    ),
    "NoFontFor": Sentence(
        "“{character}” ({name}) in “{text}” cannot be printed: no font has it.",
        "Write it in Latin or Cyrillic letters.",
    ),
    "TooLongForPaper": Sentence(
        "“{text}” does not fit into its place on the form ({field}).", "Shorten it, or use the firm’s short name."
    ),
    "UnreadablePages": Sentence(
        "The file is not a PDF with a page {page}.",
        "Take the archived file from a backup.",
    ),
    "PrinterGone": Sentence(
        "The printer {printer} is not there or not ready; it was given nothing.",
        "Switch it on, look at its cable and its display, then print again.",
    ),
}
