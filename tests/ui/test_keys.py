"""The one table of keys."""

import pytest

from ui.keys import KEYS, Clash, Keyboard, clashes


def test_no_two_acts_share_a_key() -> None:
    assert clashes(KEYS) == []


def test_every_key_is_one_that_qt_knows() -> None:
    assert [key.act for key in KEYS for sequence in key.sequences if sequence.isEmpty()] == []
    assert len({key.act for key in KEYS}) == len(KEYS)


def test_an_office_may_change_a_key() -> None:
    keyboard = Keyboard(changes={"take": ("Ins",)})
    assert keyboard.name("take") == "Ins"
    assert keyboard.name("main") == "Ctrl+Enter"


def test_but_not_to_one_that_is_taken() -> None:
    with pytest.raises(Clash, match="take, verify"):
        Keyboard(changes={"take": ("F9",)})
    with pytest.raises(Clash, match="sheet_good"):
        Keyboard(changes={"take": ("1",)})


def test_screens_may_use_the_same_key_apart() -> None:
    assert clashes([key for key in KEYS if key.where == "sheet"]) == []
