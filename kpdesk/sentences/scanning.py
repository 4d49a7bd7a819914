"""Strange files, pictures, cameras."""

from kpdesk.sentences.words import Sentence

SCANNING = {
    "NoFrames": Sentence(
        "There is nothing to look at in “{file}”.", "Choose a folder of PNG or JPEG pictures, or a video file."
    ),
    "FileUnreachable": Sentence(
        "“{file}” cannot be opened.", "Check that it is there, that it is a file, and that you may read it."
    ),
    "FileEmpty": Sentence("“{file}” is empty.", "Ask the sender for it again, or scan the sheet again."),
    "FileTooLarge": Sentence(
        "“{file}” is too large: {size} bytes, and the limit is 64 MiB.", "Scan the sheet again at 300 dpi in grey."
    ),
    "NotAPicture": Sentence(
        "“{file}” is neither a PNG nor a JPEG picture nor a PDF.", "Save or scan it again as one of these."
    ),
    "PictureTooLarge": Sentence(
        "The picture in “{file}” is too large to be unpacked safely.",
        "Use a picture of at most 40 million pixels; 300 dpi are enough.",
    ),
    "PictureDamaged": Sentence(
        "“{file}” is cut short or damaged.", "Ask the sender for it again, or scan the sheet again."
    ),
    "PictureLocked": Sentence("“{file}” is a PDF behind a password.", "Ask the sender for it without a password."),
    "ReaderTimedOut": Sentence(
        "Reading “{file}” took too long and was stopped.", "Scan the sheet again at 300 dpi, one sheet a file."
    ),
    "ReaderDied": Sentence(
        "The reader of strange files broke off at “{file}”.",
        "Other files can be read; if this one fails again, do not open it in other programs either.",
    ),
}
