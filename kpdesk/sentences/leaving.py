"""Validation, release, export and what comes back."""

from kpdesk.sentences.words import Sentence

LEAVING: dict[str, Sentence] = {
    # Handing the goods out
    "bearer_missing": Sentence("Nobody is named who takes the goods.", "Enter the person's name as the paper has it."),
    "identity_not_seen": Sentence(
        "No paper was seen that proves who takes the goods.",
        "Ask for the passport and enter its number; a staff card is enough for a courier alone.",
    ),
    "journey_missing": Sentence("Neither flight nor waybill is named.", "Enter the one that the goods travel by."),
    "customs_missing": Sentence("The customs declaration is missing.", "Ask for the declaration and enter its number."),
    "exit_missing": Sentence("No point of exit is named.", "Enter the airport or the border post."),
    "representative_missing": Sentence(
        "Nobody is named who hands over for the exporter.", "Wait for the exporter's representative."
    ),
    "representative_not_named": Sentence(
        "The register names no representative of {party}.", "Ask for a written power, and enter it in the register."
    ),
    "power_not_valid": Sentence(
        "{name} may not act for {party} today.",
        "Wait for somebody with a power in the register, or let a supervisor decide beside you.",
    ),
    "seals_not_seen": Sentence(
        "These seals were not looked at: {seals}.", "Look at each seal and scan its number; a broken one stays here."
    ),
    "seal_not_its_own": Sentence(
        "Seal {seal} is not on this certificate.",
        "Read it again; if it stands, keep the container and call a supervisor.",
    ),
    "partner_unknown": Sentence(
        "The register has no authority of {participant}: the pre-advice will bear no address.",
        "Enter the authority in the register before you validate.",
    ),
    "NotADayOfReceipt": Sentence(
        "Goods under {number} cannot have been received on {on}, only from {first} to {last}.",
        "Read the day on the slip again.",
    ),
    # Ending, amending, copying
    "SheetNotInHand": Sentence(
        "The old sheet {number} must be in your hand for this.",
        "Scan its number or its code; if nobody has it, it is lost, and that is another end.",
    ),
    "NothingAmended": Sentence(
        "The instruction says nothing that differs from certificate {number}.",
        "Enter at least one correction, and leave the rest empty.",
    ),
    "NoReason": Sentence("Why is this made for {subject}?", "Enter the reason: it is kept with the paper."),
    "NotAnAdvice": Sentence(
        "The file is neither a pre-advice nor an amendment instruction.",
        "Choose a file that ends in .kpa, or ask its sender for it again.",
    ),
    "AdviceUnproved": Sentence(
        "Nobody whom the lists name for it signed this advice (key {kid}), or it was altered.",
        "Do not rely on it. Take over newer lists, or ask the exporting authority for it again.",
    ),
    # What is in order before validation
    "sheet_proved": Sentence("Sheet {number} was read back and stands.", ""),
    "both_signed": Sentence("Signed by {first} and {second}.", ""),
    "still_valid": Sentence("Valid until {expires}, days left: {days}.", ""),
    "seals_on_it": Sentence("Verified and sealed: {seals}.", ""),
    "partner_known": Sentence("The pre-advice goes to {name}.", ""),
    "you_prepared_it": Sentence("You prepared this certificate.", "Another officer validates it."),
}
