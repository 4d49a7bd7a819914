"""Balances, weighing, check weights."""

from kpdesk.sentences.words import Sentence

BALANCES: dict[str, Sentence] = {
    "zero_due": Sentence("Balance {balance} was not zeroed today.", "Empty the pan and zero it."),
    "check_weight_due": Sentence("The check weight {weight} is due on balance {balance}.", "Put it on and record it."),
    "check_weight_missed": Sentence(
        "Balance {balance} missed its check weight.", "Weigh on another balance until a supervisor has signed it."
    ),
    "calibration_ends_soon": Sentence("The calibration of balance {balance} ends on {until}.", "Arrange the next one."),
    "calibration_overdue": Sentence(
        "The calibration of balance {balance} ended on {until}; from {barred} on it is barred.",
        "Have it calibrated and enter the new certificate.",
    ),
    "calibration_lapsed": Sentence(
        "The calibration of balance {balance} ended on {until}, too long ago.",
        "Weigh on another balance until it is calibrated.",
    ),
    "too_coarse": Sentence(
        "Balance {balance} is too coarse for stones: its step is {step} ct.", "Weigh on a finer balance."
    ),
    "over_maximum": Sentence(
        "{shown} ct is more than balance {balance} takes ({most} ct).", "Weigh the parcel in portions."
    ),
    "balance_not_in_use": Sentence("Balance {balance} is not in use.", "Weigh on another balance."),
    "balance_unknown": Sentence("Balance {balance} is not on the office's books.", "Ask a supervisor to register it."),
    "BalanceBarred": Sentence("This balance may not weigh this.", "Weigh on another balance."),
    "PortionsDiffer": Sentence(
        "The portions were not weighed in one unit.", "Set the balance to one unit and weigh all portions again."
    ),
    "BalanceRegistered": Sentence(
        "A balance {balance} is on the books.", "Give this one another name, or change that one."
    ),
    "NoCheckWeight": Sentence(
        "No check weight is entered for balance {balance}.", "Enter its certificate, mass and tolerance first."
    ),
    "NothingMissed": Sentence("Balance {balance} has missed no check weight.", "Nothing is to be signed."),
    "CalibrationNotLater": Sentence(
        "The calibration of balance {balance} already runs until {until}.", "Enter the new certificate's later date."
    ),
    "BalanceDoesNotFit": Sentence(
        "What is entered of this balance does not fit together: {what}.", "Look at its label and enter it again."
    ),
    "BalanceMissing": Sentence(
        "No balance is found at {port}.", "Plug it in and switch it on; the program looks again every 2 seconds."
    ),
    "BalanceTaken": Sentence(
        "Another program uses the balance at {port}, or this computer may not.",
        "Close that program, or ask whoever looks after the computer.",
    ),
    "BalanceSilent": Sentence(
        "The balance does not answer.", "Look whether it is switched on and set to its line settings."
    ),
    "BalanceMoves": Sentence("The balance did not come to rest in time.", "Close its doors and wait."),
    "BalanceRefuses": Sentence("The balance refuses: {kind} {what}.", "Look at its display, then try again."),
    "ProfileDamaged": Sentence("This is no profile of a balance: {what}.", "Mend the file and choose it again."),
}
