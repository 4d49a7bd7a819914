"""Workbooks made by hand, as small as a spreadsheet program would still open."""

import zipfile
from datetime import date
from io import BytesIO
from xml.sax.saxutils import escape

_NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_RELS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="r1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {_NAMES} xmlns:r="{_RELS}"><sheets>'
    '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/styles.xml": f'<styleSheet {_NAMES}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
}
_EPOCH = date(1899, 12, 30)


def cell(value: object, place: str) -> str:
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - _EPOCH).days}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def sheet(*rows: tuple[object, ...]) -> str:
    lines = (
        f'<row r="{line}">' + "".join(cell(value, f"{chr(65 + at)}{line}") for at, value in enumerate(row)) + "</row>"
        for line, row in enumerate(rows, 1)
    )
    return f"<worksheet {_NAMES}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def workbook(*rows: tuple[object, ...], xml: str = "", **more: bytes) -> bytes:
    """A workbook of one sheet with these rows, or of this sheet's XML, with more parts where they are given."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, text in {**_PARTS, "xl/worksheets/sheet1.xml": xml or sheet(*rows)}.items():
            packed.writestr(part, text)
        for part, extra in more.items():
            packed.writestr(part, extra)
    return content.getvalue()
