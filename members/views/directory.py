"""The directory of people: searching it, keeping searches, and taking an export."""

import csv
from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.actions import searches
from members.actions.directory import bring_up_to_date
from members.choices.directory import Order
from members.filters.directory import DirectoryFilter
from members.forms.directory import LONGEST_QUERY, ExportForm, RenameSearchForm, SearchForm
from members.kernel.cells import plain_cell
from members.kernel.refusals import Refused
from members.pages.acting import done, done_or_said
from members.pages.gates import fresh_factor, kept_input
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries.directory import asker_of, page
from members.queries.directory_lines import COLUMNS, lines_of, table_of
from members.queries.searches import kept_by
from members.rules.directory import MOST_EXPORTED
from members.views.listing import Listing, spent

SUGGESTED = 8


def search_of(request, data, *, to: Right = Right.SEE_DIRECTORY):
    """The door: who may ask, with what they ask understood, and rows that are due brought up to date before."""
    if not may(request.user, to):
        raise PermissionDenied
    lists = bring_up_to_date(on=request.today)
    return DirectoryFilter(data, lists=lists, viewer=request.user, on=request.today)


@require_GET
def directory(request):
    """The people of the platform whom the reader may know of."""
    found = search_of(request, request.GET)
    if request.htmx.target == "suggestions":
        return suggestions(request, found)
    listing = Listing(found, asker_of(request.user, on=request.today))
    try:
        listing.count(by=request.user)
    except Refused as refused:
        return spent(request, refused)
    context = listing.context() | {"searches": kept_by(request.user)}
    context["may_export"] = may(request.user, Right.EXPORT_DIRECTORY)
    return render(request, "members/directory/directory.html", context)


def suggestions(request, found):
    """The first names that begin with what is typed: a part of the page, told by what the page would tell."""
    listing = Listing(found, asker_of(request.user, on=request.today), most=SUGGESTED, is_part=True)
    shown = []
    if found.question.terms:
        with suppress(Refused):
            listing.count(by=request.user)
            shown = listing.people
    return render(request, "members/directory/directory.html#suggestions", {"suggested": shown, "filter": found})


# --- Saved searches -----------------------------------------------------------------------------------------------


@require_POST
def save_search(request):
    """Keep the search that stands on the page, as far as it makes sense."""
    form = SearchForm(request.POST)
    found = search_of(request, QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]))
    kept = found.permalink.removeprefix("?")
    if done(request, form, partial(searches.save, query=kept, by=request.user)):
        messages.success(request, _("The search is saved."))
        return redirect(f"{reverse('members:directory')}?{kept}")
    crumbs = [{"label": _("Members"), "url": reverse("members:directory")}]
    context = {"form": form, "crumbs": crumbs, "back_url": f"{reverse('members:directory')}?{kept}"}
    return render(request, "members/directory/save.html", context)


def own_search(request, public_id):
    """One of the reader's own saved searches, and nobody else's."""
    if not may(request.user, Right.SEE_DIRECTORY):
        raise PermissionDenied
    return get_object_or_404(request.user.saved_searches, public_id=public_id)


@require_http_methods(["GET", "POST"])
def saved_search(request, public_id):
    """Give a saved search another name."""
    search = own_search(request, public_id)
    form = RenameSearchForm(request.POST or None, instance=search)
    if done(request, form, partial(searches.rename, search=search, by=request.user)):
        return redirect("members:directory")
    crumbs = [{"label": _("Members"), "url": reverse("members:directory")}]
    context = {"form": form, "search": search, "crumbs": crumbs, "back_url": reverse("members:directory")}
    return render(request, "members/directory/rename.html", context)


@require_POST
def delete_search(request, public_id):
    """Forget a saved search."""
    search = own_search(request, public_id)
    done_or_said(request, partial(searches.delete, search=search, by=request.user), _("The search is deleted."))
    return redirect("members:directory")


# --- Export -------------------------------------------------------------------------------------------------------


@fresh_factor
@require_http_methods(["GET", "POST"])
def export(request):
    """What a search finds, as a table, for the Secretariat, with a reason."""
    data = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]) if request.method == "POST" else request.GET
    found = search_of(request, data, to=Right.EXPORT_DIRECTORY)
    query = found.permalink.removeprefix("?")
    form = ExportForm(request.POST or kept_input(request) or None, initial={"query": query})
    people = export_lines(request, found)
    act = partial(searches.export, query=query, columns=list(COLUMNS), rows=len(people), by=request.user)
    if done(request, form, act):
        return as_table(people, request.today)
    crumbs = [{"label": _("Members"), "url": reverse("members:directory")}]
    context = {"form": form, "filter": found, "number": len(people), "most": MOST_EXPORTED, "crumbs": crumbs}
    context["back_url"] = f"{reverse('members:directory')}{found.permalink}"
    return render(request, "members/directory/export.html", context)


def export_lines(request, found):
    """Everybody a search finds, by name, and one more than may be exported."""
    question = found.question_by(Order.NAME)
    hits = page(question, asker_of(request.user, on=request.today), most=MOST_EXPORTED + 1)
    return lines_of(hits, found.lists)


class Echo:
    """A file that hands back what is written to it, so that rows go out as they are made."""

    def write(self, value):
        return value


def as_table(people, today):
    """A table of people for a spreadsheet, row by row."""
    writer = csv.writer(Echo())
    rows = (writer.writerow([plain_cell(value) for value in row]) for row in table_of(people))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="members-{today.isoformat()}.csv"'
    return response
