"""A folder of pictures and a video in the place of a camera."""

from datetime import timedelta

import cv2
import numpy as np
import pytest

from kpdesk.scanning.decode import read
from kpdesk.scanning.frames import Frames, NoFrames, PictureFolder, VideoFile
from kpdesk.scanning.steady import Steady
from tests.scanning.hard_frames import NUMBER, View, seen, sheet, signed_code_text

TEXT = signed_code_text(300)


def approach():
    """A hand that brings the sheet closer."""
    page = sheet(TEXT)
    return [seen(page, View(module=module), np.random.default_rng(0)) for module in (0.7, 0.9, 2.2, 2.6, 3.0)]


@pytest.fixture
def folder(tmp_path):
    for index, grey in enumerate(approach()):
        packed = cv2.imencode(".png", grey)[1].tobytes()
        (tmp_path / f"vue-é-{index:03}.png").write_bytes(packed)
    (tmp_path / "notes.txt").write_text("not a picture")
    return tmp_path


@pytest.fixture
def video(tmp_path):
    file = tmp_path / "sheet.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 10, (1280, 720))
    for grey in approach():
        writer.write(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    writer.release()
    return file


def believed(frames: Frames):
    steady = Steady()
    return [(frame.index, code.text) for frame in frames for code in steady.believe(read(frame.grey))]


def test_a_folder_of_pictures_is_read_like_a_camera(folder):
    told = believed(PictureFolder(folder))

    assert sorted(text for _, text in told) == sorted([TEXT, NUMBER.with_check])
    assert {text: index for index, text in told}[TEXT] == 2


def test_pictures_come_by_name_at_a_steady_pace(folder):
    frames = list(PictureFolder(folder, pace=timedelta(milliseconds=100)))

    assert [(frame.index, frame.time) for frame in frames] == [(i, timedelta(milliseconds=100 * i)) for i in range(5)]
    assert {frame.grey.shape for frame in frames} == {(720, 1280)}


def test_a_video_is_read_like_a_camera(video):
    frames = list(VideoFile(video))

    assert [frame.index for frame in frames] == list(range(5))
    assert frames[-1].time == timedelta(seconds=0.4)
    assert TEXT in {text for _, text in believed(VideoFile(video))}


@pytest.mark.parametrize("source", [PictureFolder, VideoFile])
def test_a_closed_source_ends(source, folder, video):
    frames = source(folder if source is PictureFolder else video)
    iterator = iter(frames)
    next(iterator)
    frames.close()

    assert list(iterator) == []


@pytest.mark.parametrize("source", [PictureFolder, VideoFile])
def test_nothing_to_see_is_a_trouble(source, tmp_path):
    with pytest.raises(NoFrames):
        list(source(tmp_path / "missing"))
    with pytest.raises(NoFrames):
        list(source(tmp_path))


def test_a_damaged_picture_or_video_is_a_trouble(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "a.avi").write_bytes(b"RIFF")

    with pytest.raises(NoFrames) as trouble:
        list(PictureFolder(tmp_path))
    assert trouble.value.file == "a.png"
    with pytest.raises(NoFrames):
        list(VideoFile(tmp_path / "a.avi"))
