"""Applications as a matter for the committee: the first kind of subject of its ballots."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.choices.applications import ApplicationState
from members.choices.ballots import Visibility
from members.kernel.clock import today
from members.models import Application, Membership
from members.permissions.matters import Matter, Words
from members.permissions.protection import is_protected
from members.queries.applications import titles_for
from members.queries.conflicts import party_of
from members.queries.dossiers import dossier_for
from members.rules import admissions as rules


class Admission(Matter):
    """An application for a tier: recommended by the Secretariat, concerning the applicant, and admitted or refused."""

    model = Application
    dossier_template = "members/ballots/dossier.html"
    has_applicant = True
    words = Words(
        yes=gettext_lazy("admit"),
        no=gettext_lazy("do not admit"),
        conflict=gettext_lazy(
            "You have a conflict of interest if, in the last three years, you or your institution have employed, "
            "funded, supervised or closely worked with the applicant; if you are family; or if you would gain or lose "
            "by the decision."
        ),
        opening=gettext_lazy(
            "Nobody on the committee sees this ballot before it is opened. Opening it freezes the rule, the roll, and "
            "the version of the application."
        ),
        withdrawal=gettext_lazy("Nothing is decided. The application goes back to the Secretariat."),
        again=gettext_lazy(
            "It closed with a hold. When the concern is answered, it can be put to the committee once more, on the "
            "newest version of the application."
        ),
        discussion=gettext_lazy("Read by the seats that take part, not by the applicant."),
        reason={
            Visibility.LIVE: gettext_lazy("The committee sees it at once. It does not go to the applicant."),
            Visibility.AFTER_OWN: gettext_lazy(
                "Seats see it once they have taken their own position. It does not go to the applicant."
            ),
            Visibility.SEALED: gettext_lazy("The committee sees it after the close. It does not go to the applicant."),
        },
        live=gettext_lazy("A ballot on this application is prepared already."),
        changed=gettext_lazy(
            "The application has changed since this ballot was prepared. Withdraw it and prepare another."
        ),
    )

    def locked(self, key):
        return Application.objects.select_for_update(of=("self",)).select_related("tier", "terms").get(pk=key)

    def newest(self, subject):
        version = subject.current_version
        return version.number, version.digest

    def rule_key(self, subject):
        return subject.terms.rule_key

    def question(self, subject):
        return rules.QUESTIONS[subject.tier.short_name]

    def consequences(self, ballot, subject):
        return rules.consequences(
            tier=subject.tier.short_name,
            holder_kind=subject.holder_kind,
            months=subject.terms.term_months,
        )

    def ensure_may_be_put(self, subject):
        """Raises Refused, code `not-now` or `tier-full`."""
        rules.ensure_can_be_put(subject.state)
        members = Membership.objects.in_force(on=today()).filter(tier=subject.tier).count()
        rules.ensure_tier_has_room(seats=subject.terms.seats, members=members)

    def ensure_still_held(self, subject):
        """Raises Refused, code `not-now`."""
        rules.ensure_held(subject.state)

    def held(self):
        return Application.objects.filter(state=ApplicationState.HELD)

    def is_sealed(self, subject):
        return is_protected(subject.applicant)

    def titles(self, viewer, keys, *, on):
        return titles_for(viewer, Application.objects.with_subject().filter(pk__in=keys), on=on)

    def party(self, key, *, on):
        rows = Application.objects.select_related("applicant__protection")
        return party_of(rows.get(pk=key), on=on)

    def about(self, user):
        return Application.objects.filter(Q(applicant=user.pk) | Q(person__user=user.pk))

    def actor(self, subject, user_id):
        return _("the applicant") if user_id == subject.applicant_id else ""

    def dossier(self, ballot, *, viewer, on):
        application = Application.objects.with_subject().get(pk=ballot.subject_id)
        return {"dossier": dossier_for(application, application.versions.get(number=ballot.subject_version))}

    def papers(self, ballot):
        version = _("Application, version {version}").format(version=ballot.subject_version)
        return [
            (version, ""),
            (_("The Secretariat’s recommendation"), "recommendation"),  # noqa: RUF001 - a typographic apostrophe
            (_("Letters of referees"), "letters"),
        ]

    def desk(self, subject):
        return _("The application on the desk"), reverse("members:desk-application", args=[subject.number])


ADMISSION = Admission()
