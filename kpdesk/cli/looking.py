"""`kpdesk verify` and `kpdesk scan`: what pictures and PDFs of certificates say.

The exit of `verify` is 1 if any is not acceptable, else 2 if any could not be judged, else 0.
"""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from kpdesk.cli.shared import (
    ERR,
    OUT,
    Files,
    Json,
    OfficerName,
    PassphraseFile,
    now,
    plain,
    print_json,
    read,
    say,
    sign_in,
)
from kpdesk.domain.outcomes import Outcome
from kpdesk.sentences import said, sentence


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
        desk = sign_in(office, officer, passphrase_file)

        def judge(text: str) -> Any:
            return inspector.verify(desk, text)
    else:
        known = _lists(lists, authority_file)

        def judge(text: str) -> Any:
            return inspector.verify_alone(text, lists=known, clock=now)

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
                print_json({"file": str(file), "texts": texts, "ms": round(sheet.ms)})
                continue
            OUT.print(f"[bold]{plain(file)}[/]  {len(sheet.texts)} codes, {sheet.ms:.0f} ms", soft_wrap=True)
            for code in sheet.texts:
                OUT.print(f"  {code.format:<12} {plain(code.text)}", soft_wrap=True)
    raise typer.Exit(worst)


def _lists(lists: Path | None, authority_file: Path | None) -> Any:
    from kpdesk.desks import inspector

    if lists is None:
        ERR.print("[yellow]?[/] No lists: whose keys the codes name cannot be judged.\n  Give --office or --lists.")
        return None
    if authority_file is None:
        glance = inspector.glance_at_lists(read(lists))
        ERR.print(
            f"[yellow]?[/] Lists {glance.sequence} say they are of {plain(glance.authority)}; nobody vouches for it.\n"
            f"  Signer: {glance.signer}\n  Compare it by voice, then give --authority.",
            soft_wrap=True,
        )
        return None
    return inspector.read_lists(read(lists), authority=read(authority_file))


def _worse(one: int, other: int) -> int:
    """1 (not acceptable) beats 2 (not judged) beats 0."""
    return 1 if 1 in (one, other) else max(one, other)


def _tell_trouble(file: Path, trouble: Outcome, as_json: bool) -> None:
    if as_json:
        what, todo = sentence(trouble)
        print_json({"file": str(file), "trouble": trouble.code, "what": what, "todo": todo})
    else:
        OUT.print(f"[bold]{plain(file)}[/]", soft_wrap=True)
        say(trouble)


_SIGNS = {"good": "[green]✓[/]", "note": "[blue]i[/]", "wrong": "[bold red]✗[/]", "unsaid": "[yellow]?[/]"}


def _tell_verdict(file: Path, verdict: Any, seconds: float, as_json: bool) -> None:

    answers = [(answer.code, answer.weight.value, *said(answer.code, answer.facts)) for answer in verdict.answers]
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
        print_json(record)
        return
    sign = _SIGNS[("good", "wrong", "unsaid")[verdict.acceptable.exit_code]]
    OUT.print(f"{sign} [bold]{verdict.acceptable.value.upper()}[/]  {plain(number)}  {plain(file)}", soft_wrap=True)
    # Beside what is wrong, what could not be judged any more says nothing new.
    shown = ("note", "wrong") if verdict.acceptable.exit_code == 1 else ("note", "unsaid")
    for _, weight, what, todo in answers:
        if weight in shown:
            OUT.print(f"    {_SIGNS[weight]} {plain(what)} {plain(todo)}", soft_wrap=True)
    for _, severity, what, todo in standing:
        sign = _SIGNS["note" if severity == "note" else "wrong"]
        OUT.print(f"    {sign} {plain(what)} {plain(todo)}", soft_wrap=True)
