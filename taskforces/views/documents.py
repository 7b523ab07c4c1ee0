"""The library of a group: its list, a document and its versions, and what is done with them."""

import logging
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.kernel.filenames import attachment
from members.pages.acting import done
from members.pages.gates import kept_input
from members.permissions.roles import may
from taskforces.actions import documents
from taskforces.choices import DocumentKind, Feature
from taskforces.forms.documents import AddForm, AnswerForm, CommentForm, SettingsForm, VersionForm
from taskforces.permissions.documents import (
    comment_for,
    document_for,
    document_to_write,
    file_for,
    visible_to,
)
from taskforces.permissions.groups import group_with, rights_on
from taskforces.permissions.table import GroupRight
from taskforces.queries.documents import DocumentLine, comparison, found_in, page_of
from taskforces.queries.pages import may_of
from taskforces.queries.rosters import lines_of
from taskforces.queries.sections import sections_of
from taskforces.views.groups import above

logger = logging.getLogger(__name__)
PAGE = 30
LONGEST_SEARCH = 200


def _library(group) -> list[dict]:
    label, url = _("Documents"), reverse("taskforces:documents", args=[group.slug])
    return [*above(group), {"label": label, "url": url}]


def _around(document, **content) -> dict:
    """What every page shows on which something is done with a document."""
    url = reverse("taskforces:document", args=[document.group.slug, document.public_id])
    crumbs = [*_library(document.group), {"label": document.title, "url": url}]
    return {"document": document, "crumbs": crumbs, "back_url": url, "lead": document.title} | content


def _listed(request, rows) -> dict:
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    page = Paginator(found_in(rows, words), PAGE).get_page(request.GET.get("page"))
    return {"page": page, "lines": [DocumentLine(row) for row in page], "words": words}


@require_GET
def everywhere(request):
    """The documents of all groups that the reader may read, and a search in them."""
    context = _listed(request, visible_to(request.user)) | {"crumbs": above(), "title": _("Documents of all groups")}
    return render(request, "taskforces/documents/everywhere.html", context)


@login_not_required
@require_GET
def library(request, slug):
    """The library of a group, as far as the reader may read it."""
    group = group_with(request.user, slug, Feature.DOCUMENTS)
    held = may_of(request.user, group)
    context = _listed(request, visible_to(request.user).filter(group=group))
    context |= {"group": group, "may": held, "sections": sections_of(group, held, here="documents")}
    return render(request, "taskforces/documents/library.html", context | {"crumbs": above(group)})


