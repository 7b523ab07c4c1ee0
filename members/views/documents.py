"""Documents of an application: the page on which they are added and removed, and the way by which one is read."""

import logging

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.actions import documents
from members.choices.applications import DocumentKind, Step
from members.forms.documents import DocumentForm
from members.kernel.filenames import attachment
from members.kernel.refusals import Refused
from members.pages.acting import done
from members.permissions.applications import document_for
from members.queries.answers import present_documents
from members.queries.sealed import opened_file
from members.rules.documents import kinds_taken
from members.views.steps import around, crumbs, onward, step_url, to_write

logger = logging.getLogger(__name__)


def page(request, application):
    """The page of documents: what is asked, what is there, and a form for one more."""
    if "onward" in request.POST:
        return onward(request, application, Step.DOCUMENTS)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(application, *sent)
    added = done(request, form, lambda **values: documents.add(application=application, by=request.user, **values))
    if added:
        messages.success(request, _("{name} is added.").format(name=added.name))
        return redirect(step_url(application, Step.DOCUMENTS))
    present = list(present_documents(application))
    kinds = {document.kind for document in present}
    taken = kinds_taken(application.terms.documents, holder_kind=application.holder_kind)
    asked = [(DocumentKind(kind).label, needed, kind in kinds) for kind, needed in taken.items()]
    context = around(request, application, Step.DOCUMENTS, form=form, documents=present, asked=asked)
    return render(request, "members/applications/documents.html", context)


@require_http_methods(["GET", "POST"])
def remove(request, number, public_id):
    """Take a document out, after asking."""
    application = to_write(request, number)
    document = get_object_or_404(present_documents(application), public_id=public_id)
    back = step_url(application, Step.DOCUMENTS)
    if request.method == "POST":
        try:
            documents.remove(document=document, by=request.user)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("{name} is removed.").format(name=document.name))
        return redirect(back)
    context = {
        "title": _("Remove {name}?").format(name=document.name),
        "effects": [_("The file is deleted. A version you have sent already keeps it.")],
        "action": _("Remove document"),
        "back_url": back,
        "danger": True,
        "crumbs": crumbs(request, application),
    }
    return render(request, "components/confirm_page.html", context)


@require_GET
def document(request, public_id):
    """A document, to be saved and never to be shown inside a page of the portal."""
    row = document_for(request.user, public_id, on=request.today)
    try:
        content = opened_file(row)
    except FileNotFoundError as error:
        logger.exception("the file of document %s is missing", row.public_id)
        raise Http404 from error
    response = FileResponse(content, content_type=row.content_type)
    response.headers["Content-Disposition"] = attachment(row.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
