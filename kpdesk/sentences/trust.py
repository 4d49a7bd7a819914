"""Keys, signatures, certificates of keys."""

from kpdesk.sentences.words import Sentence

TRUST = {
    "SealedKeyDamaged": Sentence(
        "The sealed key of {owner} does not open.",
        "Restore it from a backup, or have a new key made and enrolled.",
    ),
    "SignatureNotMade": Sentence(
        "The key {kid} gave a signature that does not fit it; nothing was signed.",
        "Take the token out and put it back, then try again; if it fails again, use the other token.",
    ),
    "NotBound": Sentence(
        "This certificate has no number yet, so it can have no code.", "Have it approved; its number is bound then."
    ),
    "CodeTooLong": Sentence(
        "The code would have {characters} characters; {most} can be printed.",
        "Use fewer containers and seals, or issue two certificates.",
    ),
    "NotLists": Sentence("This is not a lists file.", "Ask the Authority for the file again."),
    "ListsTooLarge": Sentence(
        "The lists file has {size} bytes; {most} are read at most.", "Ask the Authority for the file again."
    ),
    "ForeignLists": Sentence(
        "The lists are signed by another key than the one pinned here. Theirs: {signer}. Pinned: {pinned}.",
        "Do not use them. Call the Authority and compare the fingerprint by voice.",
    ),
    "AlteredLists": Sentence(
        "The lists name the Authority’s key, but were altered after it signed them.",
        "Do not use them. Ask the Authority for the file again, and keep this one to show.",
    ),
    "NotAuthorityFile": Sentence("This is not an authority file.", "Ask the Authority for the file again."),
    "PasswordTooShort": Sentence(
        "The password has {characters} characters; {least} are the least.",
        "Take some words that belong together only for you; spaces count.",
    ),
    "PasswordTooLong": Sentence(
        "The password has {characters} characters; {most} are the most.", "Take a shorter one: nothing is cut off."
    ),
    "LastSlot": Sentence(
        "The slot of {owner} is the last that a password opens.", "Enrol another officer first, then remove it."
    ),
    "WrongPassphrase": Sentence(
        "Name and password, or the recovery code, open nothing here.",
        "Look at the keyboard’s language and try again.",
    ),
    "NoMachineSecret": Sentence(
        "The password of {officer} needs this computer’s keyring, which does not answer.",
        "Unlock the operating system’s keyring; if it is gone, open with the recovery code and set a new password.",
    ),
    "NotSlots": Sentence(
        "The file of key slots is not readable.", "Restore keyslots.json from the latest backup of this database."
    ),
    "SlotsDamaged": Sentence(
        "The file of key slots was altered.",
        "Restore keyslots.json from the latest backup, and tell the supervisor: somebody changed it.",
    ),
    "MemoryTooSmall": Sentence(
        "The computer has no {mebibytes} MiB of memory free, which signing in needs.",
        "Close other programs and try again.",
    ),
    "RecoveryCodeMistyped": Sentence(
        "This is not a recovery code as it was printed.", "Compare the 14 groups with the sheet, one by one."
    ),
}
