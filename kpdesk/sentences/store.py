"""The encrypted store and its disk."""

from kpdesk.sentences.words import Sentence

STORE = {
    "FolderMissing": Sentence(
        "There is no folder “{folder}”.", "Check the path, or connect the disk it lies on, then try again."
    ),
    "FolderReadOnly": Sentence(
        "The store may not be written: its folder, its file or its disk is read-only.",
        "Ask for the right to write there, or mount the disk for writing, then open the desk again.",
    ),
    "NetworkFolder": Sentence(
        "“{folder}” lies on another machine ({system}), where a store is not safe.",
        "Keep the store on a fixed disk of this machine; for several desks use a PostgreSQL server.",
    ),
    "RemovableFolder": Sentence(
        "“{folder}” lies on a medium that can be pulled out.",
        "Keep the store on a fixed disk of this machine; use the medium for backups.",
    ),
    "SyncedFolder": Sentence(
        "“{folder}” is copied by {program}, which would damage the store.",
        "Choose a folder that no sync program touches.",
    ),
    "StoreMissing": Sentence(
        "There is no store at “{path}”.", "Check the folder, or restore the newest backup into it."
    ),
    "StoreExists": Sentence("There is already a file “{path}”.", "Open that store, or choose an empty folder."),
    "EmptyFile": Sentence(
        "“{path}” is empty: nothing was ever kept in it, or its disk lost it.",
        "Restore the newest backup; for a new office delete the file first.",
    ),
    "PlainFile": Sentence(
        "“{path}” is a SQLite file without encryption, not a store of this program.",
        "Choose the office's own folder, or restore the newest backup.",
    ),
    "NotOurFile": Sentence(
        "“{path}” is not a store of this program.", "Choose the office's own folder, or restore the newest backup."
    ),
    "WrongKey": Sentence(
        "This office's key does not open “{path}”: it belongs to another office, or it is no store.",
        "Choose the folder whose key slots belong to it, or restore the newest backup.",
    ),
    "StoreDamaged": Sentence(
        "The store is damaged: some of it is not what was written.",
        "Stop working, keep the folder as it is, and restore the newest backup.",
    ),
    "NewerVersion": Sentence(
        "The store was used by a newer version of this program (schema {found}; this one knows {ours}).",
        "Install the newer version on this machine.",
    ),
    "OlderVersion": Sentence(
        "The store waits for its upgrade (schema {found}; this program needs {ours}).",
        "Open the desk once, which brings the store up to date.",
    ),
    "OfficeLocked": Sentence("The office is already open: {by}.", "Close the other desk first, or go on there."),
    "DiskFull": Sentence(
        "The disk is full; nothing of this act was kept.", "Make room on the disk, then do the act again."
    ),
    "DiskFails": Sentence(
        "The disk does not answer as it should; nothing of this act was kept.",
        "Close the desk, have the disk checked, and make a backup before going on.",
    ),
    "StoreBusy": Sentence(
        "The store was busy for too long; nothing of this act was kept.", "Do the act again in a moment."
    ),
    "ServerGone": Sentence(
        "The database server does not answer; nothing of this act was kept.",
        "Check the network and the server, then do the act again.",
    ),
    "WrongLibrary": Sentence(
        "The installed database library is not safe for a store ({found}).",
        "Install the program again with the libraries it names (sqlcipher3 0.6.4 or later).",
    ),
}
