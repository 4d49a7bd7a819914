"""What acts refuse."""

from kpdesk.sentences.words import Sentence

DESKS = {
    "parcel_held": Sentence(
        "Parcel {parcel} is not free: it lies under {place}.",
        "Settle the doubt, and hand the parcel back to a desk; then it may go on.",
    ),
    # Two people, and who may what
    "SamePerson": Sentence(
        "Two people are wanted here, and {officer} is one of those who acted before ({did}).",
        "Ask another officer to do this.",
    ),
    "ChangedSinceSigned": Sentence(
        "Certificate {certificate} is not what was signed, or one who signed it has left: its approvals count no more.",
        "Find out who changed it; then void it and prepare it anew.",
    ),
    "NoDocument": Sentence(
        "A finding is lifted with a document, and none is named ({finding}).", "Name the document that you both saw."
    ),
    "NotLiftable": Sentence(
        "This is a stop that nobody lifts: {finding}.", "Mend its cause, or take the application back."
    ),
    "TooManyAtOnce": Sentence(
        "More than {most} certificates were to be approved at once.",
        "Approve a shorter list, after looking at each of them.",
    ),
    "TwoSupervisors": Sentence(
        "An office begins with two supervisors.", "Enter two people first, each with an own name and password."
    ),
    "NameTaken": Sentence(
        "There is an officer of the name “{name}” already.", "Add a first name or initial that tells the two apart."
    ),
    "UnknownOfficer": Sentence("Nobody called “{name}” works here.", "Choose your name from the list."),
    "OfficeMissing": Sentence(
        "There is no office in “{folder}”.", "Choose the office's own folder, or open a new office."
    ),
    "NotASetting": Sentence(
        "“{name}” is no setting, or it cannot be “{value}”.", "Choose the setting and its value from the list."
    ),
    # What is found, and where it stands
    "NotFound": Sentence("There is no {kind} {identity} in these books.", "Read the number again."),
    "WrongState": Sentence(
        "{thing} is {state}; for this it would have to be {wanted}.",
        "Open it: its history says what was done, its next step what is to be done.",
    ),
    "AlreadyRegistered": Sentence(
        "“{number}” is in the register already.", "Open that entry, or give the new one another number."
    ),
    "TextNotPlain": Sentence(
        "A text holds a line break or a hidden character.", "Type it anew on one line, without copying it."
    ),
    "NotTheirParcel": Sentence(
        "Parcel {parcel} does not belong to {exporter}.", "Choose parcels of this exporter, or change the exporter."
    ),
    "OpeningUnreadable": Sentence(
        "Line {line} of the opening balances cannot be taken over: {what}.",
        "Mend this line and take the whole file over again; nothing of it was kept.",
    ),
    # Sealing and certifying
    "NotWeighedAgain": Sentence(
        "Parcel {parcel} was not weighed again.", "Weigh every parcel of the shipment before its container is sealed."
    ),
    "WeightChanged": Sentence(
        "Parcel {parcel} weighs {found} ct now; {agreed} ct were agreed.",
        "Do not seal. Look at the bag and its number, weigh once more, and call a supervisor.",
    ),
    "ContainersDoNotMatch": Sentence(
        "The containers do not hold the parcels of shipment {shipment}, each once.",
        "Scan the parcels of each container again.",
    ),
    "NotSealed": Sentence(
        "Shipment {shipment} is not sealed here.", "Verify its contents, weigh it again and seal it first."
    ),
    "HasCertificate": Sentence(
        "Shipment {shipment} stands under certificate {certificate}.",
        "One certificate covers one shipment: two officers end the first before there is another.",
    ),
    "NumberAlreadyBound": Sentence(
        "Number {number} belongs to certificate {certificate}.",
        "Print that sheet, or have its certificate made void; no number serves twice.",
    ),
    "Lapsed": Sentence(
        "Certificate {number} expired on {expires}; nothing leaves under it.",
        "Have it returned unused, and prepare another for the shipment.",
    ),
    "NotADayOfExport": Sentence(
        "Goods under {number} cannot have left on {on}, only from {first} to {last}.",
        "Read the day on the carrier's paper again.",
    ),
    # Numbered stock and sheets
    "NotInStock": Sentence(
        "No {stock} {number} was received here.", "Read the number again; if it stands, call a supervisor."
    ),
    "AlreadyInStock": Sentence(
        "The {stock} {number} was received before.",
        "Read the number again; if it stands, there are two of one number: keep both and call the maker.",
    ),
    "StockNotReady": Sentence(
        "The {stock} {number} is {state} and cannot become {wanted}.",
        "Take another; call a supervisor if this one lies here.",
    ),
    "NotInYourHands": Sentence(
        "Blank {number} was handed to officer {holder}.", "Take one of your own, or have it handed to you."
    ),
    "OtherEdition": Sentence(
        "Blank {number} belongs to another form or another participant.", "Take a blank of the form in use."
    ),
    "QuestionOpen": Sentence(
        "Nobody has said yet what is on sheet {number}.", "Look at the sheet and answer that first."
    ),
    "ThirdSheet": Sentence(
        "Two sheets of certificate {certificate} went wrong.", "Ask a supervisor to sign in beside you for the third."
    ),
    "SheetDoesNotProve": Sentence(
        "What was read is neither the code nor the number of sheet {number}.",
        "Scan the sheet again; if its code cannot be read, it is spoiled.",
    ),
    # What comes in
    "AlreadyReceived": Sentence(
        "Number {number} was received on {on}: {where}.",
        "Hold the goods and call the issuing authority; one certificate covers one shipment.",
    ),
    "NotGenuine": Sentence(
        "This certificate cannot be received.",
        "Hold the goods, keep the sheet, and ask the issuing authority.",
    ),
    "NothingStated": Sentence(
        "Neither the code nor what was typed says what is certified.",
        "Scan the larger code, or type the certificate's data.",
    ),
    # Between office and Authority
    "NoLists": Sentence(
        "No lists were taken over here yet, so no signature can be judged.",
        "Take over the Authority's lists file first.",
    ),
    "ListsOlder": Sentence(
        "These are lists {sequence}; lists {in_force} are in force, and there is no way back.",
        "Ask the Authority for the newest lists.",
    ),
    "NotAConfirmation": Sentence(
        "The file is no confirmation of receipt.", "Choose a file that ends in .kpc, or ask its sender for it again."
    ),
    "ConfirmationUnproved": Sentence(
        "Nobody whom the lists name for it signed this confirmation (key {kid}), or it was altered.",
        "Do not book it. Take over newer lists, or ask the importing authority for it again.",
    ),
    "NotARequest": Sentence(
        "The file is no office's request to be certified.", "Ask the office to make its request again."
    ),
    "OfOtherParticipant": Sentence(
        "The request speaks for {participant}.",
        "Certify your own offices; put the keys of other participants on the lists.",
    ),
    "NotForPractice": Sentence(
        "The encryption key of a real Authority is handed out to nobody.", "Open batches at the Authority's own desk."
    ),
    "NothingToSend": Sentence("Nothing was done since the last batch.", "Send the next one after the day's work."),
    "NotCertified": Sentence(
        "The Authority has not certified this office's batch key yet.",
        "Send it the office's request, and take its answer in.",
    ),
    "ReplyForAnother": Sentence(
        "This certificate is not for the key of {office} in these books.",
        "Ask the Authority for the answer to this office's newest request.",
    ),
    "ReceiptForAnother": Sentence(
        "Receipt {batch} speaks of a batch that this office did not send so.",
        "Keep it and call the Authority: compare the batch's number and digest by voice.",
    ),
    "AuthoritySawAnotherHistory": Sentence(
        "The Authority saw another history than ours at entry {size}.",
        "Stop sending, keep store and receipt as they are, and call the Authority: one of the two was rewritten.",
    ),
    # What the Authority remarks on a batch
    "KPB-201": Sentence("Another office signed the batch.", "Keep the file and ask both offices in person."),
    "KPB-401": Sentence(
        "The batch does not hold the files that its header names.", "The office makes the batch again."
    ),
    "KPB-402": Sentence("A file is not what the header says of it.", "The office makes the batch again."),
    "KPB-411": Sentence(
        "A record is not written as its kind is.", "The office updates its program and mends it by a later batch."
    ),
    "KPB-501": Sentence(
        "The totals in the header are not those of the records.", "Ask the office which of the two is right."
    ),
    "KPB-502": Sentence(
        "The history tells of a record that is not in the batch.", "Ask the office for it; keep the file."
    ),
    "KPB-503": Sentence(
        "The batch holds records of which the history does not tell.", "Keep the file and ask the office in person."
    ),
    "KPB-511": Sentence(
        "A record's revision was known before.",
        "Ask the office in person whether it put back an old copy of its store.",
    ),
}
