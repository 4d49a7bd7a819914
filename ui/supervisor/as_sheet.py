"""A table or a chart of these screens as a list for paper and for a file, in the words it is shown in."""

from collections.abc import Sequence

from kpdesk.domain.papers import Drawing, ListColumn, ListSheet
from ui.widgets.chart import Plot, on_paper
from ui.widgets.rows import Column

_PAPER_DPI = 300
_WIDE = 2.6


def table_sheet(
    title: str, columns: Sequence[Column], slips: Sequence[object], *, plot: Plot | None = None, remark: str = ""
) -> ListSheet:
    """The rows as their columns write them, under the chart of the same figures."""
    return ListSheet(
        title=title,
        columns=tuple(
            ListColumn(heading=each.heading, share=_WIDE if each.wide else 1.3, figures=each.number) for each in columns
        ),
        rows=tuple(tuple(each.text(slip).replace("\u00a0", " ") for each in columns) for slip in slips),
        drawing=_drawing(plot) if plot and plot.most else None,
        remark=remark,
    )


def chart_sheet(plot: Plot, along: str) -> ListSheet:
    """A chart with its figures below."""
    columns = (ListColumn(heading=along, share=_WIDE), *(ListColumn(heading=s.name, figures=True) for s in plot.series))
    rows = tuple(
        (mark.name, *("–" if each is None else plot.write(each).replace("\u00a0", " ") for each in mark.figures))
        for mark in plot.marks
    )
    return ListSheet(title=plot.title, columns=columns, rows=rows, drawing=_drawing(plot) if plot.most else None)


def _drawing(plot: Plot) -> Drawing:
    """Lines of a picture may be padded; on paper each follows the one before."""
    seen = on_paper(plot, dpi=_PAPER_DPI).picture
    lines = (seen.content[start : start + seen.width] for start in range(0, seen.stride * seen.height, seen.stride))
    return Drawing(seen.width, seen.height, b"".join(lines))
