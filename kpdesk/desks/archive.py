"""The archive of the office's papers: a number and a digest for each, found by what it is about, printings counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from kpdesk.desks.desk import Desk
from kpdesk.domain.outcomes import Refusal
from kpdesk.domain.papers import OfficePaper, PaperKind
from kpdesk.domain.parties import Role
from kpdesk.printing.papers import Head
from kpdesk.printing.wording import Wording, wording
from kpdesk.store import keeping, search
from kpdesk.store import lists as rows
from kpdesk.store.unit import Look, NotFound, Unit


@dataclass(eq=False)
class DrawnAnew(Refusal):
    """A label is not archived: it is drawn anew from the parcel."""

    number: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as it lies in the archive."""

    number: str
    paper: PaperKind
    pdf: bytes


def papers_about(desk: Desk, subject: str) -> tuple[OfficePaper, ...]:
    """Every paper that speaks of `parcel/P-2026-000113`, the newest first: for its dossier."""
    with desk.look() as session:
        numbers = search.find(session.connection(), OfficePaper.kind, _word(subject), rows.PAGE)
        found = (keeping.find(session, OfficePaper, number) for number in numbers)
        return tuple(paper for paper in found if paper is not None and subject in paper.subjects)


def latest(desk: Desk, *, before: str | None = None) -> tuple[OfficePaper, ...]:
    """A page of all papers, the newest number first."""
    with desk.look() as session:
        return keeping.all_of(session, OfficePaper, before=before, limit=rows.PAGE)


def pdf_of(desk: Desk, number: str) -> bytes:
    """The archived paper, to be looked at. Raises NotFound, DrawnAnew."""
    with desk.look() as session:
        return _content(session, keeping.get(session, OfficePaper, number))


def print_again(desk: Desk, number: str) -> bytes:
    """The archived paper, to be printed: free, and one more in its count. Raises NotFound, DrawnAnew."""
    desk.must(*Role)
    with desk.unit() as unit:
        paper = keeping.get(unit.session, OfficePaper, number)
        content = _content(unit.session, paper)
        keeping.keep(unit, "print_paper", replace(paper, prints=paper.prints + 1))
        return content


def _content(session: Look, paper: OfficePaper) -> bytes:
    if not paper.digest:
        raise DrawnAnew(paper.number)
    content = rows.paper(session, paper.digest)
    if content is None:
        raise NotFound(OfficePaper.kind, paper.number)
    return content


def archive(
    desk: Desk, unit: Unit, kind: PaperKind, subjects: Sequence[str], draw: Callable[[Head, Wording], bytes]
) -> Drawn:
    """Draw a paper under the next number and keep it, in the visit that knows its facts."""
    number = f"D-{desk.today.year}-{unit.next(f'paper-{desk.today.year}'):06}"
    office = desk.office
    at = desk.clock()
    head = Head(
        number=number,
        office=office.name,
        authority=office.authority,
        place=office.place,
        at=at if office.zone == "UTC" else at.astimezone(ZoneInfo(office.zone)),
        practice=office.practice,
    )
    pdf = draw(head, wording(desk.form.language))
    made = OfficePaper(
        number=number,
        paper=kind,
        subjects=tuple(dict.fromkeys(subjects)),
        digest=unit.keep_paper(pdf, subject=subjects[0], name=f"{kind}-{number}.pdf"),
        made_at=at,
        made_by=desk.officer.id,
    )
    keeping.keep(unit, "draw_paper", made, words=" ".join(map(_word, made.subjects)))
    return Drawn(number, kind, pdf)


def _word(subject: str) -> str:
    """A subject as one word of the search, which nobody types: papers are found by what they are about."""
    return "of" + "".join(letter for letter in subject.lower() if letter.isalnum())


def count_label(desk: Desk, unit: Unit, number: str, subjects: Sequence[str]) -> None:
    """A label was drawn once more."""
    before = keeping.find(unit.session, OfficePaper, number)
    made = before or OfficePaper(
        number=number,
        paper=PaperKind.LABEL,
        subjects=tuple(subjects),
        digest="",
        made_at=desk.clock(),
        made_by=desk.officer.id,
    )
    words = "" if before else " ".join(map(_word, made.subjects))
    keeping.keep(unit, "print_paper", replace(made, prints=made.prints + 1), words=words)
