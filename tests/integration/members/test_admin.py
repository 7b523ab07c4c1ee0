"""The administration: for the Secretariat alone, deleting nothing, editing nothing that was decided, saying why not."""

import json

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import memberships, offices, organisations, screening, tiers
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.kernel.refusals import Refused
from members.models import (
    AuditEvent,
    Ballot,
    Country,
    DecisionRule,
    Expertise,
    Language,
    LetterTemplate,
    Membership,
    Organisation,
    Person,
    Tier,
    TierTerms,
)
from members.permissions.administration import ADD, ADMINISTRATION, CHANGE
from secretariat.models import Notice
from tests.factories import members as made
from tests.factories.ballots import opened, voted
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label == "members"]


def page(kind, model, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=args)


@pytest.fixture
def staff(client, cast):
    return sign_in(client, cast["secretariat-1"])


def acts() -> tuple[int, ...]:
    """What an act could leave behind. Signing in has a record of its own."""
    return AuditEvent.objects.exclude(verb__startswith="account.").count(), Notice.objects.count()


def sent(response, **changes) -> dict:
    """What the form of a page would send, with changes."""
    form = response.context["adminform"].form
    values = {}
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            values[bound.html_name] = "on" if value is True else value
    return {name: value for name, value in (values | changes).items() if value is not None}


# --- Who and what -------------------------------------------------------------------------------------------------


def test_every_page_of_ours_is_in_the_table_of_the_administration():
    assert {model._meta.model_name for model in OURS} == set(ADMINISTRATION)


def test_nobody_but_the_secretariat_opens_a_page(client, cast):
    for name in sorted(set(cast.users) - {"secretariat-1", "secretariat-2", "out-of-use"}):
        sign_in(client, cast[name])
        for model in (Person, TierTerms, Membership, AuditEvent):
            response = client.get(page("changelist", model), follow=True)
            assert response.status_code in {403, 404}, (name, model)
            assert cast.person("individual").name not in response.text


def test_without_the_second_factor_nothing_opens(client, cast):
    sign_in(client, cast["secretariat-1"], factor=False)
    for model in OURS:
        assert client.get(page("changelist", model)).url.startswith(reverse("members:second-factor")), model


def test_whoever_leaves_office_leaves_the_administration(client, cast, staff):
    assert staff.get(reverse("admin:index")).status_code == 200
    offices.end_staff(term=cast.person("secretariat-1").staff_terms.get(), by=None)
    assert staff.get(reverse("admin:index"), follow=True).status_code in {403, 404}


@pytest.fixture
def full(cast):
    """A world with a row in every table that the administration shows."""
    voted(cast, ["yes"] * 5)
    row = made.submitted("institutional")
    screening.take_on(application=row, by=cast["secretariat-1"])
    screening.send_letter(
        application=row, template_key="received", subject="Hello", body="You.", by=cast["secretariat-1"]
    )
    organisations.affiliate(
        person=cast.person("individual"), organisation=cast.organisations["institution"], position="Fellow", by=None
    )
    return cast


def test_every_list_and_every_page_opens_and_says_nothing_is_deleted(full, staff):
    for model in OURS:
        row = model._default_manager.first()
        assert row is not None, model
        listing = staff.get(page("changelist", model))
        assert listing.status_code == 200, model
        assert "delete_selected" not in listing.text, model
        shown = staff.get(page("change", model, row.pk))
        assert shown.status_code == 200, model
        assert page("delete", model, row.pk) not in shown.text, model
        may_add = ADD in ADMINISTRATION[model._meta.model_name]
        assert staff.get(page("add", model)).status_code == (200 if may_add else 403), model


def test_every_page_can_be_searched_and_sorted(full, staff):
    for model, page_of in admin.site._registry.items():
        if model not in OURS:
            continue
        if page_of.search_fields:
            assert staff.get(page("changelist", model), {"q": "a b"}).status_code == 200, model
        for number in range(1, len(page_of.list_display) + 1):
            assert staff.get(page("changelist", model), {"o": str(number)}).status_code == 200, (model, number)


