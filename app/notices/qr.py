"""QR codes as inline SVG, so that a letter fetches nothing to show one."""

from __future__ import annotations

import segno
from markupsafe import Markup, escape

# A printed letter is folded and photographed: at level M a code survives 15 % of damage and stays small.
ERROR_LEVEL = "m"
QUIET_ZONE = 4  # modules; what ISO/IEC 18004 asks for round a code


def svg(text: str, *, title: str) -> Markup:
    """Draw `text` as an SVG element with `title` as its text alternative.

    The element scales to the width its style sheet gives it. Text beyond some 2,300 bytes raises ValueError.
    """
    code = segno.make(text, error=ERROR_LEVEL, boost_error=False, micro=False)
    size = code.symbol_size(border=QUIET_ZONE)[0]
    # One path of filled rows: strokes would leave hairlines between rows in some viewers.
    path = "".join(
        f"M{left} {top}h{width}v1h-{width}z"
        for top, row in enumerate(code.matrix, start=QUIET_ZONE)
        for left, width in _runs(row)
    )
    return Markup(
        '<svg class="qr" role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        '<title>{title}</title><rect width="{size}" height="{size}" fill="#ffffff"/>'
        '<path fill="#000000" d="{path}"/></svg>'
    ).format(size=size, title=escape(title), path=path)


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Give (left, width) of each dark run in a row, in modules, quiet zone counted."""
    runs: list[tuple[int, int]] = []
    for column, is_dark in enumerate(row, start=QUIET_ZONE):
        if not is_dark:
            continue
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs
