"""One sentence for each finding, refusal, trouble and answer, and what to do about it: English, by its code.

The command line prints them as they stand; the window passes them through its translation. `{name}` are the
outcome's facts. Imports the domain alone.
"""

from collections.abc import Callable, Mapping

from kpdesk.domain.outcomes import Finding, Outcome
from kpdesk.sentences.applying import APPLYING
from kpdesk.sentences.balances import BALANCES
from kpdesk.sentences.batches import BATCHES
from kpdesk.sentences.counter import COUNTER
from kpdesk.sentences.desks import DESKS
from kpdesk.sentences.domain import DOMAIN
from kpdesk.sentences.goods import GOODS
from kpdesk.sentences.leaving import LEAVING
from kpdesk.sentences.measures import MEASURES
from kpdesk.sentences.printing import PRINTING
from kpdesk.sentences.registers import REGISTERS
from kpdesk.sentences.scanning import SCANNING
from kpdesk.sentences.sheets import SHEETS
from kpdesk.sentences.shell import SHELL
from kpdesk.sentences.store import STORE
from kpdesk.sentences.supervising import SUPERVISING
from kpdesk.sentences.trust import TRUST
from kpdesk.sentences.valuing import VALUING
from kpdesk.sentences.verdict import VERDICT
from kpdesk.sentences.window import WINDOW
from kpdesk.sentences.words import Sentence

__all__ = ["ALL", "Sentence", "said", "sentence"]

ALL: dict[str, Sentence] = {
    **APPLYING,
    **BALANCES,
    **BATCHES,
    **COUNTER,
    **DESKS,
    **DOMAIN,
    **GOODS,
    **LEAVING,
    **MEASURES,
    **PRINTING,
    **REGISTERS,
    **SCANNING,
    **SHEETS,
    **SHELL,
    **STORE,
    **SUPERVISING,
    **TRUST,
    **VALUING,
    **VERDICT,
    **WINDOW,
}


def said(code: str, facts: Mapping[str, str]) -> Sentence:
    """The sentence known as `code`, with these facts in place."""
    what, todo = ALL[code]
    return Sentence(what.format_map(facts), todo.format_map(facts))


def sentence(outcome: Outcome | Finding, *, said: Callable[[str, Mapping[str, str]], Sentence] = said) -> Sentence:
    """The sentence for an outcome; after it what it rests on, and what to do about that. `said` may translate."""
    if isinstance(outcome, Finding):
        return said(outcome.rule.code, dict(outcome.facts))
    whole = said(outcome.code, outcome.facts)
    because = [said(code, facts) for code, facts in outcome.because]
    todos = dict.fromkeys(each.todo for each in because if each.todo)
    return Sentence(" ".join([whole.what, *(each.what for each in because)]), " ".join(todos) or whole.todo)
