"""Every address of the portal starts here."""

from django.contrib import admin
from django.urls import include, path

from platform_portal import health

urlpatterns = [
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
