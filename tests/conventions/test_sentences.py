"""Every refusal, trouble and rule has its sentence, and the sentence names facts that are there."""

import ast
import importlib
import pkgutil
import string
from collections import Counter
from dataclasses import fields
from unittest.mock import MagicMock

import pytest

import kpdesk
from kpdesk import sentences
from kpdesk.domain.outcomes import Outcome, Refusal, Trouble
from tests.conventions.house import name, sources, tree


def outcomes() -> list[type[Outcome]]:
    for module in pkgutil.walk_packages(kpdesk.__path__, "kpdesk."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)
    found: list[type[Outcome]] = []
    waiting: list[type[Outcome]] = [Refusal, Trouble]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("kpdesk.") and kind not in found:
                found.append(kind)
    return sorted(found, key=lambda kind: kind.__name__)


def rules() -> dict[str, str]:
    """The code of each rule, by the name it is kept under."""
    kept = {}
    for file in sources("kpdesk"):
        for node in ast.walk(tree(file)):
            match node:
                case ast.Assign(targets=[ast.Name(id=rule)], value=value) if _is_rule(value):
                    kept[rule] = _code(value)
                case ast.AnnAssign(target=ast.Name(id=rule), value=ast.Call() as value) if _is_rule(value):
                    kept[rule] = _code(value)
    return kept


def _is_rule(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rule"


def _code(call: ast.expr) -> str:
    assert isinstance(call, ast.Call)
    code = call.args[0] if call.args else next(each.value for each in call.keywords if each.arg == "code")
    assert isinstance(code, ast.Constant), "a rule's code is written as it is"
    return str(code.value)


OUTCOMES = outcomes()
RULES = rules()


def placeholders(code: str) -> set[str]:
    said = sentences.ALL[code]
    return {field for part in said for _, field, _, _ in string.Formatter().parse(part) if field}


@pytest.mark.parametrize("kind", OUTCOMES, ids=lambda kind: kind.__name__)
def test_every_outcome_has_its_sentence(kind: type[Outcome]) -> None:
    assert kind.__name__ in sentences.ALL
    outcome = kind.__new__(kind)
    for field in fields(kind):  # type: ignore[arg-type]
        setattr(outcome, field.name, MagicMock())
    assert placeholders(kind.__name__) <= outcome.facts.keys()


def test_codes_are_told_apart() -> None:
    twice = [
        code for code, count in Counter([kind.__name__ for kind in OUTCOMES] + [*RULES.values()]).items() if count > 1
    ]
    assert twice == []


@pytest.mark.parametrize("code", sorted(RULES.values()))
def test_every_rule_has_its_sentence(code: str) -> None:
    assert code in sentences.ALL


def test_every_rule_is_kept_under_a_name() -> None:
    """So that the tests here find it."""
    made = sum(_is_rule(node) for file in sources("kpdesk") for node in ast.walk(tree(file)))
    assert made == len(RULES)


def test_findings_bring_the_facts_that_their_sentences_name() -> None:
    short = [
        f"{name(file)}:{node.lineno} {RULES[rule]} lacks {placeholders(RULES[rule]) - given}"
        for file in sources("kpdesk")
        for node in ast.walk(tree(file))
        if (rule := _finds(node)) in RULES
        and isinstance(node, ast.Call)
        and None not in (given := {keyword.arg for keyword in node.keywords})
        and not placeholders(RULES[rule]) <= given
    ]
    assert short == []


@pytest.mark.parametrize("code", sorted(sentences.ALL))
def test_a_sentence_says_what_and_what_to_do(code: str) -> None:
    what, todo = sentences.ALL[code]
    assert what.strip() == what != ""
    assert what.endswith((".", "?", "!", "…", "}"))
    assert todo.strip() == todo
    assert todo == "" or todo.endswith((".", "?", "!"))


def test_no_sentence_hides_another() -> None:
    parts = [part for key, part in vars(sentences).items() if key.isupper() and key != "ALL" and isinstance(part, dict)]
    counted = Counter(code for part in parts for code in part)
    assert [code for code, count in counted.items() if count > 1] == []
    assert counted.keys() == sentences.ALL.keys()


def _finds(node: ast.AST) -> str:
    """The rule's name in `RULE.found(…)` and `module.RULE.found(…)`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "found":
        match node.func.value:
            case ast.Name(id=rule) | ast.Attribute(attr=rule):
                return rule
    return ""
