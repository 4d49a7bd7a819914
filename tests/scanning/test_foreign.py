"""Strange files through the child, on real bytes; whatever comes, the next file is read."""

import io
import os
import signal
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kpdesk.domain.outcomes import Trouble
from kpdesk.scanning import troubles
from kpdesk.scanning.foreign import MOST_BYTES, Reader
from kpdesk.sentences import sentence
from tests.scanning.hard_frames import NUMBER, View, code_128, jpeg, noise, qr, seen, sheet, signed_code_text

TEXT = signed_code_text()
posix = pytest.mark.skipif(sys.platform == "win32", reason="stops and kills processes by signals")


def packed(grey, suffix=".png"):
    return cv2.imencode(suffix, grey)[1].tobytes()


PNG = packed(qr(TEXT, dots=3))
JPEG = packed(qr(TEXT, dots=3), ".jpg")


def pdf(*pages, encrypt=None):
    """A4 pages, each with its square code 40 mm wide and the number's bars, or empty."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=encrypt)
    for text in pages:
        canvas.drawString(20 * mm, 270 * mm, "KIMBERLEY PROCESS CERTIFICATE")
        if text:
            canvas.drawImage(ImageReader(Image.fromarray(qr(text))), 140 * mm, 30 * mm, 43 * mm, 43 * mm)
            canvas.drawImage(
                ImageReader(Image.fromarray(code_128(NUMBER.with_check))), 20 * mm, 30 * mm, 65 * mm, 12 * mm
            )
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def png_of(width, height, colour=0):
    """Only as much of a PNG as promises these pixels."""

    def chunk(kind, body):
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, colour, 0, 0, 0])
    squeezed = zlib.compress(bytes(1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", squeezed) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def texts(sheet):
    return [(code.format, code.text) for code in sheet.texts]


def test_a_picture_and_a_pdf_give_their_texts(reader, tmp_path):
    for name, data in {"a.png": PNG, "a.jpg": JPEG, "misnamed.txt": PNG}.items():
        (tmp_path / name).write_bytes(data)
        read = reader.read(tmp_path / name)
        assert (read.file, texts(read), read.pages, read.looked) == (name, [("QRCode", TEXT)], 1, 1)

    both = reader.read_bytes("a.pdf", pdf(TEXT))
    assert sorted(texts(both)) == [("Code128", NUMBER.with_check), ("QRCode", TEXT)]


def test_a_hard_photograph_is_read(reader):
    view = View(module=2.6, turn=12, tilt=25, spoil=[noise(6), jpeg(30)])
    photograph = packed(seen(sheet(TEXT), view, np.random.default_rng(2)), ".jpg")

    assert TEXT in {code.text for code in reader.read_bytes("photo.jpg", photograph).texts}


def test_the_pages_of_a_pdf_are_counted_and_twenty_looked_at(reader):
    two = reader.read_bytes("two.pdf", pdf("", TEXT))
    assert (two.pages, two.looked, {code.page for code in two.texts}) == (2, 2, {2})

    many = reader.read_bytes("many.pdf", pdf(TEXT, *[""] * 21))
    assert many.pages == 22
    assert many.looked <= 20
    assert TEXT in {code.text for code in many.texts}


def test_a_pdf_without_a_code_gives_no_text(reader):
    assert reader.read_bytes("plain.pdf", pdf("")).texts == ()


def test_every_kind_of_code_is_read_when_asked(reader):
    import zxingcpp

    barcode = zxingcpp.create_barcode("CD1234", zxingcpp.BarcodeFormat.DataMatrix)
    data = packed(np.asarray(barcode.to_image(scale=5)))

    assert reader.read_bytes("a.png", data).texts == ()
    assert texts(reader.read_bytes("a.png", data, every=True)) == [("DataMatrix", "CD1234")]


def test_ink_on_a_transparent_ground_lies_on_white_paper(reader):
    ink = 255 - qr(TEXT, dots=3)
    clear = np.dstack([np.zeros((*ink.shape, 3), np.uint8), ink])

    assert texts(reader.read_bytes("clear.png", packed(clear))) == [("QRCode", TEXT)]
    assert texts(reader.read_bytes("deep.png", packed(qr(TEXT, dots=3).astype(np.uint16) * 257))) == [("QRCode", TEXT)]
    assert texts(reader.read_bytes("colour.png", packed(np.dstack([qr(TEXT, dots=3)] * 3)))) == [("QRCode", TEXT)]


BLIND = """
from kpdesk.scanning import child, decode
decode.read = decode.read_sharpened = lambda *_, **__: ()
"""
RAISES = """
from pyzbar import pyzbar
def decode_raises(*_, **__):
    raise ValueError("4294967295 is not a valid ZBarOrientation")
