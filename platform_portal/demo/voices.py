"""What the committee, the Secretariat and referees say in the demo: reasons, comments, recommendations, letters."""

from random import Random

from platform_portal.demo import sources


class Voices:
    """Gives out texts, each of a kind once before any comes again. The same seed gives the same texts."""

    def __init__(self, seed: int):
        self.random = Random(seed)  # noqa: S311  nothing secret
        self.waiting = {}

    def say(self, subject: str, kind: str, **places: str) -> str:
        """The next text, such as `say("reasons", "hold")` or `say("letters", "warm", applicant=name)`."""
        waiting = self.waiting.setdefault((subject, kind), [])
        if not waiting:
            waiting += sources.texts("voices")[subject][kind]
            self.random.shuffle(waiting)
        return waiting.pop().format(**places)
