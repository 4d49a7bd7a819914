"""Which reads may be believed."""

import string

from hypothesis import given
from hypothesis import strategies as st

from kpdesk.domain.certificate import check_character
from kpdesk.scanning.codes import Code
from kpdesk.scanning.steady import Steady, checks

GOOD = "CD2026001377" + check_character("CD2026001377")
OTHER = "CD2026001378" + check_character("CD2026001378")
numbers = st.text(string.ascii_uppercase + string.digits, min_size=3, max_size=20)


def bars(text):
    return Code("Code128", text)


def square(text):
    return Code("QRCode", text)


def test_a_square_code_is_believed_at_once_and_told_once():
    steady = Steady()

    assert steady.believe((square("KPC1:A"),)) == (square("KPC1:A"),)
    assert steady.believe((square("KPC1:A"),)) == ()


def test_a_code_128_is_believed_at_its_second_read_in_a_row_and_told_once():
    steady = Steady()

    assert [steady.believe((bars(GOOD),)) for _ in range(3)] == [(), (bars(GOOD),), ()]


def test_a_frame_that_saw_no_bars_does_not_break_the_row():
    steady = Steady()
    steady.believe((bars(GOOD),))
    steady.believe((square("KPC1:A"),))

    assert steady.believe((bars(GOOD),)) == (bars(GOOD),)


def test_another_text_between_breaks_the_row():
    steady = Steady()

    assert [steady.believe((bars(text),)) for text in (GOOD, OTHER, GOOD, "CD2026", GOOD)] == [()] * 5


def test_twice_in_one_frame_is_one_read():
    assert Steady().believe((bars(GOOD), bars(GOOD))) == ()


def test_a_new_sheet_starts_again():
    steady = Steady()
    steady.believe((square("KPC1:A"), bars(GOOD)))
    steady.forget()

    assert steady.believe((square("KPC1:A"), bars(GOOD))) == (square("KPC1:A"),)


def test_the_misreadings_seen_on_paper_do_not_check():
    assert checks(GOOD)
    for text in ('"D2026000377', "CD8926000377", "CD2027001377", "cd20260013771", "", "CD", GOOD + "\x1d"):
        assert not checks(text)


@given(numbers)
def test_what_checks_is_its_number_with_its_own_character(text):
    assert checks(text + check_character(text))
    assert sum(checks(text + last) for last in string.ascii_uppercase + string.digits) == 1


@given(numbers, st.data())
def test_one_wrong_character_never_checks(text, data):
    whole = text + check_character(text)
    place = data.draw(st.integers(0, len(whole) - 1))
    wrong = data.draw(st.sampled_from(sorted(set(string.ascii_uppercase + string.digits) - {whole[place]})))

    assert not checks(whole[:place] + wrong + whole[place + 1 :])


frames = st.lists(st.lists(st.sampled_from([bars(GOOD), bars(OTHER), bars("CD1"), square("KPC1:A")]), max_size=3))


@given(frames)
def test_nothing_is_told_twice_and_no_bars_without_two_reads(stream):
    steady = Steady()
    told = []
    for number, codes in enumerate(stream):
        for code in steady.believe(tuple(codes)):
            told.append(code)
            if code.format == "Code128":
                before = [each for each in stream[:number] if any(seen.format == "Code128" for seen in each)]
                assert checks(code.text)
                assert code in before[-1]

    assert len(told) == len(set(told))
    assert (square("KPC1:A") in told) == any(square("KPC1:A") in codes for codes in stream)
