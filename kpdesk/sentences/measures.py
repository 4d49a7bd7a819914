"""Amounts and numbers as they are typed."""

from kpdesk.sentences.words import Sentence

MEASURES = {
    "NotAnAmount": Sentence(
        "“{text}” is not an amount.",
        "Write digits with one point or comma before the decimals, and spaces between thousands if you like.",
    ),
    "TooManyDecimals": Sentence("“{text}” has more than {places} decimals.", "Write at most {places} decimals."),
    "AmountOutOfRange": Sentence("“{text}” is out of range.", "Write a positive amount."),
    "NotANumber": Sentence(
        "“{text}” is not a certificate number.",
        "Write the two letters of the participant and then the digits, as printed.",
    ),
    "Stopped": Sentence("This cannot go on yet.", "Mend each finding, then try again."),
}
