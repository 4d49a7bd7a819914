"""Who may look through the history and its exceptions, and who signs those off."""

from kpdesk.desks import auditor, exceptions, office_today
from kpdesk.desks.auditor import Asked
from kpdesk.domain.parties import Role
from tests.desks.rights import Acts, ActsOfTwo

_READERS = {Role.SUPERVISOR, Role.AUDITOR}
ACTS: Acts = {
    auditor.entries: (_READERS, lambda desk: auditor.entries(desk, Asked())),
    auditor.told: (_READERS, lambda desk: auditor.told(desk, 0)),
    auditor.acts: (_READERS, auditor.acts),
    auditor.every: (_READERS, lambda desk: list(auditor.every(desk, Asked()))),
    auditor.prove: (_READERS, lambda desk: auditor.prove(desk, "no anchor")),
    exceptions.exceptions: (_READERS, exceptions.exceptions),
    exceptions.sign_off: ({Role.SUPERVISOR}, lambda desk: exceptions.sign_off(desk, "typed:0")),
    office_today.office_today: (_READERS, office_today.office_today),
}
TWO: ActsOfTwo = {}
