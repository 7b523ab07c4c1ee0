"""Working groups."""

from django.urls import path

from taskforces.views import action_items, feeds, groups, meetings, milestones, minutes, people, reports

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
    path("taskforces/<slug:slug>/meetings/", meetings.index, name="group-meetings"),
    path("taskforces/<slug:slug>/meetings/plan/", meetings.plan, name="group-meeting-plan"),
    path("taskforces/<slug:slug>/actions/", action_items.index, name="group-actions"),
    path("taskforces/<slug:slug>/actions/<uuid:public_id>/done/", action_items.finish, name="group-action-done"),
    path("me/calendar/", feeds.calendar, name="calendar"),
    path("me/calendar/end/", feeds.end, name="calendar-end"),
    path("calendar/<str:token>.ics", feeds.feed, name="calendar-feed"),
]

MEETING = "taskforces/<slug:slug>/meetings/<uuid:public_id>/"
urlpatterns += [
    path(MEETING, meetings.meeting, name="group-meeting"),
    path(f"{MEETING}edit/", meetings.edit, name="group-meeting-edit"),
    path(f"{MEETING}cancel/", meetings.cancel, name="group-meeting-cancel"),
    path(f"{MEETING}answer/", meetings.answer, name="group-meeting-answer"),
    path(f"{MEETING}meeting.ics", meetings.calendar, name="group-meeting-calendar"),
    path(f"{MEETING}agenda/add/", minutes.add_item, name="group-agenda-add"),
    path(f"{MEETING}agenda/propose/", minutes.propose_item, name="group-agenda-propose"),
    path(f"{MEETING}agenda/<uuid:item>/edit/", minutes.edit_item, name="group-agenda-edit"),
    path(f"{MEETING}agenda/<uuid:item>/remove/", minutes.remove_item, name="group-agenda-remove"),
    path(f"{MEETING}attendance/", minutes.attendance, name="group-attendance"),
    path(f"{MEETING}actions/add/", action_items.give, name="group-action-give"),
    path(f"{MEETING}minutes/", minutes.read, name="group-minutes"),
    path(f"{MEETING}minutes/write/", minutes.write, name="group-minutes-write"),
    path(f"{MEETING}minutes/circulate/", minutes.circulate, name="group-minutes-circulate"),
    path(f"{MEETING}minutes/approve/", minutes.approve, name="group-minutes-approve"),
    path(f"{MEETING}minutes/correct/", minutes.correct, name="group-minutes-correct"),
]
