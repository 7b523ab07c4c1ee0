"""The sections of one's own profile, each changed on a page of its own; and the photo of a profile."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from members.actions import people, profiles
from members.forms.people import ProfileForm
from members.forms.profiles import (
    AvailabilityForm,
    ContactForm,
    ExpertiseRows,
    LanguageRows,
    PhotoForm,
    PositionRows,
    PublicationRows,
)
from members.forms.separations import SeparationRows
from members.kernel.files import PORTRAIT
from members.models import Person
from members.pages.acting import done, done_or_said
from members.pages.gates import kept_input, not_while_sealed
from members.permissions.profiles import portrayed_for
from members.queries.people import project_all

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Section:
    """A section of a profile: what it is called, its form, and the act that saves it."""

    title: str
    lead: str
    form: Callable
    act: Callable
    template: str = "members/people/rows.html"


def columns(form) -> Callable:
    """A form over columns of a person."""
    return lambda own, data, **_asker: form(data, instance=own)


def listed(form) -> Callable:
    """A form over a list of a person."""
    return lambda own, data, **_asker: form(data, person=own)


def separations(own, data, *, viewer, on) -> SeparationRows:
    return SeparationRows(data, person=own, viewer=viewer, on=on)


FORM = "members/people/edit.html"
SECTIONS: dict[str, Section] = {
    "expertise": Section(
        gettext_lazy("Expertise"),
        gettext_lazy("Colleagues find you by these fields, and inquiries are matched with them."),
        listed(ExpertiseRows),
        profiles.keep_expertise,
    ),
    "languages": Section(
        gettext_lazy("Languages"),
        gettext_lazy("Inquiries in these languages can reach you."),
        listed(LanguageRows),
        profiles.keep_languages,
    ),
    "positions": Section(
        gettext_lazy("Positions"),
        gettext_lazy("Posts you hold or held. The organisations that the Secretariat recorded stand beside them."),
        listed(PositionRows),
        profiles.keep_positions,
    ),
    "publications": Section(
        gettext_lazy("Publications"),
        gettext_lazy("At most 50, in the order in which they are to be read."),
        listed(PublicationRows),
        profiles.keep_publications,
    ),
    "availability": Section(
        gettext_lazy("Availability"),
        gettext_lazy("Members see it, unless you show it to fewer."),
        columns(AvailabilityForm),
        profiles.offer,
        FORM,
    ),
    "contact": Section(
        gettext_lazy("Contact"),
        gettext_lazy("Members see your wish, unless you show it to fewer. The Secretariat alone sees your address."),
        columns(ContactForm),
        people.change,
        FORM,
    ),
    "separations": Section(
        gettext_lazy("Kept apart"),
        gettext_lazy(
            "Whom the Secretariat is not to connect you with. The Secretariat and you alone ever read this; those you "
            "name are not told."
        ),
        separations,
        profiles.keep_separations,
    ),
}
BASICS = Section(
    gettext_lazy("Basics"),
    gettext_lazy("Members see what you write here, unless you show a part to fewer. Only your name is required."),
    columns(ProfileForm),
    people.change,
    FORM,
)


def own_or_refused(request) -> Person:
    """The person behind the login. Raises PermissionDenied for a login without one."""
    own = getattr(request.user, "person", None)
    if own is None:
        raise PermissionDenied
    return own


def address(slug: str) -> str:
    """The page of a section; the basics have no slug."""
    if slug in SECTIONS:
        return reverse("members:profile-section", args=[slug])
    return reverse("members:profile-photo" if slug == "photo" else "members:profile-edit")


def menu(current: str) -> list[dict]:
    """The sections of a profile as links, in their order."""
    titles = {"": BASICS.title, "photo": _("Photo")} | {slug: part.title for slug, part in SECTIONS.items()}
    return [{"label": title, "url": address(slug), "current": slug == current} for slug, title in titles.items()]


def around(current: str, **content) -> dict:
    """What every page of a section shows around its form."""
    back = reverse("members:profile")
    crumbs = [{"label": _("My profile"), "url": back}]
    return {"menu": menu(current), "back_url": back, "crumbs": crumbs} | content


@require_http_methods(["GET", "POST"])
@not_while_sealed
def edit(request):
    """Change the basics of one's own profile."""
    return changed(request, BASICS, "")


