"""Every address of the portal starts here."""

from django.contrib import admin
from django.urls import include, path

from platform_portal import health
from platform_portal.views import demo, pages, preferences

urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("about/decisions/", pages.how_we_decide, name="how-we-decide"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("language/", preferences.set_language, name="set-language"),
    path("leave/", preferences.leave, name="leave"),
    path("demo/mailbox/", demo.demo_mailbox, name="demo-mailbox"),
    path("demo/components/", demo.demo_components, name="demo-components"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("health/status", health.status, name="health-status"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "platform_portal.errors.bad_request"
handler403 = "platform_portal.errors.permission_denied"
handler404 = "platform_portal.errors.page_not_found"
handler500 = "platform_portal.errors.server_error"
