"""What a group reports of its periods: the reports as they were filed, and filing the next one."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from members.pages.acting import done
from members.pages.gates import kept_input
from taskforces.actions import reports
from taskforces.choices import Feature
from taskforces.forms.reports import ReportForm
from taskforces.permissions.groups import group_with
from taskforces.permissions.table import GroupRight
from taskforces.queries.pages import may_of
from taskforces.queries.reports import overdue_since, period_of
from taskforces.queries.sections import sections_of
from taskforces.views.groups import around


@require_GET
def index(request, slug):
    """The reports of a group, the newest first, and when the next is due."""
    row = group_with(request.user, slug, Feature.REPORTS, to=GroupRight.ATTEND)
    may, period = may_of(request.user, row), period_of(row)
    context = around(row, may=may, reports=row.reports.all(), period=period)
    context["is_overdue"] = overdue_since(row, on=request.today) is not None
    context["sections"] = sections_of(row, may, here="group-reports")
    return render(request, "taskforces/reports.html", context)


@require_http_methods(["GET", "POST"])
def file(request, slug):
    """File the report of the period that is due next."""
    row = group_with(request.user, slug, Feature.REPORTS, to=GroupRight.RUN)
    form = ReportForm(request.POST or kept_input(request))
    if done(request, form, partial(reports.file, group=row, by=request.user)):
        messages.success(request, _("The report is filed, and the group's people read it."))
        return redirect("taskforces:group-reports", slug=slug)
    words = {"title": _("Report on the group's work"), "action": _("File the report"), "lead": row.name}
    return render(request, "taskforces/edit.html", around(row, form=form, **words))
