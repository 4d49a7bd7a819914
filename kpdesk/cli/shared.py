"""What the commands share: options, how they speak, how somebody signs in."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kpdesk.domain.outcomes import Outcome
from kpdesk.sentences import sentence

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="One JSON object (a line each for many files).")]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file with the passphrase; practice folders have their own.")
]
OfficerName = Annotated[str | None, typer.Option("--officer", help="Who signs in; else the first supervisor.")]
OfficeFolder = Annotated[Path, typer.Option("--office", help="The office's folder.")]
Files = Annotated[list[Path], typer.Argument(help="Pictures (PNG, JPEG) or PDFs.")]


def now() -> datetime:
    return datetime.now(UTC)


def say(outcome: Outcome) -> None:
    """What is wrong and what to do."""
    complain(*sentence(outcome))


def complain(what: str, todo: str) -> None:
    ERR.print(f"[bold red]✗[/] {plain(what)}\n  {plain(todo)}", soft_wrap=True)


def plain(text: object) -> str:
    """A text from outside as a terminal may show it: no markup, and nothing that moves the cursor or turns the line."""
    return escape("".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in str(text)))


def read(file: Path) -> bytes:
    """A small file that was named on the command line."""
    try:
        return file.read_bytes()
    except OSError:
        stop(f"“{file}” cannot be read.", "Check its name and where it lies.")


def print_json(record: Any) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def sign_in(folder: Path, officer: str | None, passphrase_file: Path | None, *, read_only: bool = True) -> Any:
    from kpdesk.desks import offices

    home = folder / "office" if (folder / "office" / "store").is_dir() else folder
    door = offices.door(home)
    name = officer or door.first
    own = home / offices.PASSPHRASE
    source = passphrase_file or (own if door.office.practice and own.exists() else None)
    password = passphrase(source, f"Passphrase of {name}")
    return offices.open_desk(home, officer=name, password=password, clock=now, read_only=read_only)


def passphrase(file: Path | None, prompt: str, *, new: bool = False) -> str:
    if file is not None:
        return read(file).decode(errors="replace").strip("\r\n")
    answer: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=new, err=True)
    return answer


def stop(what: str, todo: str) -> NoReturn:
    complain(what, todo)
    raise typer.Exit(2)


@contextmanager
def progress() -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True) as progress:
        yield progress
