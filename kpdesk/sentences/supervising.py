"""Stock, close of day, exceptions, officers."""

from kpdesk.sentences.words import Sentence

SUPERVISING: dict[str, Sentence] = {
    "NotASeries": Sentence(
        "“{first}” to “{last}” is no series of numbers.",
        "Scan the first and the last number of one print run: same letters, same length, the last one larger.",
    ),
    "NotCounted": Sentence(
        "Not both of you have counted today: {what}.", "Each counts alone at this desk, then the day is closed."
    ),
    "DayClosed": Sentence(
        "The day {day} is closed.", "What comes now belongs to the next day; its count begins with what stands."
    ),
    "AlreadySignedOff": Sentence("{officer} has signed this exception off.", "Go on to the next."),
    "NoSuchException": Sentence(
        "There is no exception {key} in these weeks any more.", "Turn to the page again, or choose more weeks."
    ),
    "CheckStopped": Sentence(
        "The check was stopped at entry {done} of {entries}; nothing was found up to there.",
        "Start it again when there is time.",
    ),
    "parcel_not_found": Sentence(
        "Parcel {parcel} was not found when the day was closed on {day}.",
        "Two officers who have it in hand again say where it was; until then nothing is done with it.",
    ),
    "GapNotInSeries": Sentence(
        "{number} is not between the first and the last number.", "Scan the gaps again, or mend first and last."
    ),
    "NothingDelivered": Sentence("There is nothing to be moved.", "Name a number, or whoever has something."),
    "OwnOffice": Sentence("{office} is this office.", "Name the code of the office that stock is sent to."),
    "TransferEnded": Sentence("Transfer {transfer} has ended before.", "Look for it among the movements."),
    "NotThatSpan": Sentence(
        "From {first} to {last} is no time to come.",
        "An appointment ends on its first day or later, and not before today.",
    ),
    "HoldsThatRole": Sentence("{officer} is {role} anyway.", "Choose a role that this officer does not hold."),
    "NotToBeGiven": Sentence(
        "An officer has at least one role, and only roles of an office: {role}.", "Choose from the roles shown."
    ),
    "TwoSupervisorsStay": Sentence(
        "The office would be left with fewer than two supervisors.",
        "Make somebody else a supervisor first; who only acts as one does not count.",
    ),
    "StillHolds": Sentence(
        "{officer} still has: {held}.", "Hand it all over to a successor first; the protocol lists and moves it."
    ),
    "HasLeft": Sentence("{officer} has left the office.", "Choose somebody who works here."),
    "DraftInTheWay": Sentence(
        "{officer} has an own draft on the screen “{screen}”.",
        "It is finished or given up first; no draft is thrown away.",
    ),
    "SignsToo": Sentence(
        "Who becomes a supervisor signs too, and {officer} has not.",
        "{officer} types the own password here: the batch key is sealed under it.",
    ),
    "KeyNotHeld": Sentence(
        "Officer {officer} has no {key} key.", "A supervisor who is one for good does this; who acts for one does not."
    ),
}
