"""Writes the published schemas of kept values from their classes: `python -m tests.published` after a change of one."""

import json

from kpdesk.domain.kept import schema_of
from kpdesk.store.keeping import KEPT
from resources import path


def text_of(shape: type) -> str:
    """The file's content."""
    return json.dumps(schema_of(shape), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for shape in KEPT:
        path(f"schemas/{shape.kind}-1.json").write_text(text_of(shape), "utf-8")
