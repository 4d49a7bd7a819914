"""The history's page tied to the desk. Runs in the workroom; touches no widget."""

from functools import partial
from pathlib import Path

from kpdesk.desks import auditor, csv_files
from kpdesk.desks.auditor import Asked
from kpdesk.desks.desk import Desk
from ui.papers import paper_acts
from ui.supervisor.listing import drawn
from ui.supervisor.log import LogActs

_HEADS = ("entry", "at", "act", "officer", "name", "subject", "revision", "after", "why", "digest")


def log_acts(desk: Desk) -> LogActs:
    """The page's questions, asked of this officer's desk."""

    def save(asked: Asked, file: Path) -> Path:
        names = auditor.people(desk)
        rows = (
            (
                str(each.sequence),
                each.at.isoformat(timespec="seconds"),
                each.act,
                each.by,
                names.get(each.by, ""),
                each.subject,
                str(each.revision),
                each.after,
                each.why,
                each.digest,
            )
            for each in auditor.every(desk, asked)
        )
        return csv_files.save_csv(file, _HEADS, rows)

    return LogActs(
        page=lambda asked, before: auditor.entries(desk, asked, before=before),
        told=partial(auditor.told, desk),
        acts=partial(auditor.acts, desk),
        people=partial(auditor.people, desk),
        check=lambda tell: auditor.verify_history(desk, tell=tell),
        prove=partial(auditor.prove, desk),
        draw=lambda sheet: drawn(desk, sheet, "list/history"),
        save=save,
        paper=paper_acts(desk),
        today=lambda: desk.today,
        clock=desk.clock,
    )
