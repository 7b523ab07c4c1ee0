"""The directory of organisations, an organisation's page, and what its representatives do with it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.actions import entry, organisations
from members.filters.people import OrganisationFilter
from members.forms.organisations import InvitationForm, OrganisationForm
from members.kernel.refusals import Refused
from members.models import Representation
from members.permissions.organisations import organisation_for, visible_to
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import directory as reads
from members.queries.organisations import page_of
from members.queries.people import names_for

PAGE = 25


@require_GET
def directory(request):
    """The organisations that take part."""
    if not may(request.user, Right.SEE_DIRECTORY):
        raise PermissionDenied
    taking_part = visible_to(request.user).participating(on=request.today).select_related("country")
    found = OrganisationFilter(request.GET, queryset=taking_part, on=request.today)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    lines = reads.organisation_lines(page, on=request.today)
    return render(
        request, "members/organisations/directory.html", {"filter": found, "page": page, "organisations": lines}
    )


@require_GET
def organisation(request, slug):
    """An organisation: what it is, its membership, and who speaks for it."""
    row = organisation_for(request.user, slug)
    return render(
        request, "members/organisations/organisation.html", page_of(row, viewer=request.user, on=request.today)
    )


@require_http_methods(["GET", "POST"])
def edit(request, slug):
    """Change an organisation's page."""
    row = organisation_for(request.user, slug, to=Right.MANAGE_ORGANISATION)
    form = OrganisationForm(request.POST or None, instance=row, initial={"revision": row.revision})
    if request.method == "POST" and form.is_valid():
        try:
            organisations.change(organisation=row, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused, current=type(row).objects.get(pk=row.pk))
        else:
            messages.success(request, _("The page is saved."))
            return redirect("members:organisation", slug=slug)
    return render(request, "members/organisations/edit.html", {"form": form, "organisation": row})


@require_http_methods(["GET", "POST"])
def invite(request, slug):
    """Invite somebody to speak for an organisation."""
    row = organisation_for(request.user, slug, to=Right.MANAGE_ORGANISATION)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry.invite(organisation=row, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("members:organisation", slug=slug)
    return render(request, "members/organisations/invite.html", {"form": form, "organisation": row})


@require_http_methods(["GET", "POST"])
def end_representation(request, slug, pk):
    """End a representation, after asking."""
    row = organisation_for(request.user, slug, to=Right.MANAGE_ORGANISATION)
    in_force = Representation.objects.in_force(on=request.today).select_related("person")
    term = get_object_or_404(in_force, organisation=row, pk=pk)
    if request.method == "POST":
        organisations.end_representation(representation=term, by=request.user)
        messages.success(request, _("The representation has ended, and the rights with it."))
        return redirect("members:organisation", slug=slug)
    name = names_for(request.user, [term.person_id], on=request.today)[term.person_id]
    context = {"organisation": row, "term": term, "name": name}
    return render(request, "members/organisations/end_representation.html", context)
