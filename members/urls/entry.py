"""Getting in by a link, and one's own account."""

from django.urls import path

from members.views import accounts, entry

urlpatterns = [
    path("apply/<slug:tier>/", entry.apply, name="apply"),
    path("enter/", entry.ask, name="enter"),
    path("enter/welcome/", entry.welcome, name="welcome"),
    path("enter/<str:token>/", entry.enter, name="entry-link"),
    path("me/security/", accounts.security, name="security"),
    path("me/security/second-factor/", accounts.second_factor, name="second-factor"),
    path("me/security/sessions/", accounts.sessions, name="sessions"),
    path("me/security/sessions/<int:pk>/end/", accounts.end_session, name="session-end"),
    path("me/security/sessions/end/", accounts.end_other_sessions, name="sessions-end"),
]
