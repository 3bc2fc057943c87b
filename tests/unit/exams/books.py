"""Rulebooks that tests are held under, small enough to check by hand."""

from __future__ import annotations

HEAD = """
[rulebook]
name = "{name}"
version = 1
title = "{title}"
citation = "A rule made for tests"
read_on = 2026-11-22
effective_from = 2020-01-01

[[component]]
name = "written"
title = "Written examination"
kind = "items"
weight = "100"

[component.marks]
right = "1"
wrong = "0"
blank = "0"
"""

# Everybody passes, and equal scores share a rank.
OPEN_BOOK = (
    HEAD.format(name="open-book", title="Everyone is ranked")
    + """
[total]
scale = "100"
display = { places = 3, mode = "half-up" }

[order]
numbering = "competition"

[certification]
reach = "people"
plus = "2"
per_vacancy = "1"
ties = "include"
reform = true
citation = "Rule of three, for tests"

[certification.list_life]
years = 1

[certification.certificate_life]
days = 30
"""
)

# Categories: from 90 the best, from 70 the others; nobody with preference is passed over in silence.
CATEGORY_BOOK = (
    HEAD.format(name="category-book", title="Two categories")
    + """
[total]
scale = "100"
minimum = "70"
gate = "before"
display = { places = 2, mode = "half-up" }

[[preference]]
claim = "veteran"
title = "Veteran"
kind = "standing"
citation = "Preference, for tests"

[bands]
by = "total"
citation = "Categories, for tests"

[[bands.category]]
name = "BQ"
title = "Best qualified"
least = "90"

[[bands.category]]
name = "Q"
title = "Qualified"
least = "70"

[order]
numbering = "dense"

[[order.key]]
by = "category"
title = "category"

[[order.key]]
by = "preference"
title = "preference eligible"

[certification]
reach = "categories"
merge_below = 3
citation = "Category rule, for tests"

[certification.list_life]
months = 6

[certification.certificate_life]
days = 30

[[selection]]
kind = "no-preference-passed-over"
citation = "Section 7, for tests"
"""
)
