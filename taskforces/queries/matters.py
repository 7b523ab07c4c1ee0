"""Charters as a matter for the steering committee: what its ballots show of them."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.choices.ballots import Visibility
from members.permissions.matters import Matter, Words
from taskforces.choices import BEFORE_COMMITTEE
from taskforces.models import Charter
from taskforces.permissions.groups import visible_to
from taskforces.queries.charter_texts import comments_of, sections_of_text, sides_of
from taskforces.queries.charters import in_force
from taskforces.rules import charters as rules


class Chartering(Matter):
    """A charter that was handed in: to be released for comment, or to be adopted. It is about nobody."""

    model = Charter
    dossier_template = "taskforces/charters/dossier.html"
    words = Words(
        yes=gettext_lazy("agree"),
        no=gettext_lazy("do not agree"),
        conflict=gettext_lazy(
            "You have a conflict of interest if you or your institution would gain or lose by the decision otherwise "
            "than every member would. To be in the group, or to chair it, is none."
        ),
        opening=gettext_lazy(
            "Nobody on the committee sees this ballot before it is opened. Opening it freezes the rule, the roll, and "
            "the version of the charter."
        ),
        withdrawal=gettext_lazy(
            "Nothing is decided. The charter can be put again, or taken back by the group and written at."
        ),
        again=gettext_lazy(
            "It closed with a hold. When the concern is answered, it can be put to the committee once more, on the "
            "newest version of the charter."
        ),
        discussion=gettext_lazy("Read by the seats that take part, not by the group."),
        reason={
            Visibility.LIVE: gettext_lazy("The committee sees it at once. It does not go to the group."),
            Visibility.AFTER_OWN: gettext_lazy(
                "Seats see it once they have taken their own position. It does not go to the group."
            ),
            Visibility.SEALED: gettext_lazy("The committee sees it after the close. It does not go to the group."),
        },
        live=gettext_lazy("A ballot on this charter is prepared already."),
        changed=gettext_lazy(
            "The charter has changed since this ballot was prepared. Withdraw it and prepare another."
        ),
    )

    def locked(self, key):
        return Charter.objects.select_for_update(of=("self",)).select_related("group__kind").get(pk=key)

    def newest(self, subject):
        version = subject.current_version
        return version.number, version.digest

    def rule_key(self, subject):
        return rules.RULES[subject.state]

    def question(self, subject):
        return rules.QUESTIONS[subject.state]

    def consequences(self, ballot, subject):
        key = ballot.rule_snapshot["key"] if ballot else self.rule_key(subject)
        return rules.consequences(key, days=subject.comment_days)

    def ensure_may_be_put(self, subject):
        """Raises Refused, code `not-now`."""
        rules.ensure_can_be_put(subject.state)

    ensure_still_held = ensure_may_be_put

    def held(self):
        return Charter.objects.filter(state__in=BEFORE_COMMITTEE)

    def titles(self, viewer, keys, *, on):
        rows = dict(Charter.objects.filter(pk__in=keys).values_list("pk", "group"))
        groups = visible_to(viewer or AnonymousUser()).filter(pk__in=rows.values())
        names = dict(groups.values_list("pk", "name"))
        return {key: names.get(group) or _("a working group") for key, group in rows.items()}

    def dossier(self, ballot, *, viewer, on):
        charter = Charter.objects.select_related("group__kind", "released_version").get(pk=ballot.subject_id)
        version = charter.versions.get(number=ballot.subject_version)
        before = in_force(charter.group, on=on)
        found = {"version": version, "group": charter.group, "sections": sections_of_text(version)}
        if before is not None and before.pk != charter.pk:
            found["against_force"] = sides_of(before.adopted_version, version)
            found["force_number"] = before.adopted_version.number
        if charter.released_version and charter.released_version.pk != version.pk:
            found["against_released"] = sides_of(charter.released_version, version)
            found["released_number"] = charter.released_version.number
        return found | {"comments": comments_of(charter, viewer, on=on)}

    def papers(self, ballot):
        version = _("Charter, version {version}").format(version=ballot.subject_version)
        return [(version, ""), (_("Comments and answers"), "comments")]

    def desk(self, subject):
        url = reverse("taskforces:group-charter", args=[subject.group.slug])
        return _("The charter on the pages of the group"), url


CHARTERING = Chartering()
