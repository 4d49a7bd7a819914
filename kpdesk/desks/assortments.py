"""A producer's assortment file, taken over line by line after the office weighed and valued a sample of it."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from kpdesk.desks import pricing
from kpdesk.desks.desk import Desk
from kpdesk.domain.assortment import MOST_LINES, Assortment, FileLine, Sampled, SampleOutcome, sample_size
from kpdesk.domain.measures import total_carats
from kpdesk.domain.parcel import Parcel, ParcelState, WrongState
from kpdesk.domain.parties import Role
from kpdesk.domain.prices import ClassUnknown, read
from kpdesk.domain.valuation import LinesDoNotAddUp
from kpdesk.exchange.tabular import table_of
from kpdesk.store import keeping
from kpdesk.store.unit import Look, NotFound, Unit


def take_file(desk: Desk, parcel: str, content: bytes, *, name: str) -> Assortment:
    """Take a producer's lines for a parcel and draw the sample by lot; the same file twice has the same sample.

    Raises the troubles of `exchange.tabular`, EntryWrong, EntryTwice, ClassUnknown, LinesDoNotAddUp, WrongState.
    """
    desk.must(Role.VALUER)
    table = table_of(content, name=name, columns=FileLine.columns, most_rows=MOST_LINES)
    lines = read(FileLine, ((row.line, row.cells) for row in table.rows), file=name)
    with desk.unit() as unit:
        thing = unit.get(Parcel, parcel)
        if thing.state is not ParcelState.WEIGHED or thing.carats is None:
            raise WrongState(thing.number, thing.state.value, ParcelState.WEIGHED.value)
        known = {each.code for each in pricing.classes_in_force(desk, unit.session)}
        for line in lines:
            if known and line.size_class not in known:
                raise ClassUnknown(line.size_class)
        if (carats := total_carats(line.carats for line in lines)) != thing.carats:
            raise LinesDoNotAddUp(carats, thing.carats)
        settings = desk.settings(unit.session)
        size = sample_size(len(lines), percent=settings.sample_percent, least=settings.sample_least)
        drawn = secrets.SystemRandom().sample(range(len(lines)), size)
        new = Assortment(
            parcel=parcel,
            by=desk.officer.id,
            at=desk.clock(),
            file=name,
            digest=sha256(content).hexdigest(),
            lines=lines,
            sample=tuple(lines[place].size_class for place in sorted(drawn)),
            salt=secrets.token_bytes(16),
        )
        before = keeping.find(unit.session, Assortment, new.identity)
        if before is not None:
            return before
        keeping.keep(unit, "take_file", new)
        return new


def decide_file(desk: Desk, assortment: str, *, found: Sequence[Sampled], accept: bool, reason: str = "") -> Assortment:
    """Take the file's lines over, or refuse them with a reason.

    Raises NotFound, SampleUnfinished, SampleWantsReason (also where the sample is off by more than the office allows),
    AssortmentDecided.
    """
    desk.must(Role.VALUER)
    with desk.unit() as unit:
        taken = _own(desk, unit, assortment)
        tolerance = desk.settings(unit.session).sample_tolerance
        decided = taken.decide(found, accept=accept, tolerance=tolerance, reason=reason)
        keeping.keep(unit, "decide_file", decided)
        return decided


def file_of(desk: Desk, parcel: str) -> Assortment | None:
    """The officer's own file of a parcel that is open or was taken over; nobody sees another's."""
    desk.must(Role.VALUER)
    with desk.look() as session:
        own = [each for each in _of(session, parcel) if each.by == desk.officer.id]
        return next((each for each in own if each.outcome is not SampleOutcome.REFUSED), None)


def _of(session: Look, parcel: str) -> tuple[Assortment, ...]:
    return keeping.all_of(session, Assortment, about=f"parcel/{parcel}")


def _own(desk: Desk, unit: Unit, assortment: str) -> Assortment:
    taken = keeping.get(unit.session, Assortment, assortment)
    if taken.by != desk.officer.id:
        raise NotFound(Assortment.kind, assortment)
    return taken
