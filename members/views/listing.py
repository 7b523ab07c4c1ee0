"""One page of the directory, put together from a search: lines, counts, map, and the ways on and back."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.shortcuts import render

from members.actions import searches
from members.choices.directory import Order
from members.filters.directory import DirectoryFilter, cursor_of
from members.filters.directory_choices import facets_of
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries.directory import Asker, page
from members.queries.directory_counts import counts_for
from members.queries.directory_lines import lines_of
from members.queries.directory_map import map_of
from members.rules.directory import most_a_day

PAGE = 25
MANY = 10_000
"""From so many on, walking down the list fills a page sooner than sorting all who are found."""


@dataclass
class Listing:
    """A page of a search, as one asker sees it."""

    found: DirectoryFilter
    asker: Asker
    most: int = PAGE
    is_part: bool = False  # no counts are asked for

    @cached_property
    def hits(self):
        """The lines of the page, and one more where there are more."""
        many = not self.is_part and self.counts.total > MANY
        return page(self.found.question, self.asker, most=self.most + 1, many=many)

    @cached_property
    def on_page(self):
        """The lines of the page: the one more is the first where one leafs back, else the last."""
        cursor = self.found.question.cursor
        return self.hits[-self.most :] if cursor and cursor.backwards else self.hits[: self.most]

    @cached_property
    def people(self):
        return lines_of(self.on_page, self.found.lists)

    @property
    def has_more(self) -> bool:
        return len(self.hits) > self.most

    def count(self, *, by):
        """Count who is shown. Raises Refused where that is more than anybody is shown in a day."""
        people = [hit.public_id for hit in self.on_page]
        searches.count_reading(people=people, in_office=self.asker.reads_addresses, on=self.asker.on, by=by)

    @cached_property
    def counts(self):
        return counts_for(self.found.question, self.asker)

    def ways(self) -> dict[str, str]:
        """The addresses of the next and the previous page, where there are such."""
        cursor, shown, ways = self.found.question.cursor, self.on_page, {}
        if not shown:
            return ways
        backwards = cursor is not None and cursor.backwards
        if backwards or self.has_more:
            ways["next_url"] = self.found.address(after=cursor_of(shown[-1]))
        if cursor is not None and (self.has_more or not backwards):
            ways["previous_url"] = self.found.address(before=cursor_of(shown[0]))
        return ways

    def context(self) -> dict:
        """What the template of the page is handed."""
        chosen = self.found.chosen.get("region") or []
        regions = self.counts.by["region"]
        return {
            "filter": self.found,
            "people": self.people,
            "total": self.counts.total,
            "facets": facets_of(self.found, self.counts),
            "tiles": map_of(self.found.lists, regions, chosen, self.found.address),
            "orders": self.orders(),
            **self.ways(),
        }

    def orders(self) -> list[dict]:
        """The orders to choose from: the best match first only where there are words to match."""
        question = self.found.question
        return [
            {"label": order.label, "url": self.found.address(order=order.value), "current": order == question.order}
            for order in Order
            if order != Order.BEST or question.terms
        ]


def spent(request, refused):
    """Say that the day's profiles are used up, until when, and whom to ask."""
    tomorrow = datetime.combine(request.today + timedelta(days=1), time.min, tzinfo=UTC)
    most = most_a_day(in_office=may(request.user, Right.EXPORT_DIRECTORY))
    context = {"refused": refused, "again_at": tomorrow, "most": most, "contact_email": settings.CONTACT_EMAIL}
    response = render(request, "members/directory/spent.html", context, status=429)
    response["Retry-After"] = str(int((tomorrow - request.now).total_seconds()) + 1)
    return response
