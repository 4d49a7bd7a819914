"""Texts from frames: kind ones, hard ones, and frames without a code."""

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from kpdesk.scanning.codes import Source
from kpdesk.scanning.decode import read, read_any, read_sharpened
from tests.scanning.hard_frames import (
    CATEGORIES,
    NUMBER,
    View,
    code_128,
    hard_frames,
    mix,
    qr,
    seen,
    sheet,
    signed_code_text,
)

TEXT = signed_code_text()


def test_a_sheet_gives_its_signed_code_and_its_number():
    codes = read(seen(sheet(TEXT), View(), np.random.default_rng(0)))

    assert {(code.format, code.text) for code in codes} == {("QRCode", TEXT), ("Code128", NUMBER.with_check)}
    assert {code.source for code in codes} == {Source.RAW}


def test_a_code_says_where_it_stands_and_how_near_it_is():
    frame = np.full((720, 1280), 255, np.uint8)
    square = qr("KPC1:ABC", dots=5)
    frame[100 : 100 + square.shape[0], 300 : 300 + square.shape[1]] = square

    (code,) = read(frame)

    assert code.corners[0] == pytest.approx((320, 120), abs=2)
    assert code.corners[2] == pytest.approx((300 + square.shape[1] - 20, 100 + square.shape[0] - 20), abs=2)
    assert code.module == pytest.approx(5, abs=0.2)


@pytest.mark.parametrize(
    ("category", "level"),
    [("tilt", 45), ("turn", 133), ("blur", 1.2), ("noise", 20), ("jpeg", 30), ("contrast", 0.1), ("glare", 20)],
)
def test_what_a_hand_and_a_lens_do_is_forgiven(category, level):
    view = CATEGORIES[category][1](level)

    codes = read(seen(sheet(TEXT), view, np.random.default_rng(1)))

    assert TEXT in {code.text for code in codes if code.format == "QRCode"}


def test_a_large_and_noisy_photograph_is_read_smaller():
    rng = np.random.default_rng(0)
    photograph = np.full((3000, 3000), 120, np.uint8)
    square = qr(TEXT, dots=20)
    photograph[300 : 300 + square.shape[0], 300 : 300 + square.shape[1]] = square
    photograph = cv2.GaussianBlur(photograph, (0, 0), 3).astype(np.float32)
    grains = rng.normal(0, 12, (1000, 3000)).astype(np.float32)

    codes = read(np.clip(photograph + np.tile(grains, (3, 1)), 0, 255).astype(np.uint8), look_again=False)

    assert [code.text for code in codes] == [TEXT]


def test_the_second_look_reads_what_the_first_misses():
    frame = seen(sheet(TEXT), CATEGORIES["blur"][1](1.5), np.random.default_rng(0))

    assert not any(code.format == "QRCode" for code in read(frame, look_again=False))
    found = [code for code in read(frame) if code.format == "QRCode"]

    assert [(code.text, code.source) for code in found] == [(TEXT, Source.SHARPENED)]
    assert found[0].module == pytest.approx(3, abs=0.2)
    assert all(0 <= x < 1280 and 0 <= y < 720 for x, y in found[0].corners)


def test_code_128_is_never_taken_from_a_sharpened_picture():
    frame = np.full((720, 1280), 255, np.uint8)
    bars = code_128(NUMBER.with_check)[:200]
    frame[100:300, 100 : 100 + bars.shape[1]] = bars

    assert [code.source for code in read(frame)] == [Source.RAW]
    assert read_sharpened(frame) == ()


def test_one_frame_of_every_kind_and_level_gives_nothing_wrong():
    said, read_right, frames = set(), 0, 0
    for frame in hard_frames(1, categories=("scale", "blur", "mix")):
        texts = {code.text for code in read(frame.grey)}
        said |= texts - {frame.text, NUMBER.with_check}
        read_right += frame.text in texts
        frames += 1

    assert said == set()
    assert read_right >= 0.8 * frames


@pytest.mark.parametrize("name", ["QRCode", "Code128", "PDF417", "DataMatrix", "Aztec", "MicroQRCode"])
def test_any_kind_of_code_is_read_from_any_picture(name):
    barcode = zxingcpp.create_barcode("CD1234", zxingcpp.BarcodeFormat[name])

    codes = read_any(np.asarray(barcode.to_image(scale=4)))

    assert [(code.format, code.text) for code in codes] == [(name, "CD1234")]


def test_any_also_reads_light_on_dark():
    assert [code.text for code in read_any(255 - qr("KPC1:ABC"))] == ["KPC1:ABC"]


def test_the_text_is_plain_without_brackets_added():
    barcode = zxingcpp.create_barcode("(01)04006381333931", zxingcpp.BarcodeFormat.DataMatrix, gs1=True)

    (code,) = read_any(np.asarray(barcode.to_image(scale=4)))

    assert code.text == "0104006381333931"


def test_a_frame_without_a_code_gives_none():
    page = sheet(TEXT)[:200]

    assert read(np.ascontiguousarray(page)) == ()
    assert read(np.asarray(cv2.GaussianBlur(sheet(TEXT), (0, 0), 12), np.uint8)) == ()


@settings(max_examples=25, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 90), st.integers(1, 90))))
def test_any_pixels_at_all_are_endured(grey):
    assert isinstance(read(grey) + read_any(grey), tuple)


def test_mixed_faults_at_half_strength_are_read():
    assert TEXT in {code.text for code in read(seen(sheet(TEXT), mix(0.5), np.random.default_rng(3)))}
