"""First run, practice, the window itself."""

from kpdesk.sentences.words import Sentence

SHELL: dict[str, Sentence] = {
    "AlreadySettled": Sentence(
        "Appointment {appointment} was noted before as kept, missed or called off.",
        "Book a new one if they come again.",
    ),
    "OtherAuthority": Sentence(
        "This authority file is of {participant}, and the office is of {wanted}.",
        "Ask your own national Authority for its file, or go back and choose the participant.",
    ),
    "NotAMoment": Sentence("“{text}” is no time of day.", "Write hours and minutes, such as 14:30."),
    "NotADay": Sentence("“{text}” is no day.", "Write day, month and year, such as 09 Mar 2026 or 9.3.2026."),
}
