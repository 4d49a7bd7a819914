"""Where frames come from: a folder of pictures or a video stands for the camera in tests and training.

Both are the office's own files. What comes from outside goes through `kpdesk.scanning.foreign`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from kpdesk.domain.outcomes import Trouble
from kpdesk.scanning.codes import Grey

_SUFFIXES = {".png", ".jpg", ".jpeg"}


@dataclass(eq=False)
class NoFrames(Trouble):
    """Nothing there that could stand for a camera: no such folder or video, or no picture in it."""

    file: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One look of a camera."""

    index: int
    """Counted by the source from 0; a gap tells how many frames were dropped."""
    time: timedelta
    """Since the source's first frame."""
    grey: Grey


class Frames(Protocol):
    """A source of frames. Each step of its iterator waits for the newest frame not yet taken; older ones are dropped by
    a source that does not wait for its reader, such as a camera. It ends when there is nothing more to see.
    """

    def __iter__(self) -> Iterator[Frame]: ...

    def close(self) -> None:
        """Let the device go; an iterator under way ends."""


class PictureFolder:
    """The pictures of a folder, by name, as if a camera had taken them at a steady pace."""

    def __init__(self, folder: Path, *, pace: timedelta = timedelta(milliseconds=33)) -> None:
        self._folder, self._pace = folder, pace
        self._open = True

    def __iter__(self) -> Iterator[Frame]:
        """Raises NoFrames."""
        import cv2
        import numpy as np

        try:
            files = sorted(each for each in self._folder.iterdir() if each.suffix.lower() in _SUFFIXES)
        except OSError as problem:
            raise NoFrames(self._folder.name) from problem
        if not files:
            raise NoFrames(self._folder.name)
        for index, file in enumerate(files):
            if not self._open:
                return
            # Not imread: it does not know every file name on Windows.
            picture = cv2.imdecode(np.frombuffer(file.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE)
            if picture is None:
                raise NoFrames(file.name)
            yield Frame(index, index * self._pace, np.asarray(picture, np.uint8))

    def close(self) -> None:
        self._open = False


class VideoFile:
    """The frames of a video, every one, as fast as they are taken."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open = True

    def __iter__(self) -> Iterator[Frame]:
        """Raises NoFrames."""
        import cv2
        import numpy as np

        video = cv2.VideoCapture(str(self._file))
        try:
            pace = 1 / (video.get(cv2.CAP_PROP_FPS) or 30)
            index = 0
            while self._open:
                more, picture = video.read()
                if not more:
                    break
                grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
                yield Frame(index, timedelta(seconds=index * pace), grey)
                index += 1
            if self._open and not index:
                raise NoFrames(self._file.name)
        finally:
            video.release()

    def close(self) -> None:
        self._open = False
