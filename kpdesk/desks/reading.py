"""Reading pictures of sheets for a desk: every text that a file shows, through the one child process."""

from kpdesk.scanning.foreign import Reader, Sheet
from kpdesk.signing.code import PREFIX


def texts_of(sheet: Sheet) -> tuple[str, ...]:
    """The texts of a sheet, the full signed code first, then its compact twin, then numbers."""
    return tuple(
        sorted({code.text for code in sheet.texts}, key=lambda text: (not text.startswith(PREFIX), -len(text)))
    )


def code_of(sheet: Sheet) -> str:
    """The signed code on a sheet, the full one if both are there; empty where there is none."""
    found = texts_of(sheet)
    return found[0] if found and found[0].startswith(PREFIX) else ""


def walls() -> dict[str, list[str] | bool]:
    """What stands between a strange file and this machine, and whether the second reader is there."""
    with Reader() as reader:
        reader.start()
        return {"walls": sorted(str(wall) for wall in reader.walls), "second_reader": reader.second_opinion}


def be_the_child() -> None:
    """This process is the one that opens strange files."""
    from kpdesk.scanning import child

    child.main()


__all__ = ["Reader", "Sheet", "code_of", "texts_of"]
