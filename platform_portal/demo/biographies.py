"""Short biographies, put together from sentences by field of expertise, so that no two are alike."""

from random import Random

from django_countries import countries

from platform_portal.demo import sources

WITH_DETAIL = 0.8
"""The share of biographies that end with a detail."""
REMARK = "Fictional, for the demonstration."
IN_PROSE = {
    "CD": "the Democratic Republic of the Congo",
    "CF": "the Central African Republic",
    "CI": "Côte d'Ivoire",
    "GB": "the United Kingdom",
    "LA": "Laos",
    "MD": "Moldova",
    "NL": "the Netherlands",
    "PH": "the Philippines",
    "PS": "Palestine",
    "SB": "the Solomon Islands",
    "SY": "Syria",
    "US": "the United States",
}
"""Countries whose official names do not read well in a sentence."""


def country_in_prose(code: str) -> str:
    return IN_PROSE.get(code) or str(countries.name(code))


class Biographer:
    """Writes biographies of two or three sentences. Takes the sentence it has used least, so that few come twice."""

    def __init__(self, random: Random):
        self.random = random
        self.used = {}

    def write(self, *, area: str, country: str, field: str = "", before: str = "") -> str:
        """One biography. `area` is a key of the file of sentences; `before` stands in for its sentences on the past."""
        parts = sources.texts("biographies")[area]
        chosen = [self._least_used(parts["now"]), before or self._least_used(parts["before"])]
        if self.random.random() < WITH_DETAIL:
            chosen.append(self._least_used(parts["detail"]))
        text = " ".join(chosen).format(country=country_in_prose(country), field=field)
        if text in self.used:
            return self.write(area=area, country=country, field=field, before=before)
        self.used[text] = 1
        return f"{text} {REMARK}"

    def _least_used(self, sentences: list[str]) -> str:
        fewest = min(self.used.get(sentence, 0) for sentence in sentences)
        sentence = self.random.choice([each for each in sentences if self.used.get(each, 0) == fewest])
        self.used[sentence] = fewest + 1
        return sentence
