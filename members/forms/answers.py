"""The form of one page of an application, made from the page's questions."""

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from members.choices.questions import Question, Shape
from members.kernel.lines import one_line
from members.kernel.widgets import HintedCheckboxes, HintedRadios
from members.queries import answers, options
from members.rules.answers import basis_of

EMPTY = [("", _("Choose"))]


class AnswersForm(forms.Form):
    """The questions of a page. What is wrong with an answer is decided by `rules.answers` alone, not by the fields.

    `basis` says on which saved answers the form is filled; sent along, it lets a stale window overwrite nothing.
    """

    use_required_attribute = False

    def __init__(self, application, step, *, on, data=None):
        self.application, self.step, self.on = application, step, on
        self.questions = answers.questions_of(application, step)
        self.saved = answers.saved(application, step)
        given = data if data is not None else self._given()
        super().__init__(given, initial=answers.prefilled(application, step))
        self.is_sent = data is not None
        self.basis = basis_of(self.saved)
        self.lists = options.lists(question.options for question in self.questions)
        for question in self.questions:
            self.fields[question.name] = field_of(question, self.lists.get(question.options, []))

    def _given(self) -> MultiValueDict | None:
        """What was saved before, as if it had just been sent; nothing for a page that was never saved."""
        if self.step not in self.application.answers:
            return None
        renamed = options.renamed({question.options for question in self.questions})
        listed = {name: value if isinstance(value, list) else [value] for name, value in self.saved.items()}
        answered = {question.name for question in self.questions if question.options in options.GOVERNED}
        now = {name: [renamed.get(code, code) for code in listed[name]] for name in answered & listed.keys()}
        return MultiValueDict(listed | now)

    def values(self) -> dict[str, str | list[str]]:
        """The answers as typed, without blanks around them and signs that no text holds; a line is one line."""
        typed = {}
        for question in self.questions:
            if question.shape == Shape.SEVERAL:
                typed[question.name] = [plain(value) for value in self.data.getlist(question.name) if value]
            else:
                tidied = one_line if question.shape == Shape.LINE else plain
                typed[question.name] = tidied(self.data.get(question.name) or "")
        return typed

    def full_clean(self):
        """Ask the rules what is wrong. On a page that is only looked at again, what is still empty is no error."""
        self._errors = ErrorDict(renderer=self.renderer)
        if not self.is_bound:
            return
        self.cleaned_data = self.values()
        codes = {name: {option.value for option in entries} for name, entries in self.lists.items()}
        found = answers.problems_of(self.application, self.step, self.cleaned_data, on=self.on, codes=codes)
        for problem in found:
            if self.is_sent or problem.code != "missing":
                self.add_error(problem.field, problem.message)


def plain(text: str) -> str:
    """Text without NUL, which no database holds, with one kind of line end, and without blanks around it."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


# --- One field for each shape -------------------------------------------------------------------------------------


def field_of(question: Question, entries: list[options.Option]) -> forms.Field:
    """The field that draws a question. Its limits are the rules', so it has none of its own but what it shows."""
    made = MAKERS[question.shape](question, entries)
    made.unmarked = question.unmarked
    return made


def _words(question: Question) -> dict:
    return {"label": question.label, "help_text": question.help, "required": question.required}


def _line(question, entries):
    attributes = {"autocomplete": question.autocomplete or "off"}
    return forms.CharField(**_words(question), widget=forms.TextInput(attrs=attributes))


def _address(question, entries):
    attributes = {"autocomplete": question.autocomplete or "off", "inputmode": "url"}
    return forms.CharField(**_words(question), widget=forms.TextInput(attrs=attributes))


def _text(question, entries):
    shown = _words(question)
    if question.words:
        limit = _("At most {most} words.").format(most=question.words)
        shown["help_text"] = f"{question.help} {limit}" if question.help else limit
    rows = 10 if question.words > 250 else 6
    return forms.CharField(**shown, widget=forms.Textarea(attrs={"rows": rows}))


def _choice(question, entries):
    hints = {entry.value: entry.hint for entry in entries if entry.hint}
    choices = [(entry.value, entry.label) for entry in entries]
    return forms.ChoiceField(**_words(question), choices=choices, widget=HintedRadios(hints=hints))


def _listed(question, entries):
    choices = EMPTY + [(entry.value, entry.label) for entry in entries]
    attributes = {"autocomplete": question.autocomplete} if question.autocomplete else {}
    return forms.ChoiceField(**_words(question), choices=choices, widget=forms.Select(attrs=attributes))


def _several(question, entries):
    return forms.MultipleChoiceField(**_words(question), choices=grouped(entries), widget=HintedCheckboxes())


def grouped(entries: list[options.Option]) -> list:
    """Choices as Django draws them, under their headings where they have some."""
    choices, headings = [], {}
    for entry in entries:
        if not entry.group:
            choices.append((entry.value, entry.label))
        elif entry.group in headings:
            headings[entry.group].append((entry.value, entry.label))
        else:
            headings[entry.group] = [(entry.value, entry.label)]
            choices.append((entry.group, headings[entry.group]))
    return choices


def _tick(question, entries):
    shown = _words(question) | {"label": str(question.label).rstrip(".")}
    return forms.BooleanField(**shown)


MAKERS = {
    Shape.LINE: _line,
    Shape.ADDRESS: _address,
    Shape.TEXT: _text,
    Shape.CHOICE: _choice,
    Shape.LISTED: _listed,
    Shape.SEVERAL: _several,
    Shape.TICK: _tick,
}
