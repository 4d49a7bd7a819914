"""`kpdesk demo`, `history` and `doctor`: a practice day, and an office's health."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from kpdesk.cli.shared import (
    ERR,
    OUT,
    Json,
    OfficeFolder,
    OfficerName,
    PassphraseFile,
    now,
    print_json,
    progress,
    sign_in,
)

history = typer.Typer(help="The office's history.", no_args_is_help=True)


def demo(
    folder: Annotated[Path, typer.Argument(help="An empty folder for everything it makes.")], as_json: Json = False
) -> None:
    """Play a practice day between two offices and their Authorities, with every part real."""
    from kpdesk import demo as practice_day

    if folder.exists() and any(folder.iterdir()):
        ERR.print(f"[bold red]✗[/] “{folder}” is not empty.\n  Name a new folder.")
        raise typer.Exit(2)
    start = time.monotonic()
    with progress() as bar:
        task = bar.add_task("", total=practice_day.STEPS)

        def tell(step: str) -> None:
            bar.update(task, description=step, advance=1)

        day = practice_day.play(folder.absolute(), clock=now, tell=tell)
    if as_json:
        print_json(day.json())
        return
    OUT.print(f"[bold]A practice day[/] in {folder}, {time.monotonic() - start:.0f} s")
    for each in day.certificates:
        OUT.print(f"  {each['number']}  {each['status']:<12} {each['pdf']}", soft_wrap=True)
    for each in day.stopped:
        OUT.print(f"  [red]stopped[/] {each['what']}: {each['why']}", soft_wrap=True)
    OUT.print(f"  batch {day.files['batch']}\n  receipt {day.files['receipt']}", soft_wrap=True)
    OUT.print(f"Look at it:  kpdesk verify {folder}/papers/*.png --office {folder}/office", soft_wrap=True)


@history.command("verify")
def verify_history(
    office: OfficeFolder, officer: OfficerName = None, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Make every digest of the history again, and compare every record with the books."""
    from kpdesk.desks import auditor

    desk = sign_in(office, officer, passphrase_file)
    with progress() as bar:
        task = bar.add_task("reading the history", total=None)
        audit = auditor.verify_history(desk, tell=lambda done, all_: bar.update(task, completed=done, total=all_))
    record = _audit(audit)
    if as_json:
        print_json(record)
    elif audit.intact:
        OUT.print(
            f"[green]✓[/] {audit.head.size} entries, one chain, and the books say the same\n  {audit.head.digest}"
        )
    else:
        OUT.print(f"[bold red]✗[/] broken at {audit.broken_at}; other than the history: {', '.join(audit.differing)}")
    raise typer.Exit(0 if audit.intact else 1)


def doctor(
    folder: Path, officer: OfficerName = None, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Look an office over: its store, its history, and what this machine gives the program."""
    from kpdesk.desks import auditor, reading

    desk = sign_in(folder, officer, passphrase_file)
    audit = auditor.verify_history(desk)
    record = {"office": desk.office.code, **_audit(audit), **auditor.machine(desk), **reading.walls()}
    if as_json:
        print_json(record)
    else:
        for name, value in record.items():
            OUT.print(f"  {name:<16} {value}", soft_wrap=True)
    raise typer.Exit(0 if audit.intact else 1)


def _audit(audit: Any) -> dict[str, Any]:
    return {
        "acts": audit.stated.size,
        "history_head": audit.stated.digest,
        "intact": audit.intact,
        "broken_at": audit.broken_at,
        "differing": list(audit.differing),
    }
