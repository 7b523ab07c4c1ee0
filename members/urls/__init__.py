"""The addresses of the ground floor, by noun."""

from members.urls import converters  # noqa: F401 - first of all, since the others name its parts
from members.urls import applications, ballots, entry, organisations, people, screening

app_name = "members"
urlpatterns = [
    *entry.urlpatterns,
    *applications.urlpatterns,
    *screening.urlpatterns,
    *ballots.urlpatterns,
    *people.urlpatterns,
    *organisations.urlpatterns,
]
