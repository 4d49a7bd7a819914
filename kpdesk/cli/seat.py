"""`kpdesk seat`: an exporter's own installation, and the card that the office gives for it."""

from pathlib import Path
from typing import Annotated

import typer

from kpdesk.cli.shared import OUT, OfficeFolder, OfficerName, PassphraseFile, now, passphrase, plain, read, sign_in

seat = typer.Typer(help="An exporter's own seat.", no_args_is_help=True)


@seat.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="An empty folder for the seat.")],
    office: Annotated[Path, typer.Option("--office", help="The card file that the office gave (.kpo).")],
    firm: Annotated[str, typer.Option(prompt="Name of the firm", help="The firm's name.")],
    name: Annotated[str, typer.Option(prompt="Your name", help="Who sits there.")],
    passphrase_file: PassphraseFile = None,
) -> None:
    """Set a seat up: own encrypted records, an own signing key, and the file by which the office enrols it."""
    from kpdesk.desks import seat_setup

    content = read(office)
    where, fingerprint = seat_setup.glance_at_card(content)
    OUT.print(f"  {plain(where)}, fingerprint of its key:\n  [bold]{fingerprint}[/]", soft_wrap=True)
    OUT.print("  Compare it with the office by voice before you go on.")
    own = passphrase(passphrase_file, f"Passphrase of {name}", new=True)
    folder.mkdir(parents=True, exist_ok=True)
    made = seat_setup.new_seat(folder, card=content, firm=firm, person=name, passphrase=own, clock=now)
    OUT.print(f"[green]✓[/] the seat of {plain(firm)} in {plain(folder)}", soft_wrap=True)
    OUT.print(f"  give the office {plain(made.enrolment)}\n  and read out [bold]{made.own}[/]", soft_wrap=True)
    OUT.print(f"  recovery code, shown once, to be locked away: [bold]{made.recovery}[/]", soft_wrap=True)
    OUT.print(f"  open it with:  kpdesk --office {plain(folder)}", soft_wrap=True)


@seat.command("card")
def card(folder: OfficeFolder, officer: OfficerName = None, passphrase_file: PassphraseFile = None) -> None:
    """At the office: write the card that a new seat is set up with."""
    from kpdesk.desks import seats

    desk = sign_in(folder, officer, passphrase_file)
    OUT.print(f"[green]✓[/] {plain(seats.card(desk))}", soft_wrap=True)
    OUT.print(f"  read out to the firm: [bold]{seats.code_key_fingerprint(desk)}[/]", soft_wrap=True)


@seat.command("answer")
def answer(
    folder: Annotated[Path, typer.Argument(help="The seat's folder.")],
    file: Annotated[Path, typer.Argument(help="The office's answer (.kps).")],
    officer: OfficerName = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """At the seat: take in what the office answers."""
    from kpdesk.desks import seat as own
    from kpdesk.desks.outgoing import read_letter

    desk = sign_in(folder, officer, passphrase_file, read_only=False)
    taken = own.take_answer(desk, read_letter(file))
    OUT.print(f"[green]✓[/] answer {taken.sequence} of {plain(taken.office)}", soft_wrap=True)
