"""Pages of the administration that answer what they offer, and nothing else."""

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest

NUL = "\x00"


class OfferedChangeList(ChangeList):
    """A list that takes from its address what its filters write there.

    Django lets every column of the model be asked, shown or not, and so whoever sees which rows an answer lists could
    read a password's hash letter by letter. What no filter offers is refused with 400; a value that makes no sense to
    one leads to the list without it.
    """

    def get_filters(self, request):
        if any(NUL in value for value in self.params.values()):
            raise IncorrectLookupParameters
        try:
            found = super().get_filters(request)
        except (ValueError, OverflowError) as error:  # a year that no calendar has
            raise IncorrectLookupParameters from error
        left = found[2]  # what no filter has taken
        if refused := left.keys() - self.offered:
            raise DisallowedModelAdminLookup(f"Filtering by {sorted(refused)} is not offered.")
        return found

    @property
    def offered(self) -> set[str]:
        """What may be asked besides the filters: the span that Django makes of a year, and what the page names."""
        asks_a_year = self.date_hierarchy and f"{self.date_hierarchy}__year" in self.params
        span = {f"{self.date_hierarchy}__gte", f"{self.date_hierarchy}__lt"} if asks_a_year else set()
        return span | set(self.model_admin.also_asked_by)


class Offering:
    """Mixed into a page of the administration: its list is asked by its filters, its dates, and `also_asked_by`."""

    also_asked_by: tuple[str, ...] = ()

    def get_changelist(self, request, **kwargs):
        return OfferedChangeList

    def get_object(self, request, object_id, from_field=None):
        """The row of a key. What can be no key names nothing."""
        return None if NUL in object_id else super().get_object(request, object_id, from_field)

    def response_action(self, request, *args, **kwargs):
        if not all(key.isdecimal() for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest
        return super().response_action(request, *args, **kwargs)
