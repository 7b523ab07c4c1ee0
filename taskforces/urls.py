"""Working groups."""

from django.urls import path

from taskforces.views import groups, milestones, people, reports

app_name = "taskforces"
urlpatterns = [
    path("taskforces/", groups.index, name="groups"),
    path("taskforces/enter/", groups.enter, name="group-enter"),
    path("taskforces/<slug:slug>/", groups.group, name="group"),
    path("taskforces/<slug:slug>/edit/", groups.edit, name="group-edit"),
    path("taskforces/<slug:slug>/state/", groups.step, name="group-step"),
    path("taskforces/<slug:slug>/join/", people.join, name="group-join"),
    path("taskforces/<slug:slug>/join/withdraw/", people.withdraw, name="group-join-withdraw"),
    path("taskforces/<slug:slug>/leave/", people.leave, name="group-leave"),
    path("taskforces/<slug:slug>/invitation/<slug:reply>/", people.answer, name="group-invitation-answer"),
    path("taskforces/<slug:slug>/milestones/", milestones.index, name="group-milestones"),
    path("taskforces/<slug:slug>/milestones/propose/", milestones.propose, name="group-milestone-propose"),
    path(
        "taskforces/<slug:slug>/milestones/<uuid:public_id>/take-on/",
        milestones.take_on,
        name="group-milestone-take-on",
    ),
    path("taskforces/<slug:slug>/milestones/<uuid:public_id>/edit/", milestones.change, name="group-milestone-change"),
    path("taskforces/<slug:slug>/milestones/<uuid:public_id>/end/", milestones.end, name="group-milestone-end"),
    path("taskforces/<slug:slug>/reports/", reports.index, name="group-reports"),
    path("taskforces/<slug:slug>/reports/file/", reports.file, name="group-report-file"),
    path("taskforces/<slug:slug>/people/", people.people, name="group-people"),
    path("taskforces/<slug:slug>/people/invite/", people.invite, name="group-invite"),
    path("taskforces/<slug:slug>/people/grant/", people.grant, name="group-seat-grant"),
    path("taskforces/<slug:slug>/people/<uuid:public_id>/end/", people.end_seat, name="group-seat-end"),
    path("taskforces/<slug:slug>/requests/<uuid:public_id>/accept/", people.accept, name="group-request-accept"),
    path("taskforces/<slug:slug>/requests/<uuid:public_id>/decline/", people.decline, name="group-request-decline"),
    path(
        "taskforces/<slug:slug>/invitations/<uuid:public_id>/withdraw/",
        people.withdraw_invitation,
        name="group-invitation-withdraw",
    ),
]
