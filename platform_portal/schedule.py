"""What happens periodically. Each task looks for what is due, so none relies on the minute at which it runs."""

from datetime import timedelta

from celery.schedules import crontab

SCHEDULE = {
    "sweep notices": {"task": "secretariat.tasks.sweep_notices", "schedule": timedelta(seconds=15)},
    "show a heartbeat": {"task": "secretariat.tasks.heartbeat", "schedule": timedelta(seconds=15)},
    "close due ballots": {"task": "members.tasks.close_due_ballots", "schedule": timedelta(seconds=30)},
    "recompute due rights": {"task": "members.tasks.recompute_due_rights", "schedule": timedelta(seconds=60)},
    "follow the day": {"task": "members.tasks.follow_the_day", "schedule": timedelta(seconds=60)},
    "lower due protections": {"task": "members.tasks.lower_due_protections", "schedule": timedelta(seconds=60)},
    "restore due factors": {"task": "members.tasks.restore_due_factors", "schedule": timedelta(seconds=60)},
    "build downloads": {"task": "members.tasks.build_downloads", "schedule": timedelta(seconds=15)},
    "carry out erasures": {"task": "members.tasks.carry_out_erasures", "schedule": timedelta(seconds=60)},
    "purge sessions": {"task": "members.tasks.purge_sessions", "schedule": crontab(hour=3, minute=10)},
    "delete what is old": {"task": "secretariat.tasks.retain", "schedule": crontab(minute=20)},
    "clear unclaimed files": {"task": "members.tasks.clear_unclaimed_files", "schedule": crontab(hour=3, minute=40)},
}
# A missed round is made up for by the next one, never by a queue of old ones.
for entry in SCHEDULE.values():
    entry["options"] = {"expires": 60}
