"""What the address of a list says: its order, its page, and the addresses beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request

from app.platform.keyset import Page


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: the column, and "ascending" or "descending"."""

    key: str
    order: str
    href: Callable[[str, str], str]

    @property
    def is_descending(self) -> bool:
        return self.order == "descending"


def read_order(columns: Collection[str], default: str, *, is_descending: bool = False) -> Order:
    """Read `sort` and `order` from the address; what is not offered counts as not given."""
    key = request.args.get("sort", "")
    if key not in columns:
        return Order(default, "descending" if is_descending else "ascending", _sorted_address)
    order = "descending" if request.args.get("order") == "descending" else "ascending"
    return Order(key, order, _sorted_address)


def read_cursor() -> str:
    """Read which page is asked for."""
    return request.args.get("page", "")


def addresses(page: Page[Any]) -> dict[str, str]:
    """Give the addresses of the pages before and after, as the paging macro wants them."""
    return {
        "previous": _address(page=page.previous) if page.previous else "",
        "next": _address(page=page.next) if page.next else "",
    }


def _sorted_address(key: str, order: str) -> str:
    return _address(sort=key, order=order, page=None)


def _address(**changes: str | None) -> str:
    given = {**request.args.to_dict(), **changes}
    return f"{request.path}?{urlencode({name: value for name, value in given.items() if value})}"
