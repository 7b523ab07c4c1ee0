"""Every address of the portal starts here."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from platform_portal import health
from platform_portal.views import demo, pages, preferences, today

# One way in for everybody: the administration asks for the same sign-in and the same second factor.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("about/decisions/", pages.how_we_decide, name="how-we-decide"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("today/", today.today, name="today"),
    path("language/", preferences.set_language, name="set-language"),
    path("leave/", preferences.leave, name="leave"),
    path("demo/mailbox/", demo.demo_mailbox, name="demo-mailbox"),
    path("demo/components/", demo.demo_components, name="demo-components"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/status", health.status, name="health-status"),
    path("", include("members.urls")),
    path("", include("taskforces.urls")),
    path("", include("secretariat.urls")),
    # The portal's own list of sessions stands in for allauth's.
    path("accounts/sessions/", RedirectView.as_view(pattern_name="members:sessions"), name="usersessions_list"),
    path("accounts/", include("allauth.urls")),
    # A password is changed in one place, with its mail and its record.
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="admin-password-change",
    ),
    path("admin/", admin.site.urls),
]

handler400 = "platform_portal.errors.bad_request"
handler403 = "platform_portal.errors.permission_denied"
handler404 = "platform_portal.errors.page_not_found"
handler500 = "platform_portal.errors.server_error"
