"""The directory of organisations, an organisation's page, and what its representatives do with it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.actions import entry, organisations
from members.filters.organisations import OrganisationFilter
from members.forms.organisations import InvitationForm, OrganisationForm
from members.models import EntryLink
from members.pages.acting import done, done_or_said
from members.pages.gates import form_shown_at, fresh_factor, kept_input
from members.permissions.organisations import organisation_for, representation_for, visible_to
from members.permissions.roles import may
from members.permissions.table import Right
from members.queries import organisation_lists as reads
from members.queries.organisations import page_of, representative_in_words

PAGE = 25


@require_GET
def directory(request):
    """The organisations that take part."""
    if not may(request.user, Right.SEE_DIRECTORY):
        raise PermissionDenied
    taking_part = visible_to(request.user, on=request.today).participating(on=request.today).select_related("country")
    found = OrganisationFilter(request.GET, queryset=taking_part, on=request.today)
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    lines = reads.organisation_lines(page, on=request.today)
    context = {"filter": found, "facet_counts": found.counts, "page": page, "organisations": lines}
    return render(request, "members/organisations/directory.html", context)


@require_GET
def organisation(request, slug):
    """An organisation: what it is, its membership, and who speaks for it."""
    row = organisation_for(request.user, slug, on=request.today)
    page = page_of(row, viewer=request.user, on=request.today, at=request.now)
    return render(request, "members/organisations/organisation.html", page | {"crumbs": _above()})


def _above(row=None):
    """The pages above an organisation's own, and above those of what is done with it."""
    above = [{"label": _("Organisations"), "url": reverse("members:organisations")}]
    own = [{"label": row.name, "url": reverse("members:organisation", args=[row.slug])}] if row else []
    return above + own


def _managed(request, slug):
    return organisation_for(request.user, slug, on=request.today, to=Right.MANAGE_ORGANISATION)


def _around(row, **content):
    """What every page shows on which something is done with an organisation."""
    return {"organisation": row, "crumbs": _above(row), "back_url": _above(row)[-1]["url"]} | content


@require_http_methods(["GET", "POST"])
def edit(request, slug):
    """Change an organisation's page."""
    row = _managed(request, slug)
    form = OrganisationForm(request.POST or kept_input(request), instance=row)
    if done(request, form, partial(organisations.change, organisation=row, by=request.user)):
        messages.success(request, _("The page is saved."))
        return redirect("members:organisation", slug=slug)
    return render(request, "members/organisations/edit.html", _around(row, form=form))


@fresh_factor
@require_http_methods(["GET", "POST"])
def invite(request, slug):
    """Invite somebody to speak for an organisation."""
    row = _managed(request, slug)
    form = InvitationForm(request.POST or kept_input(request), initial={"language": get_language()})
    if done(request, form, partial(entry.invite, organisation=row, by=request.user)):
        messages.success(request, _("The invitation is on its way."))
        return redirect("members:organisation", slug=slug)
    return render(request, "members/organisations/invite.html", _around(row, form=form))


@form_shown_at("members:organisation")
@require_POST
def withdraw_invitation(request, slug, public_id):
    """Void an invitation that nobody has used."""
    row = _managed(request, slug)
    link = get_object_or_404(EntryLink.objects.invitations_to(row), public_id=public_id)
    act = partial(entry.withdraw_invitation, link=link, by=request.user)
    done_or_said(request, act, _("The invitation is withdrawn; its link leads nowhere now."))
    return redirect("members:organisation", slug=slug)


ENDING = (
    gettext_lazy("The rights that came with it end at once."),
    gettext_lazy("The person is told."),
    gettext_lazy("It cannot be taken back; somebody can be invited anew."),
)


@fresh_factor
@require_http_methods(["GET", "POST"])
def end_representation(request, slug, public_id):
    """End a representation, after asking."""
    row = _managed(request, slug)
    term = representation_for(request.user, row, public_id, on=request.today)
    form = Form(request.POST or None)
    if request.method == "POST":
        act = partial(organisations.end_representation, representation=term, by=request.user)
        done_or_said(request, act, _("The representation has ended, and the rights with it."))
        is_own = term.person.user_id == request.user.pk
        return redirect("members:membership") if is_own else redirect("members:organisation", slug=slug)
    words = representative_in_words(term, viewer=request.user, on=request.today)
    asked = {"title": _("End this representation?"), "lead": words, "effects": ENDING, "danger": True}
    context = _around(row, form=form, action=_("End the representation"), **asked)
    return render(request, "components/confirm_page.html", context)