@require_http_methods(["GET", "POST"])
@not_while_sealed
def section(request, section):
    """Change one section of one's own profile."""
    if section not in SECTIONS:
        own_or_refused(request)
        raise Http404
    return changed(request, SECTIONS[section], section)


def changed(request, part: Section, slug: str):
    """Show a section with its form, or save it and go back to the profile."""
    own = own_or_refused(request)
    form = part.form(own, request.POST or kept_input(request), viewer=request.user, on=request.today)
    if done(request, form, partial(part.act, person=own, by=request.user)):
        messages.success(request, _("Your profile is saved."))
        return redirect("members:profile")
    return render(request, part.template, around(slug, form=form, title=part.title, lead=part.lead))


# --- The photo ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@not_while_sealed
def photo(request):
    """Give one's own profile a photo, or another one."""
    own = own_or_refused(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PhotoForm(*sent)
    if done(request, form, partial(profiles.hang, person=own, by=request.user)):
        messages.success(request, _("Your photo is saved."))
        return redirect("members:profile")
    return render(request, "members/people/photo.html", around("photo", form=form, own=own))


@require_http_methods(["GET", "POST"])
@not_while_sealed
def remove_photo(request):
    """Take the photo off one's own profile, after asking."""
    own = own_or_refused(request)
    if request.method == "POST":
        done_or_said(request, partial(profiles.take_down, person=own, by=request.user), _("Your photo is removed."))
        return redirect("members:profile")
    context = {
        "title": _("Remove your photo?"),
        "effects": [_("The file is deleted. Your initials stand in its place.")],
        "action": _("Remove photo"),
        "back_url": reverse("members:profile-photo"),
        "danger": True,
        "crumbs": [{"label": _("My profile"), "url": reverse("members:profile")}],
    }
    return render(request, "components/confirm_page.html", context)


@require_GET
def portrait(request, public_id):
    """The photo of a person, where the reader may see it; one that is not shown and one that is not there are one."""
    row = portrayed_for(request.user, public_id, on=request.today)
    [view] = project_all(request.user, [row], on=request.today)
    if not view.photo:
        raise Http404
    try:
        with row.photo.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        logger.exception("the photo of person %s is missing", row.public_id)
        raise Http404 from error
    response = HttpResponse(content, content_type=PORTRAIT)
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


# --- What is still missing ------------------------------------------------------------------------------------------

GAPS: dict[str, tuple[str, str]] = {
    "headline": ("", gettext_lazy("Say in one line what you do: it stands beside your name in the directory")),
    "expertise": ("expertise", gettext_lazy("Say in which fields you work: colleagues and inquiries then find you")),
    "languages": (
        "languages",
        gettext_lazy("Say which languages you work in: inquiries in those languages can then reach you"),
    ),
    "regions": ("", gettext_lazy("Say which regions you work on: inquiries about them can then reach you")),
    "availability": (
        "availability",
        gettext_lazy("Say whether you take referrals: the Secretariat then asks you when you have time"),
    ),
    "biography": ("", gettext_lazy("Write a few lines about yourself: colleagues then know what to ask you")),
    "positions": ("positions", gettext_lazy("Name the posts you hold or held: they show where you speak from")),
    "publications": ("publications", gettext_lazy("Name what you have published: colleagues can then read it")),
    "contact": ("contact", gettext_lazy("Say how you wish to be contacted: colleagues then do it that way")),
    "photo": ("photo", gettext_lazy("Add a photo, if you like: colleagues then recognise you at a meeting")),
}
MOST_GAPS = 4
"""Sentences shown at once; the next ones come when these are done."""


def gaps(view) -> list[dict]:
    """What a profile does not say yet, each as what saying it enables, with the page on which it is said."""
    missing = [(slug, sentence) for name, (slug, sentence) in GAPS.items() if not getattr(view, name)]
    return [{"text": sentence, "url": address(slug)} for slug, sentence in missing[:MOST_GAPS]]
