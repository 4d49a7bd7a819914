"""`kpdesk batch` and `kpdesk authority`: what goes to the national Authority, and its own side."""

from pathlib import Path
from typing import Annotated

import typer

from kpdesk.cli.shared import (
    OUT,
    Json,
    OfficeFolder,
    OfficerName,
    PassphraseFile,
    now,
    passphrase,
    plain,
    print_json,
    read,
    sign_in,
)

batch = typer.Typer(help="Batches to the national Authority.", no_args_is_help=True)
authority = typer.Typer(help="The national Authority's side.", no_args_is_help=True)


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
        authority=read(authority_file),
        revocations=read(crl) if crl else None,
        key=read(key) if key else None,
        at=now(),
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
        print_json(record)
    else:
        sign = "[red]✗[/]" if looked.remarks else "[green]✓[/]"
        place = f"batch {header.place.epoch}/{header.place.sequence}"
        told = f"{record['records']} records, history to {header.history.size}"
        OUT.print(f"{sign} {plain(file.name)}: signed by {header.office}, {place}, {told}", soft_wrap=True)
        OUT.print(f"  {looked.digest}", soft_wrap=True)
        for remark in looked.remarks:
            OUT.print(f"  [red]✗[/] {plain(remark.code)} {plain(remark.path)} {plain(remark.identity)}", soft_wrap=True)
    raise typer.Exit(1 if looked.remarks else 0)


@batch.command("export")
def export_batch(office: OfficeFolder, officer: OfficerName = None, passphrase_file: PassphraseFile = None) -> None:
    """Sign and encrypt all that was done since the last batch."""
    from kpdesk.desks import batches

    sent = batches.export_batch(sign_in(office, officer, passphrase_file, read_only=False))
    OUT.print(f"[green]✓[/] {sent.records} records in {sent.path}", soft_wrap=True)


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
        offices.NewOfficer(each.strip(), passphrase(passphrase_file, f"Passphrase of {each.strip()}", new=True),
                           frozenset({Role.AUTHORITY}))
        for each in officers.split(",")
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    _, recovery = offices.new_authority(
        folder, participant=participant, name=name, officers=people, clock=now, practice=practice
    )
    OUT.print(f"[green]✓[/] {name}\n  authority file {folder}/store/authority.json", soft_wrap=True)
    OUT.print(f"  recovery code, shown once: [bold]{recovery}[/]", soft_wrap=True)


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

    desk = sign_in(folder, officer, passphrase_file, read_only=False)
    content = read(request)
    certificate, revocations = acts.certify(desk, content)
    office = acts.read_request(content)["office"]
    out.mkdir(parents=True, exist_ok=True)
    for suffix, made in (("cer", certificate), ("crl", revocations)):
        (out / f"{office}.{suffix}").write_bytes(made)
    OUT.print(f"[green]✓[/] {office} certified: {out}/{office}.cer, {out}/{office}.crl", soft_wrap=True)


@authority.command("open")
def open_batch(folder: Path, file: Path, officer: OfficerName = None, passphrase_file: PassphraseFile = None) -> None:
    """Look into a batch before it is taken in; nothing is changed."""
    from kpdesk.desks import authority as acts

    opened = acts.open_batch(sign_in(folder, officer, passphrase_file), file)
    OUT.print(f"{opened.header.file_name}: {opened.step}, {len(opened.remarks)} remarks\n  {opened.digest}")
    for remark in opened.remarks:
        OUT.print(f"  [red]✗[/] {plain(remark.code)} {plain(remark.path)} {plain(remark.identity)}", soft_wrap=True)
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

    desk = sign_in(folder, officer, passphrase_file, read_only=False)
    taken = acts.accept_batch(desk, file)
    out.mkdir(parents=True, exist_ok=True)
    for each in (taken, *acts.accept_waiting(desk, taken.receipt.office)):
        path = out / each.receipt.file_name
        path.write_bytes(each.content)
        OUT.print(f"{each.receipt.result}: {path}", soft_wrap=True)
