"""Lists: 20 a page, a sheet at once; filters, order and page all in the URL: « back » restores them.

listing = Listing.read(request, sorts=("titre", "commune"), default="titre", filters=("q", "etat"))
total, rows = fetch(db, query, listing, columns={"titre": OfferRow.title, ...})
listing = listing.with_total(total)
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVarTuple
from urllib.parse import urlencode

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.forms import whole_number

PAGE_SIZE = 20
LONGEST = 100
Ts = TypeVarTuple("Ts")


class Chip(msgspec.Struct, frozen=True):
    """An active filter, and the address of the list without it."""

    label: str
    without: str


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What the URL asks of a list. `filters` holds non-empty values only.

    `words` are those behind the token `q` of a list filtered by name (names_in_lists.py); `lapsed`: the
    token was nobody's or too old, and is not in `filters`.
    """

    path: str
    filters: dict[str, str]
    sort: str
    descending: bool
    page: int
    default: str
    size: int = PAGE_SIZE
    total: int = 0
    chips: tuple[Chip, ...] = ()
    words: str = ""
    lapsed: bool = False

    @classmethod
    def read(
        cls, request: Any, *, sorts: Sequence[str], default: str, filters: Sequence[str] = ()
    ) -> "Listing":
        """Read the query; what is not understood falls back to the default. `default` may begin with `-`."""
        query = request.query_params
        asked = str(query.get("tri", "")) or default
        key = asked.removeprefix("-")
        if key not in sorts:
            asked, key = default, default.removeprefix("-")
        page = str(query.get("page", "1"))
        return cls(
            path=request.url.path,
            filters={
                name: str(query[name]).strip()[:LONGEST]
                for name in filters
                if str(query.get(name, "")).strip()
            },
            sort=key,
            descending=asked.startswith("-"),
            page=min(whole_number(page) or 1, 100_000),
            default=default,
        )

    def filter(self, name: str) -> str:
        return self.words if name == "q" and self.words else self.filters.get(name, "")

    @property
    def typed(self) -> dict[str, str]:
        """The filters as they were typed, for the form to show them again."""
        return {name: self.filter(name) for name in self.filters}

    @property
    def page_count(self) -> int:
        return max(1, -(-self.total // self.size))

    def address(self, **changes: str) -> str:
        """The list's address with some parameters changed; an empty value removes one."""
        asked = ("-" if self.descending else "") + self.sort
        params = {**self.filters, "tri": asked if asked != self.default else "", "page": str(self.page)}
        params.update(changes)
        kept = {name: value for name, value in params.items() if value and (name, value) != ("page", "1")}
        return self.path + ("?" + urlencode(kept) if kept else "")

    def page_link(self, page: int) -> str:
        return self.address(page=str(page))

    @property
    def sheet_link(self) -> str:
        """Where exactly this view is taken away as a spreadsheet, all its pages."""
        return f"{self.path}/tableur{self.address(page='').removeprefix(self.path)}"

    def sort_link(self, key: str) -> str:
        flipped = f"-{key}" if self.sort == key and not self.descending else key
        return self.address(tri=flipped if flipped != self.default else "", page="")

    def with_total(self, total: int, labels: Mapping[str, str] | None = None) -> "Listing":
        """The listing once counted. `labels` words each active filter for its chip (« État : ouverte »)."""
        chips = tuple(
            Chip(label, self.address(page="", **{name: ""}))
            for name, label in (labels or {}).items()
            if name in self.filters
        )
        last = max(1, -(-total // self.size))
        return msgspec.structs.replace(self, total=total, chips=chips, page=min(self.page, last))


def fetch(
    db: Session, query: sa.Select[*Ts], listing: Listing, *, columns: Mapping[str, Any], tie: Any
) -> tuple[int, Sequence[sa.Row[*Ts]]]:
    """The number of rows of the whole list and those of its page, in two queries. `tie` makes order total."""
    total = db.scalar(sa.select(sa.func.count()).select_from(query.order_by(None).subquery())) or 0
    last = max(1, -(-total // listing.size))
    column = columns[listing.sort]
    ordered = query.order_by(sa.desc(column) if listing.descending else sa.asc(column), tie)
    page = min(listing.page, last)
    return total, db.execute(ordered.limit(listing.size).offset((page - 1) * listing.size)).all()
