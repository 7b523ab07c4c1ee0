"""The administration: every page of every model, as the rule of the permission table says."""

import pytest
from django.contrib import admin
from django.urls import reverse

from members.permissions.protection import OWNERS, unprotected
from tests.permission_table.admin import ASKED, MERGEABLE, MODELS, answer_to, pages_of, takes
from tests.world.canaries import leaked
from tests.world.urls import urls
from tests.world.visits import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permissions")]

each_model = pytest.mark.parametrize(("app", "model"), MODELS)
CHILDREN = ("changelist", "add", "change", "history", "delete")


def path_of(page, app, model):
    """The address of a page, about the first row that the list shows."""
    name = f"admin:{app}_{model}_{page}"
    if page in ("changelist", "add", "list_history"):
        return reverse(name)
    site = next(site for kind, site in admin.site._registry.items() if kind._meta.label_lower == f"{app}.{model}")
    rows = site.model.objects.all()
    shown = unprotected(rows) if site.model in OWNERS else rows
    return reverse(name, args=[shown.order_by("pk").last().pk])


def ask(visit, person, method, path):
    """Ask, and make sure that nothing was written and nothing sent that is not theirs."""
    answer = visit.ask(person, method, path)
    assert not answer.wrote, f"{person} wrote {answer.wrote}"
    assert not leaked(person, answer.everything), person
    return answer.words


def test_every_model_is_in_the_rule():
    assert {(kind._meta.app_label, kind._meta.model_name) for kind in admin.site._registry} == MODELS.keys()


def test_every_page_is_in_the_rule():
    """Pages of models, and the few that the administration has of its own."""
    own = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "app_list"}
    named = {f"admin:{name}" for name in own | {"view_on_site"}}
    named |= {f"admin:{app}_{model}_{page}" for app, model in MODELS for page in CHILDREN}
    named |= {f"admin:members_{model}_{page}" for model in MERGEABLE for page in ("merge", "list_history")}
    assert {url.name for url in urls() if url.is_of_admin} - {"admin:"} == named


@pytest.mark.parametrize("person", PEOPLE)
def test_the_first_page_and_the_lists(visit, person):
    own = answer_to(person, "200", to_visitors="to admin:login")
    assert ask(visit, person, "GET", reverse("admin:index")) == own
    for app in ("members", "secretariat"):
        assert ask(visit, person, "GET", reverse("admin:app_list", args=[app])) == own
    for app, model in MODELS:
        path = path_of("changelist", app, model)
        assert ask(visit, person, "GET", path) == answer_to(person, pages_of(app, model)["changelist"]), path


@each_model
def test_the_pages_of_a_model(visit, app, model):
    for page, in_office in pages_of(app, model).items():
        path = path_of(page, app, model)
        for person in ASKED:
            assert ask(visit, person, "GET", path) == answer_to(person, in_office), (person, path)


@pytest.mark.parametrize("model", MERGEABLE)
def test_merging_is_the_secretariats_and_an_empty_form_merges_nothing(visit, model):
    path = path_of("merge", "members", model)
    for person in ASKED:
        for method in ("GET", "POST"):
            assert ask(visit, person, method, path) == answer_to(person, "200"), (person, path)


@pytest.mark.parametrize("model", MERGEABLE)
def test_what_happened_to_a_list_is_read_by_the_secretariat(visit, model):
    path = path_of("list_history", "members", model)
    for person in ASKED:
        for method in ("GET", "POST"):
            assert ask(visit, person, method, path) == answer_to(person, "200"), (person, path)


@each_model
def test_what_a_model_takes(visit, app, model):
    """What is sent is refused: as not theirs to send, or as an empty form. Lists of the administration have no acts."""
    for page in CHILDREN:
        path = path_of(page, app, model)
        for person in ASKED:
            words = ask(visit, person, "POST", path)
            if answer_to(person, "mine") != "mine":
                assert words == answer_to(person, ""), (person, path)
            elif not takes(app, model, page) and page not in ("changelist", "history"):
                assert words == "403", (person, path)


def test_a_draft_is_not_there(visit):
    """What has not been sent is its applicant's own, in the administration too."""
    draft = visit.world.applications["draft"]
    path = reverse("admin:members_application_change", args=[draft.pk])
    answer = visit.ask("secretariat-1", "GET", path)
    assert answer.words == "to admin:index"
    listed = visit.ask("secretariat-1", "GET", reverse("admin:members_application_changelist")).content.decode()
    assert draft.number not in listed
    assert visit.world.applications["open"].number in listed
