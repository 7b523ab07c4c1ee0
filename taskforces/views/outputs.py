"""What is published: the list for everybody, an output and how it is cited, and what is done with one."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.kernel.filenames import attachment
from members.pages.acting import done, done_or_said
from members.pages.gates import fresh_factor, kept_input
from taskforces.actions import outputs
from taskforces.choices import OutputState
from taskforces.filters import OutputFilter
from taskforces.forms.documents import BylineForm, ProposalForm, WhyForm
from taskforces.models import Output
from taskforces.permissions.documents import document_for
from taskforces.permissions.outputs import byline_for, output_for
from taskforces.permissions.seats import known_to
from taskforces.permissions.table import GroupRight
from taskforces.queries.outputs import cited, page_of
from taskforces.queries.rosters import in_order, lines_of
from taskforces.queries.seats import seats_on
from taskforces.rules.outputs import bibtex
from taskforces.views.documents import file_response

PAGE = 20


def _above() -> list[dict]:
    return [{"label": _("Research"), "url": reverse("taskforces:research")}]


def _around(output, **content) -> dict:
    """What every page shows on which something is done with an output."""
    url = reverse("taskforces:output", args=[output.slug])
    crumbs = [*_above(), {"label": output.title, "url": url}]
    return {"output": output, "crumbs": crumbs, "back_url": url, "lead": output.title} | content


def _address(request, output) -> str:
    return request.build_absolute_uri(reverse("taskforces:output", args=[output.slug]))


@login_not_required
@require_GET
def research(request):
    """What has been published, for everybody."""
    rows = Output.objects.filter(state=OutputState.PUBLISHED).select_related("group", "language")
    found = OutputFilter(request.GET, queryset=rows.order_by("-published_at", "-pk"))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "taskforces/outputs/research.html", {"filter": found, "page": page})


@login_not_required
@require_GET
def output(request, slug):
    """An output, with its text or file and how it is cited."""
    row = output_for(request.user, slug)
    context = page_of(row, request.user, url=_address(request, row))
    return render(request, "taskforces/outputs/output.html", context | {"crumbs": _above()})


def _readable(request, slug) -> Output:
    row = output_for(request.user, slug)
    if row.state == OutputState.WITHDRAWN:
        raise Http404
    return row


@login_not_required
@require_GET
def file(request, slug):
    """The file of an output, to be saved."""
    row = _readable(request, slug)
    if not row.version.file:
        raise Http404
    return file_response(row.version)


@login_not_required
@require_GET
def bibliography(request, slug):
    """The entry of an output for BibTeX."""
    row = _readable(request, slug)
    response = HttpResponse(
        bibtex(cited(row, url=_address(request, row))), content_type="application/x-bibtex; charset=utf-8"
    )
    response.headers["Content-Disposition"] = attachment(f"{row.slug}.bib")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def propose(request, slug, public_id):
    """Propose that a final document be published."""
    row, user, today = document_for(request.user, slug, public_id, to=GroupRight.RUN), request.user, request.today
    seats = seats_on(row.group, on=today).filter(known_to(user, row.group, on=today)).select_related("person")
    starting = {"title": row.title}
    form = ProposalForm(
        request.POST or kept_input(request), initial=starting, lines=in_order(lines_of(seats, user, on=today))
    )
    if proposed := done(request, form, partial(outputs.propose, document=row, by=user)):
        messages.success(request, _("It is proposed: the Secretariat publishes it, and its authors are asked."))
        return redirect("taskforces:output", slug=proposed.slug)
    lead = _("Everybody reads this once the Secretariat publishes it, with the text or file of the document.")
    words = {"title": _("Propose for publication"), "action": _("Propose it"), "lead": lead}
    url = reverse("taskforces:document", args=[slug, public_id])
    words |= {"back_url": url, "crumbs": [{"label": row.title, "url": url}]}
    return render(request, "taskforces/edit.html", words | {"form": form})


@require_http_methods(["GET", "POST"])
def byline(request, slug):
    """Say whether one's name stands on an output."""
    asked = byline_for(request.user, slug)
    form = BylineForm(request.POST or kept_input(request), initial={"name": asked.name})
    if done(request, form, partial(outputs.answer_byline, byline=asked, by=request.user)):
        messages.success(request, _("Your answer is kept. You can change it at any time."))
        return redirect("taskforces:output", slug=slug)
    effects = [_("If you agree, everybody reads your name there."), _("You can take your name off at any time.")]
    words = {"title": _("Your name on a publication"), "action": _("Answer"), "effects": effects}
    return render(request, "components/confirm_page.html", _around(asked.output, form=form, **words))


@fresh_factor
@require_http_methods(["GET", "POST"])
def publish(request, slug):
    """Publish an output, after asking."""
    row = output_for(request.user, slug, to=GroupRight.MANAGE_GROUP)
    if request.method == "POST":
        done_or_said(request, partial(outputs.publish, output=row, by=request.user), _("It is published."))
        return redirect("taskforces:output", slug=slug)
    effects = [
        _("Everybody can read it."),
        _("The group's people are told."),
        _("Authors who have not agreed are not named."),
    ]
    words = {"title": _("Publish this output?"), "action": _("Publish"), "effects": effects}
    return render(request, "components/confirm_page.html", _around(row, form=Form(), **words))


@fresh_factor
@require_http_methods(["GET", "POST"])
def close(request, slug):
    """Take a published output back, or do not publish a proposed one, with the reason."""
    row = output_for(request.user, slug, to=GroupRight.MANAGE_GROUP)
    is_out = row.state == OutputState.PUBLISHED
    form = WhyForm(request.POST or kept_input(request))
    if done(request, form, partial(outputs.withdraw if is_out else outputs.decline, output=row, by=request.user)):
        messages.success(request, _("It is withdrawn.") if is_out else _("It is not published."))
        return redirect("taskforces:output", slug=slug)
    effects = [_("Its page stays, and says that it is withdrawn, and why.")] if is_out else [_("The group reads why.")]
    words = {"title": _("Withdraw this output?") if is_out else _("Not publish this output?"), "effects": effects}
    words |= {"action": _("Withdraw") if is_out else _("Do not publish"), "danger": True}
    return render(request, "components/confirm_page.html", _around(row, form=form, **words))
