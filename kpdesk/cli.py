"""The command line, thin over the desks: `kpdesk demo | verify | scan | batch | authority | history | doctor`.

It says what it did and where; `--json` speaks to machines. Passphrases come from a prompt or a file, never from an
argument. Exit codes of `verify`: 1 if any is not acceptable, else 2 if any could not be judged, else 0.
"""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kpdesk.domain.outcomes import Outcome
from kpdesk.sentences import sentence

app = typer.Typer(
    help="The desk of a national diamond office. Without a sub-command the window opens.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
batch = typer.Typer(help="Batches to the national Authority.", no_args_is_help=True)
authority = typer.Typer(help="The national Authority's side.", no_args_is_help=True)
history = typer.Typer(help="The office's history.", no_args_is_help=True)
app.add_typer(batch, name="batch")
app.add_typer(authority, name="authority")
app.add_typer(history, name="history")

_out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="One JSON object (a line each for many files).")]
PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", help="A file with the passphrase; practice folders have their own.")
]
OfficerName = Annotated[str | None, typer.Option("--officer", help="Who signs in; else the first supervisor.")]
OfficeFolder = Annotated[Path, typer.Option("--office", help="The office's folder.")]
Files = Annotated[list[Path], typer.Argument(help="Pictures (PNG, JPEG) or PDFs.")]


def main() -> None:
    """Run the command line; outcomes become a sentence and exit code 2."""
    if sys.argv[1:2] == ["scanning-child"]:
        from kpdesk.desks.reading import be_the_child

        be_the_child()
        return
    try:
        app()
    except Outcome as outcome:
        _say(outcome)
        sys.exit(2)


def _now() -> datetime:
    return datetime.now(UTC)


def _say(outcome: Outcome) -> None:
    said = sentence(outcome)
    _err.print(f"[bold red]✗[/] {said.what}", soft_wrap=True)
    _err.print(f"  {said.todo}", soft_wrap=True)


def _print_json(record: Any) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


# The day in practice


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="An empty folder for everything it makes.")], as_json: Json = False
) -> None:
    """Play a practice day between two offices and their Authorities, with every part real."""
    from kpdesk import demo as practice_day

    if folder.exists() and any(folder.iterdir()):
        _err.print(f"[bold red]✗[/] “{folder}” is not empty.\n  Name a new folder.")
        raise typer.Exit(2)
    start = time.monotonic()
    with _progress() as progress:
        task = progress.add_task("", total=practice_day.STEPS)

        def tell(step: str) -> None:
            progress.update(task, description=step, advance=1)

        day = practice_day.play(folder.absolute(), clock=_now, tell=tell)
    if as_json:
        _print_json(day.json())
        return
    _out.print(f"[bold]A practice day[/] in {folder}, {time.monotonic() - start:.0f} s")
    for each in day.certificates:
        _out.print(f"  {each['number']}  {each['status']:<12} {each['pdf']}", soft_wrap=True)
    for each in day.stopped:
        _out.print(f"  [red]stopped[/] {each['what']}: {each['why']}", soft_wrap=True)
    _out.print(f"  batch {day.files['batch']}\n  receipt {day.files['receipt']}", soft_wrap=True)
    _out.print(f"Look at it:  kpdesk verify {folder}/papers/*.png --office {folder}/office", soft_wrap=True)


# Looking at certificates


