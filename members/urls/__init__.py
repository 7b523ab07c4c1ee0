"""The addresses of the ground floor, by noun."""

import members.urls.converters  # noqa: F401 - registered before the addresses that use them
from members.urls import (
    applications,
    ballots,
    entry,
    factors,
    organisations,
    own_data,
    people,
    protection,
    screening,
)

app_name = "members"
urlpatterns = [
    *entry.urlpatterns,
    *factors.urlpatterns,
    *applications.urlpatterns,
    *screening.urlpatterns,
    *ballots.urlpatterns,
    *people.urlpatterns,
    *protection.urlpatterns,
    *own_data.urlpatterns,
    *organisations.urlpatterns,
]
