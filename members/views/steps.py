"""What every page of a draft shows around its own content: where one is, what is done, and the ways on and out."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.choices.applications import ApplicationState, Step
from members.permissions.applications import application_for
from members.permissions.table import Right
from members.queries import answers
from members.queries.sealed import opened

HERE = {"todo": "todo", "begun": "todo", "done": "done"}


def to_write(request, number):
    """The application of a number, for whoever writes it. Raises Http404 or PermissionDenied."""
    return opened(application_for(request.user, number, to=Right.WRITE_APPLICATION, on=request.today), to=request.user)


def step_url(application, step) -> str:
    return reverse("members:application-step", args=[application.number, step])


def crumbs(request, application) -> list[dict]:
    """The pages above those of one application: one's own list, or the desk for staff who write on behalf."""
    if application.applicant_id == request.user.pk:
        above = {"label": _("My applications"), "url": reverse("members:applications")}
    else:
        above = {"label": _("Applications"), "url": reverse("members:desk-applications")}
    return [
        above,
        {"label": application.number, "url": reverse("members:application", args=[application.number])},
    ]


def around(request, application, step, **content) -> dict:
    """The context of one page of the application."""
    pages = answers.progress(application, on=request.today)
    order = [page.step for page in pages]
    listed = [
        {
            "label": page.label,
            "url": step_url(application, page.step),
            "state": "now" if page.step == step else HERE[page.state],
        }
        for page in pages
    ]
    return {
        "application": application,
        "step": step,
        "title": HEADINGS[step],
        "place": order.index(step) + 1,
        "of": len(order),
        "steps": listed,
        "crumbs": crumbs(request, application),
        "returns": request.POST.get("return") or request.GET.get("return") or "",
        "is_draft": application.state == ApplicationState.DRAFT,
    } | content


def onward(request, application, step):
    """Where to after a page is finished: back to the check page if one came from there, else to the next page."""
    check = reverse("members:application-check", args=[application.number])
    order = answers.steps_of(application)
    following = order[order.index(step) + 1 :] if step in order else order
    if request.POST.get("return") == "check" or not following:
        return redirect(check)
    return redirect(step_url(application, following[0]))


HEADINGS = {
    Step.HOLDER: gettext_lazy("An institution, or you yourself?"),
    Step.IDENTITY: gettext_lazy("Who are you?"),
    Step.SAFETY: gettext_lazy("Before you give your name"),
    Step.ORGANISATION: gettext_lazy("About the organisation"),
    Step.AFFILIATION: gettext_lazy("Where do you work now?"),
    Step.EXPERTISE: gettext_lazy("Expertise, regions and languages"),
    Step.STATEMENT: gettext_lazy("Statements"),
    Step.COMMITMENTS: gettext_lazy("What you commit to"),
    Step.MENTOR: gettext_lazy("The mentor you wish for"),
    Step.REFEREES: gettext_lazy("Referees"),
    Step.DOCUMENTS: gettext_lazy("Documents"),
    Step.CONFLICTS: gettext_lazy("Conflicts of interest"),
}
"""The heading of each page of an application."""
