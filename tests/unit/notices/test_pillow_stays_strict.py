"""Rendering letters does not make the process accept damaged pictures."""

from __future__ import annotations

from PIL import ImageFile

from app.notices import pdf


def test_pictures_that_are_cut_short_stay_refused_after_the_renderer_was_loaded():
    pdf.load_engine()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
