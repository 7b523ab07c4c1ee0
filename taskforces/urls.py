"""Working groups."""

from django.urls import path

from taskforces.views import charters, groups, people

app_name = "taskforces"
urlpatterns = [
    path("taskforces/", groups.index, name="groups"),
    path("taskforces/enter/", groups.enter, name="group-enter"),
    path("taskforces/<slug:slug>/", groups.group, name="group"),
    path("taskforces/<slug:slug>/edit/", groups.edit, name="group-edit"),
    path("taskforces/<slug:slug>/state/", groups.step, name="group-step"),
    path("taskforces/<slug:slug>/charter/", charters.charter, name="group-charter"),
    path("taskforces/<slug:slug>/charter/versions/<int:version>/", charters.version, name="group-charter-version"),
    path("taskforces/<slug:slug>/charter/compare/", charters.compare, name="group-charter-compare"),
    path("taskforces/<slug:slug>/charter/edit/", charters.edit, name="group-charter-edit"),
    path("taskforces/<slug:slug>/charter/hand-in/", charters.hand_in, name="group-charter-hand-in"),
    path("taskforces/<slug:slug>/charter/take-back/", charters.take_back, name="group-charter-take-back"),
    path("taskforces/<slug:slug>/charter/put/", charters.put, name="group-charter-put"),
    path("taskforces/<slug:slug>/charter/abandon/", charters.abandon, name="group-charter-abandon"),
    path("taskforces/<slug:slug>/charter/comment/", charters.comment, name="group-charter-comment"),
    path("taskforces/<slug:slug>/charter/comments/<uuid:public_id>/", charters.dispose, name="group-charter-dispose"),
    path("taskforces/<slug:slug>/join/", people.join, name="group-join"),
    path("taskforces/<slug:slug>/join/withdraw/", people.withdraw, name="group-join-withdraw"),
    path("taskforces/<slug:slug>/leave/", people.leave, name="group-leave"),
    path("taskforces/<slug:slug>/invitation/<slug:reply>/", people.answer, name="group-invitation-answer"),
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
