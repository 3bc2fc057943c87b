"""One report as CSV, XLSX or PDF; values only, never a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re

import xlsxwriter
from flask import render_template

from app.compliance.reports.document import Report, Value
from app.notices import pdf
from app.platform.spreadsheets import guarded
from app.web.dates import format_date, format_moment

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}

# Beyond this a printed table is not read; the attached CSV holds every row.
PDF_ROWS = 120


def write(report: Report, form: str) -> bytes:
    """Write the report in one of the forms of MEDIA_TYPES; KeyError for another."""
    return {"csv": write_csv, "xlsx": write_xlsx, "pdf": write_pdf}[form](report)


def write_csv(report: Report) -> bytes:
    """Write one line a value (section, row, column, value), so that one file holds sections of any shape."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("section", "row", "column", "value"))
    for name, value in report.facts:
        writer.writerow(("Facts", 1, name, guarded(plain(value))))
    for section in report.sections:
        for number, row in enumerate(section.rows, start=1):
            for column, value in zip(section.columns, row, strict=True):
                writer.writerow((section.title, number, column, guarded(plain(value))))
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(report: Report) -> bytes:
    """Write one sheet a section, the facts first; nothing is hidden and nothing is a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": report.title, "created": report.made_at.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        facts = book.add_worksheet("Facts")
        facts.set_column(0, 1, 40)
        for line, (name, value) in enumerate(report.facts):
            facts.write_string(line, 0, name, bold)
            facts.write_string(line, 1, plain(value))
        for number, section in enumerate(report.sections, start=1):
            sheet = book.add_worksheet(_sheet_name(number, section.title))
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(section.columns) - 1, 24)
            for place, column in enumerate(section.columns):
                sheet.write_string(0, place, column, bold)
            for line, row in enumerate(section.rows, start=1):
                for place, value in enumerate(row):
                    if isinstance(value, int):
                        sheet.write_number(line, place, value)
                    else:
                        sheet.write_string(line, place, plain(value))
    return out.getvalue()


def write_pdf(report: Report) -> bytes:
    """Write the report as tagged PDF/A-3a and PDF/UA-1 with its CSV attached."""
    html = render_template("compliance/reports/document.html", report=report, shown=shown, most_rows=PDF_ROWS)
    data = pdf.Attachment(
        name=f"{report.name}.csv",
        content=write_csv(report),
        description="The values of this report",
        modified_at=report.made_at,
    )
    return pdf.render(
        html,
        title=report.title,
        language="en",
        identifier=f"{report.name}:{report.number}",
        attachments=[data],
    )


def plain(value: Value) -> str:
    """Give a value as text for machines: ISO dates and UTC moments."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    return "" if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)


def shown(value: Value, zone: str) -> str:
    """Give a value as text for people."""
    if isinstance(value, dt.datetime):
        return format_moment(value, zone)
    if isinstance(value, dt.date):
        return format_date(value)
    return "–" if value is None or value == "" else f"{value:,}" if isinstance(value, int) else value


def _sheet_name(number: int, title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", f"{number} {title}")[:31]
