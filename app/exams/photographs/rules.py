"""How a photograph is cropped for a card."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from app.platform.errors import Invalid
from app.platform.sentences import say

# 35 by 45 mm at 300 dots an inch, as passports have it.
SIZE = (413, 531)
# A face stands above the middle of most pictures.
CENTRE = (0.5, 0.4)
QUALITY = 88
NOT_A_PICTURE = say("Choose one photograph: JPEG, PNG or WebP.")
TOO_SMALL = say("This photograph is too small to be printed. Choose one with at least 200 by 250 points.")
LEAST = (200, 250)


def crop(content: bytes, media_type: str) -> bytes:
    """Give a photograph, already written anew and upright, as JPEG of a card's size; Invalid(file=...)."""
    if media_type not in ("image/jpeg", "image/png"):
        raise Invalid(file=NOT_A_PICTURE)
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        if picture.width < LEAST[0] or picture.height < LEAST[1]:
            raise Invalid(file=TOO_SMALL)
        paper = Image.new("RGB", picture.size, "white")
        coloured = picture.convert("RGBA")
        paper.paste(coloured, mask=coloured.getchannel("A"))
    written = io.BytesIO()
    ImageOps.fit(paper, SIZE, Image.Resampling.LANCZOS, centering=CENTRE).save(
        written, "JPEG", quality=QUALITY
    )
    return written.getvalue()
