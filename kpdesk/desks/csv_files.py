"""A list that a screen shows, as a CSV file for whoever counts on with it. UTF-8 with its mark, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from kpdesk.exchange.whole import whole_file

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A cell that a spreadsheet would reckon with is given as text: what a stranger typed never runs."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in (heads, *rows):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def save_csv(file: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Whole, or not at all; the file. Raises FileNotWritten, DiskFull."""
    with whole_file(file) as stream:
        stream.write(csv_of(heads, rows))
    return file
