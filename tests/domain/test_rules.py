"""Every rule has its sentence, and every place that finds it gives the facts which the sentence names."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import kpdesk
from kpdesk.domain.measures import Carats, Money, total_carats, total_money
from kpdesk.domain.outcomes import Finding, Outcome, Severity
from kpdesk.domain.rules import RULES
from kpdesk.sentences import ALL, sentence

CORE = Path(kpdesk.__path__[0])


def placeholders(code: str) -> set[str]:
    return {name for text in ALL[code] for _, name, _, _ in Formatter().parse(text) if name}


def found_calls() -> Iterator[tuple[str, set[str], str]]:
    """Each `RULE.found(name=…)` in the core: the rule's code, the names of its facts, and where."""
    for path in sorted(CORE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "found"):
                continue
            names = {keyword.arg or "**" for keyword in node.keywords}
            sources = [node.func.value]
            if isinstance(sources[0], ast.IfExp):
                sources = [sources[0].body, sources[0].orelse]
            for source in sources:
                name = source.attr if isinstance(source, ast.Attribute) else getattr(source, "id", "?")
                yield name.lower(), names, f"{path.name}:{node.lineno}"


def test_every_place_gives_the_facts_its_sentence_names() -> None:
    calls = list(found_calls())
    assert calls
    for code, names, where in calls:
        if code not in RULES or "**" in names:
            continue  # a rule in a variable, or facts of a mapping: the room's own tests say its sentence
        assert placeholders(code) <= names, f"{where}: {placeholders(code) - names} are not given"


def test_every_rule_is_used_somewhere() -> None:
    core = [path.read_text("utf-8") for path in CORE.rglob("*.py") if path.name != "rules.py"]
    unused = [code for code in RULES if not any(re.search(rf"\b{code.upper()}\b", text) for text in core)]
    assert unused == []


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule(code: str) -> None:
    rule, words = RULES[code], ALL[code]
    assert re.fullmatch("[a-z_]+", code)
    assert re.match("KP|EU |CA-|WDC|OIML|kpdesk$|own law$", rule.clause)
    assert words.what.endswith((".", "}"))
    assert words.todo.endswith(".")


def test_constants_bear_their_codes() -> None:
    module = import_module("kpdesk.domain.rules")
    assert all(getattr(module, code.upper()) is rule for code, rule in RULES.items())


def test_what_nobody_lifts() -> None:
    """`decisions.md`, Dates: never liftable are a non-participant, a number already received, no seal."""
    for code in ("not_participant", "number_received", "unsealed", "seal_missing"):
        assert RULES[code].severity is Severity.STOP


def test_a_finding_reads_as_a_sentence() -> None:
    finding = RULES["not_participant"].found(code="KE", name="Kenya", day="2015-05-05", whose="participant")
    assert sentence(finding).what == "Kenya (KE) was no participant on 2015-05-05."
    assert isinstance(finding, Finding)


@pytest.mark.parametrize(
    "module",
    ["participants", "parties", "weighing", "valuation", "production", "numbers", "checks", "evidence", "arrival"],
)
def test_refusals_and_troubles_have_their_sentences(module: str) -> None:
    loaded = import_module(f"kpdesk.domain.{module}")
    for name, thing in vars(loaded).items():
        if isinstance(thing, type) and issubclass(thing, Outcome) and thing.__module__ == loaded.__name__:
            assert placeholders(name) <= {field.name for field in fields(thing)}


def test_the_worlds_trade_of_2007() -> None:
    """kpcs.md §17.6: an average is derived, and exposes a wrong total."""
    world = Money.of("12107000000.00")
    assert world.per_carat(Carats.of("168198857.66")) == Decimal("71.98")
    assert world.per_carat(Carats.of("169198857.66")) == Decimal("71.55")
    assert total_money([world]).per_carat(total_carats([])) is None