pyzbar.decode = decode_raises
"""


@pytest.mark.parametrize(("zbar", "found"), [("", [("QRCode", TEXT, "zbar")]), (RAISES, [])])
def test_zbar_is_asked_about_what_the_first_reader_misses_and_may_fail(zbar, found):
    pytest.importorskip("pyzbar.pyzbar", exc_type=ImportError)
    with Reader(program=(sys.executable, "-P", "-c", BLIND + zbar + "child.main()")) as reader:
        read = reader.read_bytes("a.png", PNG)

    assert read.second_opinion
    assert [(code.format, code.text, code.source) for code in read.texts] == found


def test_a_missing_zbar_is_told_and_not_fatal():
    without = "import sys; sys.modules['pyzbar'] = None; from kpdesk.scanning.child import main; main()"
    with Reader(program=(sys.executable, "-P", "-c", without)) as reader:
        read = reader.read_bytes("a.png", PNG)

    assert texts(read) == [("QRCode", TEXT)]
    assert not read.second_opinion


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"", troubles.FileEmpty),
        (b"GIF89a" + bytes(40), troubles.NotAPicture),
        (b"II*\0" + bytes(40), troubles.NotAPicture),
        (b"BM" + bytes(40), troubles.NotAPicture),
        (bytes(5000), troubles.NotAPicture),
        (PNG[: len(PNG) // 2], troubles.PictureDamaged),
        (PNG[:-20], troubles.PictureDamaged),
        (PNG[:20], troubles.PictureDamaged),
        (JPEG[: len(JPEG) // 2], troubles.PictureDamaged),
        (JPEG[:-2], troubles.PictureDamaged),
        (JPEG[:30], troubles.PictureDamaged),
        (pdf(TEXT)[:900], troubles.PictureDamaged),
        (b"%PDF-1.7\n", troubles.PictureDamaged),
        (png_of(60_000, 60_000), troubles.PictureTooLarge),
        (png_of(2**31 - 1, 1), troubles.PictureTooLarge),
        (png_of(0, 100), troubles.PictureDamaged),
        (b"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xff\xff\xff\x01\x01\x11\x00", troubles.PictureTooLarge),
        (pdf(TEXT, encrypt=StandardEncryption("practice")), troubles.PictureLocked),
    ],
)
def test_bad_bytes_are_a_trouble_with_a_sentence_and_the_next_file_is_read(reader, data, trouble):
    with pytest.raises(trouble) as caught:
        reader.read_bytes("odd", data)
    assert caught.value.file == "odd"
    assert "odd" in sentence(caught.value).what

    with pytest.raises(trouble):
        reader.picture_bytes("odd", data)
    assert texts(reader.read_bytes("a.png", PNG)) == [("QRCode", TEXT)]


def test_too_many_bytes_are_refused_before_they_are_read(reader, tmp_path):
    sparse = tmp_path / "sparse.png"
    with sparse.open("wb") as file:
        file.write(PNG)
        file.truncate(200 * 1024 * 1024)

    with pytest.raises(troubles.FileTooLarge) as caught:
        reader.read(sparse)
    assert caught.value.size == 200 * 1024 * 1024

    with pytest.raises(troubles.FileTooLarge):
        reader.read_bytes("a.png", PNG + bytes(MOST_BYTES))


@posix
def test_what_is_not_a_plain_file_is_not_opened(reader, tmp_path):
    os.mkfifo(tmp_path / "pipe.png")

    for path in (tmp_path / "missing.png", tmp_path, tmp_path / "pipe.png", Path("/dev/zero")):
        with pytest.raises(troubles.FileUnreachable):
            reader.read(path)


def test_a_huge_page_is_drawn_coarser_and_not_refused(reader):
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(5000 * mm, 5000 * mm))
    canvas.drawImage(ImageReader(Image.fromarray(qr("KPC1:ABC"))), 1000 * mm, 1000 * mm, 3000 * mm, 3000 * mm)
    canvas.save()

    assert texts(reader.read_bytes("wall.pdf", file.getvalue())) == [("QRCode", "KPC1:ABC")]


def test_a_picture_to_look_at_is_small_plain_pixels(reader, tmp_path):
    red = np.zeros((1000, 4000, 3), np.uint8)
    red[:, :, 2] = 250
    (tmp_path / "wide.png").write_bytes(packed(red))

    wide = reader.picture(tmp_path / "wide.png")
    assert (wide.width, wide.height, wide.rgb[:3]) == (1600, 400, b"\xfa\x00\x00")

    page = reader.picture_bytes("a.pdf", pdf(TEXT), longest=800)
    assert (page.width, page.height) == (566, 800)
    assert page.rgb[:3] == b"\xff\xff\xff"


def test_a_photograph_stands_upright_in_reading_and_looking(reader):
    file = io.BytesIO()
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.fromarray(sheet(TEXT)).save(file, "JPEG", exif=turned)
    height, width = sheet(TEXT).shape

    shown = reader.picture_bytes("turned.jpg", file.getvalue(), longest=4000)
    assert (shown.width, shown.height) == (height, width)
    assert TEXT in {code.text for code in reader.read_bytes("turned.jpg", file.getvalue()).texts}


@posix
def test_a_child_that_is_killed_is_replaced(reader):
    reader.read_bytes("a.png", PNG)
    first = reader.pid
    os.kill(first, signal.SIGKILL)
    os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)

    assert texts(reader.read_bytes("a.png", PNG)) == [("QRCode", TEXT)]
    assert reader.pid != first


def test_a_file_that_ends_the_child_is_a_trouble_and_the_next_is_read(tmp_path):
    marker = tmp_path / "died"
    dies_once = f"""