@app.command()
def verify(
    files: Files,
    office: Annotated[Path | None, typer.Option("--office", help="The office's folder.")] = None,
    lists: Annotated[Path | None, typer.Option("--lists", help="A lists file.")] = None,
    authority_file: Annotated[Path | None, typer.Option("--authority", help="The authority file.")] = None,
    officer: OfficerName = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Say of every file whether its signed code is genuine, current and unused. It changes nothing."""
    from kpdesk.desks import inspector
    from kpdesk.desks.reading import Reader, code_of

    if office is not None:
        desk = _desk(office, officer, passphrase_file)

        def judge(text: str) -> Any:
            return inspector.verify(desk, text)
    else:
        known = _lists(lists, authority_file)

        def judge(text: str) -> Any:
            return inspector.verify_alone(text, lists=known, clock=_now)

    worst = 0
    with Reader() as reader:
        for file in files:
            start = time.perf_counter()
            try:
                verdict = judge(code_of(reader.read(file)))
            except Outcome as trouble:
                worst = _worse(worst, 2)
                _tell_trouble(file, trouble, as_json)
                continue
            worst = _worse(worst, verdict.acceptable.exit_code)
            _tell_verdict(file, verdict, time.perf_counter() - start, as_json)
    raise typer.Exit(worst)


@app.command()
def scan(files: Files, as_json: Json = False) -> None:
    """The raw texts of every code in pictures and PDFs."""
    from kpdesk.desks.reading import Reader

    worst = 0
    with Reader() as reader:
        for file in files:
            try:
                sheet = reader.read(file, every=True)
            except Outcome as trouble:
                worst = 2
                _tell_trouble(file, trouble, as_json)
                continue
            if as_json:
                texts = [{"format": code.format, "text": code.text} for code in sheet.texts]
                _print_json({"file": str(file), "texts": texts, "ms": round(sheet.ms)})
                continue
            _out.print(f"[bold]{file}[/]  {len(sheet.texts)} codes, {sheet.ms:.0f} ms", soft_wrap=True)
            for code in sheet.texts:
                _out.print(f"  {code.format:<12} {code.text}", soft_wrap=True, markup=False)
    raise typer.Exit(worst)


def _lists(lists: Path | None, authority_file: Path | None) -> Any:
    from kpdesk.desks import inspector

    if lists is None:
        _err.print("[yellow]?[/] No lists: whose keys the codes name cannot be judged.\n  Give --office or --lists.")
        return None
    if authority_file is None:
        glance = inspector.glance_at_lists(lists.read_bytes())
        _err.print(
            f"[yellow]?[/] Lists {glance.sequence} say they are of {glance.authority}; nobody vouches for that.\n"
            f"  Signer: {glance.signer}\n  Compare it by voice, then give --authority.",
            soft_wrap=True,
        )
        return None
    return inspector.read_lists(lists.read_bytes(), authority=authority_file.read_bytes())


def _worse(one: int, other: int) -> int:
    """1 (not acceptable) beats 2 (not judged) beats 0."""
    return 1 if 1 in (one, other) else max(one, other)


def _tell_trouble(file: Path, trouble: Outcome, as_json: bool) -> None:
    if as_json:
        said = sentence(trouble)
        _print_json({"file": str(file), "trouble": trouble.code, "what": said.what, "todo": said.todo})
    else:
        _out.print(f"[bold]{file}[/]", soft_wrap=True)
        _say(trouble)


_SIGNS = {"good": "[green]✓[/]", "note": "[blue]i[/]", "wrong": "[bold red]✗[/]", "unsaid": "[yellow]?[/]"}


def _tell_verdict(file: Path, verdict: Any, seconds: float, as_json: bool) -> None:
    from kpdesk.sentences import ALL

    answers = [
        (answer.code, answer.weight.value, *(text.format_map(answer.facts) for text in ALL[answer.code]))
        for answer in verdict.answers
    ]
    standing = [(finding.rule.code, finding.severity.value, *sentence(finding)) for finding in verdict.standing]
    number = verdict.totals.number.text if verdict.totals else ""
    if as_json:
        names = ("code", "weight", "what", "todo")
        record = {
            "file": str(file),
            "number": number,
            "verdict": verdict.acceptable.value,
            "exit": verdict.acceptable.exit_code,
            "answers": [dict(zip(names, answer, strict=True)) for answer in answers],
            "standing": [dict(zip(names, finding, strict=True)) for finding in standing],
            "ms": round(seconds * 1000),
        }
        if verdict.facts:
            record["facts"] = verdict.facts.record() | {"number": number}
        _print_json(record)
        return
    sign = _SIGNS[("good", "wrong", "unsaid")[verdict.acceptable.exit_code]]
    _out.print(f"{sign} [bold]{verdict.acceptable.value.upper()}[/]  {number}  {file}", soft_wrap=True)
    # Beside what is wrong, what could not be judged any more says nothing new.
    said = ("note", "wrong") if verdict.acceptable.exit_code == 1 else ("note", "unsaid")
    for _, weight, what, todo in answers:
        if weight in said:
            _out.print(f"    {_SIGNS[weight]} {what} {todo}", soft_wrap=True)
    for _, severity, what, todo in standing:
        _out.print(f"    {_SIGNS['note' if severity == 'note' else 'wrong']} {what} {todo}", soft_wrap=True)


# Batches


@batch.command("verify")
def verify_batch(
    file: Path,
    authority_file: Annotated[Path, typer.Option("--authority", help="The authority file.")],
    key: Annotated[Path | None, typer.Option("--key", help="The Authority's encryption key, PEM.")] = None,
    revocations: Annotated[
        Path | None, typer.Option("--revocations", help="The CRL, DER; else authority.crl beside the authority file.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a batch file wholly, without any office: container, signature, certificate, records, history, totals."""
    from kpdesk.desks import intake

    beside = authority_file.with_name("authority.crl")
    crl = revocations or (beside if beside.exists() else None)
    looked = intake.verify_file(
        file,
        authority=authority_file.read_bytes(),
        revocations=crl.read_bytes() if crl else None,
        key=key.read_bytes() if key else None,
        at=_now(),
    )
    header = looked.header
    record = {
        "file": str(file),
        "office": header.office,
        "epoch": header.place.epoch,
        "sequence": header.place.sequence,
        "digest": looked.digest,
        "signer": looked.signer.signer.office,
        "records": sum(each.records for each in header.files),
        "history": {"from": header.first_entry, "size": header.history.size, "head": header.history.digest},
        "remarks": [remark.record() for remark in looked.remarks],
    }
    if as_json:
        _print_json(record)
    else:
        _out.print(
            f"[green]✓[/] {file.name}: signed by {header.office}, batch {header.place.epoch}/{header.place.sequence}, "
            f"{record['records']} records, history to {header.history.size}\n  {looked.digest}",
            soft_wrap=True,
        )
        for remark in looked.remarks:
            _out.print(f"  [red]✗[/] {remark.code} {remark.path} {remark.identity}", soft_wrap=True)
    raise typer.Exit(1 if looked.remarks else 0)


@batch.command("export")
def export_batch(office: OfficeFolder, officer: OfficerName = None, passphrase_file: PassphraseFile = None) -> None:
    """Sign and encrypt all that was done since the last batch."""
    from kpdesk.desks import batches

    sent = batches.export_batch(_desk(office, officer, passphrase_file, read_only=False))
    _out.print(f"[green]✓[/] {sent.records} records in {sent.path}", soft_wrap=True)


# The Authority


@authority.command("new")
def new_authority(
    folder: Path,
    participant: Annotated[str, typer.Option(help="ISO code of the participant.")],
    name: Annotated[str, typer.Option(help="The Authority's name.")],
    officers: Annotated[str, typer.Option(help="Two names, with a comma between.")],
    passphrase_file: PassphraseFile = None,
    practice: Annotated[bool, typer.Option(help="For practice only.")] = False,
) -> None:
    """Make an Authority with its four keys; offices pin the authority file it writes."""
    from kpdesk.desks import offices
    from kpdesk.domain.parties import Role

    people = [
        offices.NewOfficer(each.strip(), _passphrase(passphrase_file, f"Passphrase of {each.strip()}", new=True),
                           frozenset({Role.AUTHORITY}))
        for each in officers.split(",")
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    _, recovery = offices.new_authority(
        folder, participant=participant, name=name, officers=people, clock=_now, practice=practice
    )
    _out.print(f"[green]✓[/] {name}\n  authority file {folder}/store/authority.json", soft_wrap=True)
    _out.print(f"  recovery code, shown once: [bold]{recovery}[/]", soft_wrap=True)


@authority.command("certify")
def certify(
    folder: Path,
    request: Path,
    out: Annotated[Path, typer.Option(help="Where the certificate and the revocations go.")],
    officer: OfficerName = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Certify an office's batch key from its request, after its fingerprint was compared with the paper."""
    from kpdesk.desks import authority as acts

    desk = _desk(folder, officer, passphrase_file, read_only=False)
    content = request.read_bytes()
    certificate, revocations = acts.certify(desk, content)
    office = acts.read_request(content)["office"]
    out.mkdir(parents=True, exist_ok=True)
    for suffix, made in (("cer", certificate), ("crl", revocations)):
        (out / f"{office}.{suffix}").write_bytes(made)
    _out.print(f"[green]✓[/] {office} certified: {out}/{office}.cer, {out}/{office}.crl", soft_wrap=True)


@authority.command("open")
def open_batch(folder: Path, file: Path, officer: OfficerName = None, passphrase_file: PassphraseFile = None) -> None:
    """Look into a batch before it is taken in; nothing is changed."""
    from kpdesk.desks import authority as acts

    opened = acts.open_batch(_desk(folder, officer, passphrase_file), file)
    _out.print(f"{opened.header.file_name}: {opened.step}, {len(opened.remarks)} remarks\n  {opened.digest}")
    for remark in opened.remarks:
        _out.print(f"  [red]✗[/] {remark.code} {remark.path} {remark.identity}", soft_wrap=True)
    raise typer.Exit(1 if opened.remarks else 0)


@authority.command("receipt")
def receipt(
    folder: Path,
    file: Path,
    out: Annotated[Path, typer.Option(help="Where the receipts go.")],
    officer: OfficerName = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Take a batch in, and what waited behind it, and write the signed receipts."""
    from kpdesk.desks import authority as acts

    desk = _desk(folder, officer, passphrase_file, read_only=False)
    taken = acts.accept_batch(desk, file)
    out.mkdir(parents=True, exist_ok=True)
    for each in (taken, *acts.accept_waiting(desk, taken.receipt.office)):
        path = out / each.receipt.file_name
        path.write_bytes(each.content)
        _out.print(f"{each.receipt.result}: {path}", soft_wrap=True)


# The office's health


@history.command("verify")
def verify_history(
    office: OfficeFolder, officer: OfficerName = None, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Make every digest of the history again, and compare every record with the books."""
    from kpdesk.desks import auditor

    desk = _desk(office, officer, passphrase_file)
    with _progress() as progress:
        task = progress.add_task("reading the history", total=None)
        audit = auditor.verify_history(desk, tell=lambda done, all_: progress.update(task, completed=done, total=all_))
    record = _audit(audit)
    if as_json:
        _print_json(record)
    elif audit.intact:
        _out.print(
            f"[green]✓[/] {audit.head.size} entries, one chain, and the books say the same\n  {audit.head.digest}"
        )
    else:
        _out.print(f"[bold red]✗[/] broken at {audit.broken_at}; other than the history: {', '.join(audit.differing)}")
    raise typer.Exit(0 if audit.intact else 1)


@app.command()
def doctor(
    folder: Path, officer: OfficerName = None, passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Look an office over: its store, its history, and what this machine gives the program."""
    from kpdesk.desks import auditor, reading

    desk = _desk(folder, officer, passphrase_file)
    audit = auditor.verify_history(desk)
    record = {"office": desk.office.code, **_audit(audit), **auditor.machine(desk), **reading.walls()}
    if as_json:
        _print_json(record)
    else:
        for name, value in record.items():
            _out.print(f"  {name:<16} {value}", soft_wrap=True)
    raise typer.Exit(0 if audit.intact else 1)


def _audit(audit: Any) -> dict[str, Any]:
    return {
        "acts": audit.stated.size,
        "history_head": audit.stated.digest,
        "intact": audit.intact,
        "broken_at": audit.broken_at,
        "differing": list(audit.differing),
    }


# Signing in


def _desk(folder: Path, officer: str | None, passphrase_file: Path | None, *, read_only: bool = True) -> Any:
    from kpdesk.desks import offices

    home = folder / "office" if (folder / "office" / "store").is_dir() else folder
    door = offices.door(home)
    name = officer or door.first
    own = home / offices.PASSPHRASE
    source = passphrase_file or (own if door.office.practice and own.exists() else None)
    password = _passphrase(source, f"Passphrase of {name}")
    return offices.open_desk(home, officer=name, password=password, clock=_now, read_only=read_only)


def _passphrase(file: Path | None, prompt: str, *, new: bool = False) -> str:
    if file is not None:
        try:
            return file.read_text("utf-8").strip("\r\n")
        except OSError:
            _stop(f"“{file}” cannot be read.", "Name the file that holds the passphrase.")
    answer: str = typer.prompt(prompt, hide_input=True, confirmation_prompt=new, err=True)
    return answer


def _stop(what: str, todo: str) -> NoReturn:
    _err.print(f"[bold red]✗[/] {what}\n  {todo}", soft_wrap=True)
    raise typer.Exit(2)


@contextmanager
def _progress() -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_err, transient=True) as progress:
        yield progress
