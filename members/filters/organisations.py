"""The directory of organisations: search and filters."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Tier
from members.pages.lists import BoxesFilter, ListFilter, TierFilter, continents
from members.queries import organisation_lists


class OrganisationFilter(ListFilter):
    """Search by name or acronym; filter by tier, region and kind. `on` is the day by which memberships count."""

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    tier = TierFilter(queryset=Tier.objects.filter(short_name__in=["steering", "institutional"]))
    region = BoxesFilter(label=_("Region of its seat"), queryset=continents(), to_field_name="code", method="of_region")

    class Meta:
        model = Organisation
        fields = ["q", "tier", "region", "kind"]

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.filters["kind"].extra["empty_label"] = _("Every kind")

    @property
    def counts(self) -> dict[str, dict]:
        """How many organisations each box would leave, with all other filters as they are."""
        return {"region": organisation_lists.rows_by_region(self.without("region"), continents())}

    def search(self, organisations, name, value):
        for word in organisation_lists.words_of(value):
            organisations = organisations.filter(organisation_lists.named(word))
        return organisations

    def of_tier(self, organisations, name, value):
        tiers = [tier.pk for tier in value]
        return (
            organisations.filter(organisation_lists.organisations_of_tiers(tiers, on=self.on))
            if tiers
            else organisations
        )

    def of_region(self, organisations, name, value):
        return organisations.filter(organisation_lists.lives_in(value)) if value else organisations