import os, pathlib
from kpdesk.scanning import child
marker = pathlib.Path({str(marker)!r})
if not marker.exists():
    marker.touch()
    child._answer = lambda *_: os._exit(9)
child.main()
"""
    with Reader(program=(sys.executable, "-P", "-c", dies_once)) as reader:
        with pytest.raises(troubles.ReaderDied) as caught:
            reader.read_bytes("bad.png", PNG)
        assert caught.value.file == "bad.png"
        assert texts(reader.read_bytes("a.png", PNG)) == [("QRCode", TEXT)]


@posix
def test_a_file_that_takes_too_long_is_a_trouble_and_the_next_is_read():
    with Reader(seconds=2) as reader:
        reader.start()
        stopped = reader.pid
        os.kill(stopped, signal.SIGSTOP)

        with pytest.raises(troubles.ReaderTimedOut):
            reader.read_bytes("slow.png", PNG)
        assert texts(reader.read_bytes("a.png", PNG)) == [("QRCode", TEXT)]
        assert reader.pid != stopped


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        "{'texts': 3, 'pages': 1, 'looked': 1}",
        "{'fault': 'invented'}",
        "{'texts': [{}], 'pages': 1, 'looked': 1}",
    ],
)
def test_a_child_that_lies_is_a_trouble(answer):
    lies = f"""
import sys
from kpdesk.scanning.pipe import receive, send
send(sys.stdout.buffer, {{"walls": [], "second_opinion": False}})
receive(sys.stdin.buffer)
send(sys.stdout.buffer, {answer})
sys.stdin.buffer.read()
"""
    with Reader(program=(sys.executable, "-P", "-c", lies)) as reader, pytest.raises(troubles.ReaderDied):
        reader.read_bytes("a.png", PNG)


@pytest.mark.parametrize("program", [(sys.executable, "-c", "print('hello, world')"), ("/no/such/program",)])
def test_a_child_that_does_not_start_is_a_trouble(program):
    with Reader(program=program) as reader, pytest.raises(troubles.ReaderDied):
        reader.read_bytes("a.png", PNG)


MAGICS = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"%PDF-1.4\n": pdf(TEXT)}


@st.composite
def odd_files(draw):
    """Garbage behind a right beginning, or a good file with some bytes changed, cut or doubled."""
    magic, good = draw(st.sampled_from(sorted(MAGICS.items())))
    if draw(st.booleans()):
        return magic + draw(st.binary(max_size=400))
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(len(magic), len(data) - 1))
        match draw(st.sampled_from(["change", "cut", "double"])):
            case "change":
                data[place] = draw(st.integers(0, 255))
            case "cut":
                del data[place : place + draw(st.integers(1, 40))]
            case "double":
                data[place:place] = data[place : place + draw(st.integers(1, 40))]
        if len(data) <= len(magic) + 1:
            break
    return bytes(data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(odd_files())
@example(b"%PDF-" + b"[" * 20_000)
@example(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 999999999>>trailer<</Root 1 0 R>>")
def test_any_bytes_give_texts_or_a_trouble_never_our_bug(reader, data):
    with suppress(Trouble):
        read = reader.read_bytes("odd", data)
        assert {code.text for code in read.texts} <= {TEXT, NUMBER.with_check}


def test_the_child_still_reads_after_all_that(reader):
    assert texts(reader.read_bytes("a.png", PNG)) == [("QRCode", TEXT)]
