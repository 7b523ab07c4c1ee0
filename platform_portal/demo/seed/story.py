"""The whole story, played once."""

from contextlib import contextmanager
from random import Random

from django.db import connection, transaction

from members.actions import directory, rights, searches
from members.choices.retention import Kept
from members.kernel.clock import database_now
from members.models import User
from platform_portal.demo.people import LOGINS, SEED
from platform_portal.demo.seed import changes, mails, profiling
from platform_portal.demo.seed.clock import StoryClock, Timeline
from platform_portal.demo.seed.courses import COURSES
from platform_portal.demo.seed.founding import founding
from platform_portal.demo.seed.papers import Papers
from platform_portal.demo.seed.plots import plot
from platform_portal.demo.seed.world import World
from secretariat.actions import retention

SEARCHES = {
    "steering-1@demo.test": {"Early warning in Africa": "region=002&expertise=early-warning"},
    "secretariat-1@demo.test": {
        "Newest members": "order=newest",
        "Mediators who speak French": "expertise=diplomacy-mediation&language=fr",
    },
    "individual@demo.test": {"Evidence and documentation": "expertise=law-evidence"},
}
"""Searches that people of the demo have kept, by the address of who did."""
FOUNDED = 628
"""How many days ago the platform began."""


def was_played() -> bool:
    """Whether the demo's people are there."""
    return User.objects.filter(email__in=LOGINS.values()).exists()


def play() -> World:
    """Play it, from the founding to the present: whole, or not at all."""
    with StoryClock() as clock, Papers() as papers, one_transaction(), directory.reindexed_together():
        timeline = Timeline(clock, Random(SEED))  # noqa: S311  nothing secret
        world = World(timeline, papers)
        clock.begin_at(timeline.ago(FOUNDED))
        with rights.recomputed_together():
            timeline.add(founding(world), at=timeline.ago(FOUNDED))
            timeline.play()
        _take_stock()
        for days, change in changes.plots(world).items():
            timeline.add(change, at=timeline.ago(days))
        timeline.add(profiling.filled_in(world), at=timeline.ago(profiling.BEGAN))
        for key, course in COURSES.items():
            timeline.add(
                plot(world, world.applicants[key], course), at=timeline.ago(course.began + timeline.random.random() / 3)
            )
        timeline.play()
        _keep_searches()
        mails.settle()
        retention.carry_out(asked_for=frozenset(Kept))
    rights.recompute_due(now=database_now())
    directory.reindex_due(on=database_now().date())
    _take_stock()
    return world


@contextmanager
def one_transaction():
    """A transaction without savepoints: a third of all statements would set and release them, and none is needed,
    since the story is given up at the first act that is refused.
    """
    features = connection.features
    had_savepoints, features.uses_savepoints = features.uses_savepoints, False
    try:
        with transaction.atomic():
            yield
    finally:
        features.uses_savepoints = had_savepoints


def _keep_searches() -> None:
    for email, kept in SEARCHES.items():
        user = User.objects.get(email=email)
        for name, query in kept.items():
            searches.save(name=name, query=query, by=user)


def _take_stock() -> None:
    """Tell the database how much there is by now: it plans by that, and nobody else sees the rows of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