def test_nothing_is_deleted(full, staff):
    before = {model: model._default_manager.count() for model in OURS}
    kept = acts()
    for model in OURS:
        row = model._default_manager.first()
        assert staff.post(page("delete", model, row.pk), {"post": "yes"}).status_code == 403, model
        staff.post(
            page("changelist", model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        )
    assert {model: model._default_manager.count() for model in OURS} == before
    assert acts() == kept


def test_what_was_decided_or_granted_is_for_reading(full, staff):
    kept = acts()
    for model in OURS:
        if CHANGE in ADMINISTRATION[model._meta.model_name]:
            continue
        row = model._default_manager.first()
        before = model._default_manager.filter(pk=row.pk).values().get()
        shown = staff.get(page("change", model, row.pk))
        assert 'name="_save"' not in shown.text, model
        assert staff.post(page("change", model, row.pk), {"_save": "Save"}).status_code == 403, model
        assert model._default_manager.filter(pk=row.pk).values().get() == before, model
    assert acts() == kept


def test_drafts_nobody_has_sent_are_not_seen(full, staff):
    draft = made.draft()
    assert draft.number not in staff.get(page("changelist", type(draft))).text
    assert staff.get(page("change", type(draft), draft.pk)).status_code == 302


# --- People and organisations -------------------------------------------------------------------------------------


def test_a_person_is_changed_by_the_action_and_no_name_is_kept_elsewhere(cast, staff):
    person = cast.person("individual")
    url = page("change", Person, person.pk)
    response = staff.post(url, sent(staff.get(url), headline="Mediator", languages=["sw", "en"]))
    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.headline, person.revision, person.languages.count()) == ("Mediator", 1, 2)
    event = AuditEvent.objects.about(person).first()
    assert (event.verb, event.by, event.facts["fields"]) == (
        Verb.PROFILE_CHANGED,
        cast["secretariat-1"],
        ["headline", "languages"],
    )
    assert not LogEntry.objects.exists()


def test_what_people_say_of_themselves_is_read_by_the_office_and_changed_by_nobody_there(cast, staff):
    person = cast.person("individual")
    person.language_levels.create(language=Language.objects.get(code="sw"), level="native")
    person.positions.create(organisation="Institute of Marl", from_year=2001)
    person.publications.create(title="Early Notice", year=2002, place=0)
    person.separations.create(from_person=cast.person("rising"), reason="<b>Old quarrel</b>")
    Person.objects.filter(pk=person.pk).update(availability="limited", contact_note="In the mornings")
    url = page("change", Person, person.pk)
    shown = staff.get(url)
    for word in ("Native", "Institute of Marl", "Early Notice", "Limited", "In the mornings", "&lt;b&gt;Old quarrel"):
        assert word in shown.text, word
    assert cast.person("rising").name in shown.text
    staff.post(url, sent(shown, headline="Mediator", availability="open", contact_note="Never"))
    person.refresh_from_db()
    assert (person.headline, person.availability, person.contact_note) == ("Mediator", "limited", "In the mornings")
    assert person.language_levels.get().level == "native"


def test_a_stale_page_overwrites_nothing_and_shows_both(cast, staff):
    person = cast.person("individual")
    url = page("change", Person, person.pk)
    stale = sent(staff.get(url), headline="From the old page")
    staff.post(url, sent(staff.get(url), headline="From the new page"))
    kept = acts()
    response = staff.post(url, stale)
    person.refresh_from_db()
    assert (person.headline, acts()) == ("From the new page", kept)
    assert "From the old page" in response.text
    assert "Saved meanwhile: From the new page" in response.text
    staff.post(url, sent(response, headline="From the old page"))
    person.refresh_from_db()
    assert person.headline == "From the old page"


def test_people_and_organisations_are_entered_by_the_actions(cast, staff):
    staff.post(page("add", Person), {"name": "New Person", "listed": "on", "country": "KE"})
    assert Person.objects.get(name="New Person").country_id == "KE"
    staff.post(page("add", Organisation), {"name": "New Institute", "kind": "ngo", "country": "KE"})
    made_now = Organisation.objects.get(name="New Institute")
    assert made_now.slug == "new-institute"
    verbs = [AuditEvent.objects.about(row).get().verb for row in (Person.objects.get(name="New Person"), made_now)]
    assert verbs == [Verb.PERSON_CREATED, Verb.ORGANISATION_CREATED]


