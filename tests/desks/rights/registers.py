"""Who may do what in the registers."""

from datetime import date

from kpdesk.desks import imports, registers, watching
from kpdesk.desks.imports import Listing
from kpdesk.domain.measures import Carats
from kpdesk.domain.particulars import Particulars, Representative
from kpdesk.domain.parties import Licence, Party, PartyKind, Role
from kpdesk.domain.titles import Title, TitleTerms
from kpdesk.domain.watch import Watched, WatchKind
from tests.desks.rights import Acts, ActsOfTwo

OFFICE, SUPERVISOR = {Role.CLERK, Role.SUPERVISOR}, {Role.SUPERVISOR}
WATCHING = {Role.CLERK, Role.SUPERVISOR, Role.INSPECTOR}
NOBODY = "no such thing"
DAY = date(2026, 11, 22)
PARTICULARS = Particulars(name="Practice Nine", address="9 Street", country="ZZ")
LICENCE = Licence("L-9", PartyKind.EXPORTER, DAY)
TERMS = TitleTerms(
    mine="Nine", holder=NOBODY, country="ZZ", area="Nine", monthly_capacity=Carats.of("1"), valid_from=DAY
)


def party() -> Party:
    return Party(number="EXP-9", party_kind=PartyKind.EXPORTER, name="Practice Nine", address="9 Street", country="ZZ")


def title() -> Title:
    capacity = Carats.of("1")
    return Title(
        number="T-9", mine="Nine", holder=NOBODY, country="ZZ", area="Nine", monthly_capacity=capacity, valid_from=DAY
    )


def watched() -> Watched:
    return Watched(
        number="", watch_kind=WatchKind.PERSON, salt=b"1", name="Practice Watched", why="a test", source="us", since=DAY
    )


ACTS: Acts = {
    registers.register_party: (OFFICE, lambda desk: registers.register_party(desk, party())),
    registers.change_party: (OFFICE, lambda desk: registers.change_party(desk, NOBODY, PARTICULARS, revision=1)),
    registers.register_title: (OFFICE, lambda desk: registers.register_title(desk, title())),
    watching.add_watched: (WATCHING, lambda desk: watching.add_watched(desk, watched())),
}
TWO: ActsOfTwo = {
    registers.add_licence: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.add_licence(one, two, NOBODY, LICENCE, revision=1),
    ),
    registers.renew_licence: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.renew_licence(one, two, NOBODY, "L-9", until=None, revision=1),
    ),
    registers.suspend_licence: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.suspend_licence(
            one, two, NOBODY, "L-9", first=DAY, last=None, why="a court", revision=1
        ),
    ),
    registers.restore_licence: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.restore_licence(one, two, NOBODY, "L-9", why="a court", revision=1),
    ),
    registers.withdraw_licence: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.withdraw_licence(one, two, NOBODY, "L-9", why="a court", revision=1),
    ),
    registers.add_representative: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.add_representative(
            one, two, NOBODY, Representative("Practice Signatory", "director", DAY), revision=1
        ),
    ),
    registers.withdraw_representative: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.withdraw_representative(
            one, two, NOBODY, "Practice Signatory", last=DAY, why="left", revision=1
        ),
    ),
    registers.keep_stamp: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.keep_stamp(one, two, NOBODY, b"picture", revision=1),
    ),
    registers.change_title: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: registers.change_title(one, two, NOBODY, TERMS, revision=1),
    ),
    watching.end_watched: (
        WATCHING,
        SUPERVISOR,
        lambda one, two: watching.end_watched(one, two, NOBODY, last=DAY, why="a mistake"),
    ),
    imports.accept: (
        OFFICE,
        SUPERVISOR,
        lambda one, two: imports.accept(one, two, Listing.TITLES, b"none", name="x.csv", whole=False, digest=""),
    ),
}
