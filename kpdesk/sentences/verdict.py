"""The answers of a verdict."""

from kpdesk.sentences.words import Sentence

VERDICT = {
    "code_read": Sentence("The code was read.", ""),
    "code_none": Sentence("No code was found.", "Look for it on the sheet, or scan the sheet again."),
    "code_too_long": Sentence("The code is longer than any QR code holds.", "Do not accept it; keep the sheet."),
    "code_foreign": Sentence("This is no code of a certificate.", "Scan the square code at the lower right."),
    "code_mistyped": Sentence(
        "The code holds characters that no such code has.", "Scan it again; if it stays so, treat it as altered."
    ),
    "code_damaged": Sentence("The code does not unpack.", "Scan it again; if it stays so, treat it as altered."),
    "code_too_large": Sentence("The code unpacks to more than any certificate holds.", "Do not accept it."),
    "code_malformed": Sentence("The code holds no signed content.", "Do not accept it; keep the sheet."),
    "signature_good": Sentence("The signature is good.", ""),
    "signature_wrong": Sentence(
        "The signature is wrong: the code was altered, or another key signed it.",
        "Do not accept it; keep the sheet and ask the issuing authority.",
    ),
    "signature_other_algorithm": Sentence(
        "The code is signed in a way that the lists do not allow for this key.", "Do not accept it; keep the sheet."
    ),
    "signature_not_judged": Sentence("The signature could not be judged.", ""),
    "issuer_known": Sentence("The key belongs to {authority} ({participant}).", ""),
    "issuer_unknown": Sentence(
        "The lists do not know the key {kid}.", "Get newer lists, or ask the authority named on the sheet."
    ),
    "issuer_other_purpose": Sentence(
        "The key of {authority} may not sign certificates.", "Do not accept it; keep the sheet."
    ),
    "issuer_revoked": Sentence(
        "The key of {authority} was already revoked on {issued}, the day of issue.",
        "Do not accept it; ask the issuing authority.",
    ),
    "issuer_outside_validity": Sentence(
        "The key of {authority} was not valid on {issued}, the day of issue.",
        "Do not accept it; ask the issuing authority.",
    ),
    "issuer_not_judged": Sentence("The issuer could not be judged.", ""),
    "content_full": Sentence("The code states the whole certificate.", ""),
    "content_compact": Sentence(
        "This is the compact code: number, dates, issuer and totals only.",
        "Scan the larger code for the rest.",
    ),
    "content_wrong": Sentence(
        "What was signed is not the content of a certificate.", "Do not accept it; ask the issuing authority."
    ),
    "content_not_judged": Sentence("The content could not be judged.", ""),
    "numbering_matches": Sentence("The number {number} belongs to the issuer.", ""),
    "numbering_other_issuer": Sentence(
        "The number {number} or the stated issuer is not that of {authority} ({participant}).",
        "Do not accept it; keep the sheet and tell both authorities.",
    ),
    "numbering_not_judged": Sentence("Whether the number belongs to the issuer could not be judged.", ""),
    "dates_current": Sentence("It is valid until {expires}.", ""),
    "dates_not_yet": Sentence(
        "It is dated {issued}, which has not come yet.", "Look at this computer’s clock; else do not accept it."
    ),
    "dates_expired": Sentence(
        "It expired on {expires}.", "It is good only if the goods were exported by then: enter the day of export."
    ),
    "dates_arrived_late": Sentence(
        "It expired on {expires}, after the goods were exported.", "Note when they arrived."
    ),
    "dates_not_judged": Sentence("The dates could not be judged.", ""),
    "voided_no": Sentence("It is not on the void list of {lists}.", ""),
    "voided_void": Sentence("{number} is void since {since} ({reason}).", "Do not accept it; keep the sheet."),
    "voided_lost": Sentence(
        "{number} was reported lost on {since} ({reason}).", "Keep the sheet and the goods; call the issuing authority."
    ),
    "voided_not_judged": Sentence("Whether it is void could not be judged.", ""),
    "alerted_no": Sentence("No alert names it.", ""),
    "alerted_yes": Sentence("An alert names {number}: {alert}.", "Keep the sheet and the goods; follow the alert."),
    "alerted_not_judged": Sentence("Whether an alert names it could not be judged.", ""),
    "elsewhere_no": Sentence("The lists of {lists} know of no receipt.", ""),
    "elsewhere_yes": Sentence(
        "{number} was received in {where} on {on}.", "Do not accept it a second time; call the issuing authority."
    ),
    "elsewhere_not_judged": Sentence("Whether it was received elsewhere could not be judged.", ""),
    "here_no": Sentence("It was not received here before.", ""),
    "here_yes": Sentence("It was received here on {here}.", "Do not accept it a second time."),
    "here_not_asked": Sentence("This office’s register was not asked.", ""),
    "sort_original": Sentence("It says that it is the original.", ""),
    "sort_copy": Sentence("It is a copy, and a copy accompanies no goods.", "Ask for the original."),
    "sort_technical": Sentence(
        "It is a technical certificate, for goods outside the trade.", "Leave it out of the statistics."
    ),
    "sort_practice": Sentence("It is made for practice.", ""),
    "sort_not_judged": Sentence("What sort of certificate it is could not be judged.", ""),
    "practice_no": Sentence("It is not for practice.", ""),
    "practice_yes": Sentence("PRACTICE: it covers no goods.", ""),
    "practice_stray": Sentence(
        "PRACTICE: this is a practice sheet, and this is a real desk.", "Do not accept it; it covers no goods."
    ),
    "practice_not_judged": Sentence("Whether it is for practice could not be judged.", ""),
    "lists_fresh": Sentence("The lists are of {lists}.", ""),
    "lists_stale": Sentence("The lists are of {lists}, and newer ones are due.", "Get newer lists from the Authority."),
    "lists_none": Sentence("There are no lists to judge by.", "Import the Authority’s lists file."),
    "paper_to_look_at": Sentence(
        "The code proves the data, never the paper.", "Look at original, stamp, signatory and validation mark."
    ),
}
