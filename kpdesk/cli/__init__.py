"""The command line, thin over the desks: `kpdesk demo | verify | scan | batch | authority | office | seat | doctor` …

It says what it did and where; `--json` speaks to machines. Passphrases come from a prompt or a file, never from an
argument. Imports kpdesk.desks, kpdesk.demo and kpdesk.sentences.
"""

import sys

import typer

from kpdesk.cli import authority, looking, office, seat
from kpdesk.cli.shared import say
from kpdesk.domain.outcomes import Outcome

app = typer.Typer(
    help="The desk of a national diamond office. Without a sub-command the window opens.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (office.demo, looking.verify, looking.scan, office.doctor):
    app.command()(command)
app.add_typer(authority.batch, name="batch")
app.add_typer(authority.authority, name="authority")
app.add_typer(office.history, name="history")
app.add_typer(office.office, name="office")
app.add_typer(seat.seat, name="seat")


def main() -> None:
    """Run the command line; outcomes become a sentence and exit code 2."""
    if sys.argv[1:2] == ["scanning-child"]:
        from kpdesk.desks.reading import be_the_child

        be_the_child()
        return
    try:
        app()
    except Outcome as outcome:
        say(outcome)
        sys.exit(2)