@require_http_methods(["GET", "POST"])
def add(request, slug):
    """Add a document to the library."""
    group = group_with(request.user, slug, Feature.DOCUMENTS, to=GroupRight.CONTRIBUTE)
    form = AddForm(*((request.POST, request.FILES) if request.method == "POST" else (kept_input(request),)))
    if added := done(request, form, partial(documents.add, group=group, by=request.user)):
        messages.success(request, _("The document is added, as a draft."))
        return redirect("taskforces:document", slug=slug, public_id=added.public_id)
    lead = _("It begins as a draft, which you and those who run the group read. They say who reads it next.")
    words = {"title": _("Add a document"), "action": _("Add the document"), "lead": lead}
    context = words | {"form": form, "crumbs": _library(group), "back_url": _library(group)[-1]["url"]}
    return render(request, "taskforces/documents/write.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def document(request, slug, public_id):
    """A document in its newest version, with the comments on it and a form for one more."""
    row, user = document_for(request.user, slug, public_id), request.user
    if request.method == "POST" and not (user.is_authenticated and may(user, GroupRight.JOIN_GROUPS)):
        raise PermissionDenied
    form = CommentForm(request.POST or kept_input(request))
    if done(request, form, partial(documents.comment, document=row, by=user)):
        messages.success(request, _("Your comment is there, and is answered by those who run the group."))
        return redirect("taskforces:document", slug=slug, public_id=public_id)
    context = page_of(row, user, rights_on(row.group, user), on=request.today)
    return render(
        request, "taskforces/documents/document.html", context | {"form": form, "crumbs": _library(row.group)}
    )


@login_not_required
@require_GET
def version(request, slug, public_id, sequence):
    """A document as it was in an earlier version."""
    row = document_for(request.user, slug, public_id)
    context = page_of(row, request.user, rights_on(row.group, request.user), number=sequence, on=request.today)
    if context["shown"] is None:
        raise Http404
    return render(request, "taskforces/documents/document.html", context | {"crumbs": _around(row)["crumbs"]})


@login_not_required
@require_GET
def file(request, slug, public_id, sequence):
    """The file of a version, to be saved and never to be shown inside a page of the portal."""
    return file_response(file_for(request.user, slug, public_id, number=sequence))


def file_response(version) -> FileResponse:
    """The answer that hands out the file of a version. Raises Http404 where it is not there."""
    try:
        content = version.file.open("rb")
    except FileNotFoundError as error:
        logger.exception("the file of version %s is missing", version.pk)
        raise Http404 from error
    response = FileResponse(content, content_type=version.content_type)
    response.headers["Content-Disposition"] = attachment(version.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store, private"
    return response


@login_not_required
@require_GET
def compare(request, slug, public_id, sequence):
    """What changed in a page from the version before to this one."""
    row = document_for(request.user, slug, public_id)
    found = comparison(row, before=sequence - 1, after=sequence) if row.kind == DocumentKind.PAGE else None
    if found is None:
        raise Http404
    return render(request, "taskforces/documents/compare.html", _around(row, title=_("What changed"), **found))


@require_http_methods(["GET", "POST"])
def revise(request, slug, public_id):
    """Write the next version of a document."""
    row = document_to_write(request.user, slug, public_id)
    newest = row.versions.first()
    sent = (request.POST, request.FILES) if request.method == "POST" else (kept_input(request),)
    starting = {"number": newest.number, "text": newest.text}
    form = VersionForm(*sent, initial=starting, is_file=row.kind == DocumentKind.FILE)
    if done(request, form, partial(documents.revise, document=row, by=request.user)):
        messages.success(request, _("The new version is saved; the one before stays to be read."))
        return redirect("taskforces:document", slug=slug, public_id=public_id)
    words = {"title": _("Write the next version"), "action": _("Save the version")}
    return render(request, "taskforces/documents/write.html", _around(row, form=form, **words))


@require_http_methods(["GET", "POST"])
def settings(request, slug, public_id):
    """Say who reads a document, and where it stands."""
    row = document_for(request.user, slug, public_id, to=GroupRight.RUN)
    form = SettingsForm(request.POST or kept_input(request), instance=row)
    if done(request, form, lambda **values: documents.settle(document=row, by=request.user, **values)):
        messages.success(request, _("The document is saved."))
        return redirect("taskforces:document", slug=slug, public_id=public_id)
    words = {"title": _("Who reads it, and where it stands"), "action": _("Save")}
    words["lead"] = _("Putting it out for comment tells those who read it. All versions are read by the same people.")
    return render(request, "taskforces/edit.html", _around(row, form=form) | words)


@require_http_methods(["GET", "POST"])
def answer(request, slug, public_id):
    """Say what came of a comment."""
    said = comment_for(request.user, slug, public_id, on=request.today)
    row, form = said.version.document, AnswerForm(request.POST or kept_input(request))
    if done(request, form, partial(documents.answer, comment=said, by=request.user)):
        messages.success(request, _("The comment is answered, and the person is told."))
        return redirect("taskforces:document", slug=slug, public_id=row.public_id)
    line = lines_of([said], request.user, on=request.today)[0]
    words = {"title": _("Answer a comment"), "action": _("Answer"), "line": line}
    return render(request, "taskforces/documents/answer.html", _around(row, form=form, **words))
