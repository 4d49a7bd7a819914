"""Pixels that are ours already as a JPEG to be kept: nothing of the strange file is in it, no place, name or date."""

from kpdesk.scanning.foreign import Picture

_QUALITY = 85


def jpeg(picture: Picture) -> bytes:
    """The picture as a JPEG, the same bytes for the same pixels."""
    import cv2
    import numpy as np

    rows = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    _, coded = cv2.imencode(".jpg", cv2.cvtColor(rows, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return coded.tobytes()
