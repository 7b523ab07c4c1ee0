"""The four tiers the platform starts with: their texts, terms and criteria, from the concept update, third point.

They are data: staff change them by new versions of a tier's terms. Every text is marked for translation and
translated where it is shown. The fields are those of `members.models.Tier` and `members.models.TierTerms`. Steps and
documents that name a `holder` are asked of that kind of holder only; see `members.rules.tiers`.
"""

from members.reference.inner_tiers import INSTITUTIONAL, STEERING
from members.reference.outer_tiers import INDIVIDUAL, RISING_LEADERS

TIERS = (STEERING, INSTITUTIONAL, INDIVIDUAL, RISING_LEADERS)
"""From the innermost outwards."""