def test_an_organisation_is_changed_by_the_action(cast, staff):
    row = cast.organisations["institution"]
    url = page("change", Organisation, row.pk)
    staff.post(url, sent(staff.get(url), name="Institute Renamed"))
    row.refresh_from_db()
    assert (row.name, row.slug, row.revision) == ("Institute Renamed", "institute-of-the-cast", 1)


def test_what_happened_to_a_row_is_shown_from_the_audit_record(cast, staff):
    person = cast.person("individual")
    response = staff.get(page("history", Person, person.pk), follow=True)
    assert response.status_code == 200
    assert {event.target_id for event in response.context["cl"].queryset} == {person.pk}
    assert staff.get(page("history", Country, "KE"), follow=True).status_code == 200


# --- Tiers and rules: versions, not edits -------------------------------------------------------------------------


def test_new_terms_are_a_new_version_and_the_old_one_stays(cast, staff):
    old = Tier.objects.get(short_name="individual").current_terms
    application = made.draft()
    url = page("change", TierTerms, old.pk)
    response = staff.post(url, sent(staff.get(url), summary="Changed.", criteria="One.\nTwo."))
    assert response.status_code == 302
    new = Tier.objects.get(short_name="individual").current_terms
    assert (new.version, new.summary, new.criteria, new.created_by) == (
        old.version + 1,
        "Changed.",
        ["One.", "Two."],
        cast["secretariat-1"],
    )
    assert TierTerms.objects.filter(pk=old.pk).values().get() == {
        field.attname: getattr(old, field.attname) for field in TierTerms._meta.concrete_fields
    }
    application.refresh_from_db()
    assert application.terms == old
    assert AuditEvent.objects.get(verb=Verb.TIER_REVISED).facts["fields"] == ["criteria", "summary"]


def test_an_earlier_version_is_for_reading(staff, cast):
    old = Tier.objects.get(short_name="individual").current_terms
    tiers.revise_terms(old, by=None, summary="Changed.")
    url = page("change", TierTerms, old.pk)
    shown = staff.get(url)
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.text


def test_two_officers_who_revise_at_once_lose_nothing(staff, cast):
    old = Tier.objects.get(short_name="individual").current_terms
    url = page("change", TierTerms, old.pk)
    stale = sent(staff.get(url), summary="From the old page")
    tiers.revise_terms(old, by=cast["secretariat-2"], term_months=36)
    kept = acts()
    response = staff.post(url, stale)
    assert "was made meanwhile" in response.text
    assert "From the old page" in response.text
    assert (old.tier.current_terms.term_months, old.tier.terms.count(), acts()) == (36, old.version + 1, kept)


def test_saving_without_a_change_makes_no_version(staff, cast):
    for row in (Tier.objects.get(short_name="individual").current_terms, DecisionRule.objects.first()):
        url, count, kept = page("change", type(row), row.pk), type(row).objects.count(), acts()
        response = staff.post(url, sent(staff.get(url)))
        assert "Nothing was changed" in response.text, row
        assert (type(row).objects.count(), acts()) == (count, kept)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", "identity\nno-such-page"),
        ("steps", "identity\nidentity"),
        ("steps", "holder"),
        ("statements", '[{"label": "No key"}]'),
        ("statements", "{not json"),
        ("documents", '[{"kind": "no-such-kind"}]'),
        ("term_months", "0"),
        ("rule_key", "no-such-rule"),
    ],
)
def test_terms_that_make_no_sense_are_refused_beside_their_field(staff, cast, field, value):
    row = Tier.objects.get(short_name="individual").current_terms
    url, kept = page("change", TierTerms, row.pk), acts()
    response = staff.post(url, sent(staff.get(url), **{field: value}))
    assert field in response.context["adminform"].form.errors
    assert row.tier.terms.count() == row.version
    assert acts() == kept
    if field not in ("rule_key", "term_months"):
        given = value.split("\n") if field == "steps" else [{"kind": "x"}]
        with pytest.raises(Refused):
            tiers.revise_terms(row, by=None, **{field: given})


