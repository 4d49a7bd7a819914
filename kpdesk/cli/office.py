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
    passphrase,
    plain,
    print_json,
    progress,
    read,
    sign_in,
    stop,
)

history = typer.Typer(help="The office's history.", no_args_is_help=True)
office = typer.Typer(help="An office's own beginnings.", no_args_is_help=True)


def demo(
    folder: Annotated[Path, typer.Argument(help="An empty folder for everything it makes.")],
    as_json: Json = False,
    screenshots: Annotated[
        bool, typer.Option("--screenshots", help="Save every screen, filled with it, in three looks.")
    ] = False,
) -> None:
    """Play a practice day between two offices and their Authorities, with every part real."""
    from kpdesk import demo as practice_day

    if screenshots:  # the program with its window takes them, and leaves the option out here
        stop("Without the window there are no screens to save.", "Run: kpdesk demo FOLDER --screenshots")
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
    folder: OfficeFolder, officer: OfficerName = None, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Make every digest of the history again, and compare every record with the books."""
    from kpdesk.desks import auditor

    desk = sign_in(folder, officer, passphrase_file)
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


@office.command("new")
def new_office(
    folder: Path,
    code: Annotated[str, typer.Option(help="The office's code, as ZZ-MAIN.")],
    name: Annotated[str, typer.Option(help="The office's name.")],
    issuing_authority: Annotated[str, typer.Option(help="The issuing authority, as certificates state it.")],
    place: Annotated[str, typer.Option(help="Where it is.")],
    form: Annotated[str, typer.Option(help="The form of its certificates, a name in resources/forms.")],
    authority_file: Annotated[Path, typer.Option("--authority", help="The authority file to pin.")],
    supervisors: Annotated[str, typer.Option(help="Two names, with a comma between.")],
    passphrase_file: PassphraseFile = None,
    recovery_sheet: Annotated[
        Path | None, typer.Option(help="Write the recovery code to this PDF, to print and delete, and do not show it.")
    ] = None,
) -> None:
    """Open an office's books with two supervisors; the recovery code is shown once."""
    from kpdesk.desks import offices
    from kpdesk.domain.parties import Role

    people = [
        offices.NewOfficer(
            each.strip(),
            passphrase(passphrase_file, f"Passphrase of {each.strip()}", new=True),
            frozenset({Role.SUPERVISOR}),
        )
        for each in supervisors.split(",")
    ]
    folder.mkdir(parents=True, exist_ok=True)
    recovery = offices.open_office(
        folder,
        code=code,
        name=name,
        issuing_authority=issuing_authority,
        place=place,
        form=form,
        officers=people,
        authority=read(authority_file),
        clock=now,
    )
    OUT.print(f"[green]✓[/] {plain(name)} in {plain(folder)}", soft_wrap=True)
    if recovery_sheet is None:
        OUT.print(f"  recovery code, shown once, for the safe: [bold]{recovery}[/]", soft_wrap=True)
        return
    recovery_sheet.write_bytes(offices.recovery_paper(recovery, office=name, on=now().date()))
    OUT.print(f"  recovery code in {plain(recovery_sheet)}: print it, lock it away, delete the file", soft_wrap=True)


@office.command("request")
def request(folder: Path, out: Path, officer: OfficerName = None, passphrase_file: PassphraseFile = None) -> None:
    """Write the request to be certified by the Authority."""
    from kpdesk.desks import batches

    out.write_bytes(batches.request(sign_in(folder, officer, passphrase_file)))
    OUT.print(f"[green]✓[/] {plain(out)}", soft_wrap=True)


@office.command("accept")
def accept(
    folder: Path,
    certificate: Annotated[Path, typer.Option(help="The certificate, DER.")],
    revocations: Annotated[Path, typer.Option(help="The revocations, DER.")],
    officer: OfficerName = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Take in the Authority's answer to the request."""
    from kpdesk.desks import batches

    desk = sign_in(folder, officer, passphrase_file, read_only=False)
    batches.accept_certificate(desk, certificate=read(certificate), revocations=read(revocations))
    OUT.print("[green]✓[/] certified", soft_wrap=True)


@office.command("join")
def join(
    folder: Path,
    name: Annotated[str, typer.Option(help="Who joins.")],
    roles: Annotated[str, typer.Option(help="Roles with commas between: clerk,valuer,issuing,inspector …")],
    second: Annotated[str, typer.Option(help="The second supervisor.")],
    officer: OfficerName = None,
) -> None:
    """Two supervisors let a person in, who chooses a passphrase of their own."""
    from kpdesk.desks import offices
    from kpdesk.domain.parties import Role

    try:
        held = frozenset(Role(each.strip()) for each in roles.split(","))
    except ValueError:
        stop(f"“{roles}” are not all roles.", f"Choose of {', '.join(Role)}.")
    desk = sign_in(folder, officer, None, read_only=False)
    other = offices.beside(desk, officer=second, password=passphrase(None, f"Passphrase of {second}"))
    own = passphrase(None, f"New passphrase of {name}", new=True)
    slip = offices.add_officer(desk, other, offices.NewOfficer(name, own, held))
    OUT.print(f"[green]✓[/] {plain(slip.name)}, {plain(', '.join(sorted(slip.roles)))}", soft_wrap=True)