def test_a_new_rule_is_a_new_version_and_ballots_go_on_by_the_old(staff, cast):
    ballot = opened(cast)
    rule = ballot.rule
    settings = rule.settings | {"counting": rule.settings["counting"] | {"threshold": "3/4"}}
    url = page("change", DecisionRule, rule.pk)
    staff.post(url, sent(staff.get(url), settings=json.dumps(settings)))
    new = DecisionRule.current(rule.key)
    assert (new.version, new.settings["counting"]["threshold"]) == (rule.version + 1, "3/4")
    ballot = Ballot.objects.get(pk=ballot.pk)
    assert ballot.rule == rule
    assert ballot.rule_snapshot["settings"] == rule.settings


def test_a_rule_that_is_not_sound_is_refused_beside_its_settings(staff, cast):
    rule = DecisionRule.objects.first()
    url, kept = page("change", DecisionRule, rule.pk), acts()
    unsound = rule.settings | {"counting": rule.settings["counting"] | {"threshold": "0.66"}}
    response = staff.post(url, sent(staff.get(url), settings=json.dumps(unsound)))
    assert "0.66" in str(response.context["adminform"].form.errors["settings"])
    assert (DecisionRule.objects.filter(key=rule.key).count(), acts()) == (rule.version, kept)


# --- Lists --------------------------------------------------------------------------------------------------------


def test_entries_are_retired_and_the_record_says_so(staff, cast):
    entry = Expertise.objects.get(code="early-warning-osint")
    url = page("change", Expertise, entry.pk)
    staff.post(url, sent(staff.get(url), retired_on=today().isoformat()))
    entry.refresh_from_db()
    assert entry.retired_on == today()
    assert AuditEvent.objects.about(entry).get().facts == {
        "fields": ["retired_on"],
        "retired_on": today().isoformat(),
    }


def test_a_country_is_moved_to_another_region_and_the_record_says_so(staff, cast):
    url = page("change", Country, "KE")
    staff.post(url, sent(staff.get(url), region=Country.objects.get(code="SN").region_id))
    assert Country.objects.get(code="KE").region == Country.objects.get(code="SN").region
    event = AuditEvent.objects.get(verb=Verb.REFERENCE_CHANGED)
    assert event.facts == {"table": "country", "code": "KE", "fields": ["region"]}


def test_a_template_has_only_places_that_something_fills(staff, cast):
    row = LetterTemplate.objects.get(key="incomplete", language="en")
    url, kept = page("change", LetterTemplate, row.pk), acts()
    response = staff.post(url, sent(staff.get(url), body="Dear {nam}, {concern}"))
    assert "{nam}, {concern}" in response.context["adminform"].form.errors["body"][0]
    assert acts() == kept
    staff.post(url, sent(staff.get(url), body="Dear {name}, {reason}"))
    row.refresh_from_db()
    assert row.body == "Dear {name}, {reason}"


# --- Long lists ---------------------------------------------------------------------------------------------------


def test_thirty_rows_take_as_many_statements_as_one(staff, cast):
    def statements(model):
        with CaptureQueriesContext(connection) as counted:
            assert staff.get(page("changelist", model)).status_code == 200
        return len(counted)

    def more(count):
        for _number in range(count):
            person = made.person(country=Country.objects.get(code="KE"), user=made.login())
            institute = made.member(country="SN")
            memberships.grant(
                tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None
            )
            organisations.affiliate(person=person, organisation=institute, by=None)
            organisations.appoint_representative(
                organisation=institute, person=person, role="principal", by=cast["secretariat-1"]
            )
            row = made.submitted(user=made.login())
            screening.take_on(application=row, by=cast["secretariat-1"])
            screening.send_letter(
                application=row, template_key="received", subject="A", body="B", by=cast["secretariat-1"]
            )

    more(1)
    for model in OURS:
        statements(model)
    few = {model: statements(model) for model in OURS}
    more(6)
    assert {model: statements(model) for model in OURS} == few
