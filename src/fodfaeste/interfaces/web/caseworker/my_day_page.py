"""The page *Min dag*: lines put into sections and into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.contacts.queries import KINDS
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web.caseworker.my_day_choice import FEW, MORE, OWERS, Choice
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section, due_first
from fodfaeste.interfaces.wording import Words, status_text
from fodfaeste.reasoning import Status
from fodfaeste.rulebook import Rulebook


@dataclass(frozen=True)
class Row:
    """One line as it is read. ``more`` counts other rules about the same request."""

    id: str
    name: str
    phone: str
    citizen: str
    what: str
    wish: str
    ref: str
    day: str
    far: str
    late: bool
    progress: str
    why: str
    register: str
    more: int = 0


@dataclass(frozen=True)
class Part:
    """A section of the page: its rows as far as they are shown, how many there are, and the address that shows more."""

    slug: str
    title: str
    about: str
    number: int
    rows: tuple[Row, ...]
    more: str
    fewer: str
    left: int


@dataclass(frozen=True)
class Meeting:
    """An appointment of the day."""

    at: datetime
    name: str
    phone: str
    citizen: str
    form: str
    place: str
    held: bool
    register: str


@dataclass(frozen=True)
class Ower:
    """A choice of whose duties are shown."""

    label: str
    number: int
    address: str
    chosen: bool


_PRESSING = (Section.ASKED.value, Section.DUE.value)


@dataclass(frozen=True)
class Page:
    """Everything *Min dag* shows."""

    day: str
    cases: int
    meetings: tuple[Meeting, ...]
    forgotten: tuple[Meeting, ...]
    parts: tuple[Part, ...]
    citizens: tuple[tuple[str, str, tuple[Row, ...]], ...]
    citizens_left: int
    late: int
    asked: int
    kinds: tuple[tuple[str, str, int], ...]
    owers: tuple[Ower, ...]
    more_citizens: str

    @property
    def calm(self) -> bool:
        """Whether nothing of what was chosen is asked for or due."""
        return not self.citizens and not any(one.number for one in self.parts if one.slug in _PRESSING)


class Composer:
    """Puts a day together. ``lines`` are the lines of each course by its id."""

    def __init__(
        self,
        courses: Sequence[Course],
        lines: Mapping[int, Sequence[Line]],
        book: Rulebook,
        words: Words,
        day: date,
        choice: Choice,
    ) -> None:
        self.courses = {course.pk: course for course in courses}
        self.book, self.words, self.day, self.choice = book, words, day, choice
        self.lines = [line for course in courses for line in lines.get(course.pk, ())]
        self.chosen = [line for line in self.lines if choice.takes(line)]

    def page(self, appointments: Sequence[Appointment], forgotten: Sequence[Appointment]) -> Page:
        """The whole page."""
        by_section = {section: [one for one in self.chosen if one.section == section] for section in Section}
        groups = self._by_citizen(by_section) if self.choice.citizen else []
        number = self.choice.number or FEW
        return Page(
            day=day_in_words(self.day, self.day),
            cases=len(self.courses),
            meetings=tuple(self._meeting(one) for one in appointments),
            forgotten=tuple(self._meeting(one) for one in forgotten),
            parts=tuple(
                self._part(section, by_section[section])
                for section in Section
                if not (self.choice.citizen and section in (Section.ASKED, Section.DUE))
            ),
            citizens=tuple(groups[:number]),
            citizens_left=max(len(groups) - number, 0),
            late=sum(line.late for line in by_section[Section.DUE]),
            asked=len({(line.course, line.asked_on, line.wish) for line in by_section[Section.ASKED]}),
            kinds=tuple(self._kinds()),
            owers=tuple(self._owers()),
            more_citizens=self.choice.address(number=number + FEW),
        )

    def _owers(self) -> list[Ower]:
        """Whose duties can be shown, with how many of them are asked for or due."""
        due = [line for line in self.lines if line.section in (Section.ASKED, Section.DUE)]
        names = {
            "kommune": _("Kommunens pligter"),
            "borger": _("Borgernes"),
            "andre": _("A-kassers og andres"),
            "alle": _("Alles"),
        }
        return [
            Ower(
                label=names[who],
                number=sum(replace(self.choice, who=who).takes_owner(line) for line in due),
                address=self.choice.address(who=who, kind="", open="", number=0),
                chosen=who == self.choice.who,
            )
            for who in OWERS
        ]

    def _kinds(self) -> list[tuple[str, str, int]]:
        """What can be asked to see alone: kinds of what must be done, with how often it is due."""
        due = (Section.ASKED, Section.DUE)
        counts = Counter(
            one.done_by for one in self.lines if one.done_by and one.section in due and self.choice.takes_owner(one)
        )
        named = [(kind, self.words.kind(kind), number) for kind, number in counts.items()]
        return sorted(named, key=lambda one: (-one[2], one[1]))

    # -- sections ------------------------------------------------------------------------------------------------

    def _part(self, section: Section, lines: Sequence[Line]) -> Part:
        if section == Section.WAITING:
            return self._waiting(lines)
        grouped = _requests(lines) if section == Section.ASKED else [[line] for line in due_first(lines)]
        shown = self._shown(section, len(grouped))
        return self._made(section, len(grouped), [self._row(*group) for group in grouped[:shown]])

    def _shown(self, section: Section, number: int) -> int:
        """How many rows are shown; on paper all that presses and nothing else."""
        if self.choice.paper:
            return number if section.value in _PRESSING else 0
        return self.choice.shown(section)

    def _waiting(self, lines: Sequence[Line]) -> Part:
        """One row for each citizen: how many rules wait for something that is not known."""
        by_course = Counter(line.course for line in lines)
        order = sorted(by_course, key=lambda pk: (-by_course[pk], self.courses[pk].citizen.name))
        shown = order[: self._shown(Section.WAITING, len(order))]
        return self._made(Section.WAITING, len(order), [self._waiting_row(pk, by_course[pk]) for pk in shown])

    def _waiting_row(self, pk: int, number: int) -> Row:
        citizen = self.courses[pk].citizen
        what = ngettext(
            "%(number)d regel venter på noget, der ikke er oplyst",
            "%(number)d regler venter på noget, der ikke er oplyst",
            number,
        ) % {"number": number}
        address = self._citizen(pk)
        return Row(f"v{pk}", citizen.name, citizen.phone, address, what, "", "", "", "", False, "", "", "")

    def _made(self, section: Section, number: int, rows: Sequence[Row]) -> Part:
        left = number - len(rows)
        opened = self.choice.open == section.value
        wanted = len(rows) + (MORE if rows else FEW)
        return Part(
            slug=section.value,
            title=_titles()[section][0],
            about=_titles()[section][1],
            number=number,
            rows=tuple(rows),
            more=self.choice.address(open=section.value, number=wanted) if left else "",
            fewer=self.choice.address(open="", number=0) if opened else "",
            left=left,
        )

    def _by_citizen(self, by_section: Mapping[Section, Sequence[Line]]) -> list[tuple[str, str, tuple[Row, ...]]]:
        """The citizens with anything asked for or due, the most urgent first, each with her lines."""
        groups: dict[int, list[list[Line]]] = {}
        for group in _requests(by_section[Section.ASKED]):
            groups.setdefault(group[0].course, []).append(group)
        for line in due_first(by_section[Section.DUE]):
            groups.setdefault(line.course, []).append([line])
        order = sorted(groups, key=lambda pk: min(_urgency(group[0]) for group in groups[pk]))
        return [
            (self.courses[pk].citizen.name, self._citizen(pk), tuple(self._row(*group) for group in groups[pk]))
            for pk in order
        ]

    # -- rows ----------------------------------------------------------------------------------------------------

    def _row(self, line: Line, *others: Line) -> Row:
        citizen = self.courses[line.course].citizen
        norm = self.book.norms[line.norm]
        day, far = self._when(line)
        return Row(
            id=f"{line.course}-{line.norm.replace('.', '-')}-{line.number}",
            name=citizen.name,
            phone=citizen.phone,
            citizen=self._citizen(line.course),
            what=self.words.norm(line.norm),
            wish=self._wish(line),
            ref=norm.ref,
            day=day,
            far=far,
            late=line.late,
            progress=self._progress(line),
            why=self._why(line),
            register=self._register(line),
            more=len(others),
        )

    def _when(self, line: Line) -> tuple[str, str]:
        """The day in words, and how far it is."""
        if line.section == Section.LATER and line.start is not None:
            return _("begynder %(day)s") % {"day": day_in_words(line.start, self.day)}, far_in_words(
                line.start, self.day
            )
        if line.status == Status.BREACHED:
            return status_text(line.status, self.words), ""
        if line.due is None and line.asked_on is not None:
            unset = line.status == Status.UNKNOWN
            return _("sidste dag er ikke fastsat") if unset else _("loven nævner ingen dag"), waited(
                line.asked_on, self.day
            )
        if line.due is None:
            return "", ""  # the heading says so
        return day_in_words(line.due, self.day), far_in_words(line.due, self.day)

    def _wish(self, line: Line) -> str:
        if line.asked_on is None:
            return ""
        when = day_in_words(line.asked_on, self.day)
        if line.wish is None:
            return _("Har bedt om noget %(day)s") % {"day": when}
        type_, word = line.wish
        return _("Har bedt om %(wish)s %(day)s") % {"wish": self.words.value(word, type_), "day": when}

    def _progress(self, line: Line) -> str:
        if line.required is None or line.required < 2 or line.count is None:
            return ""
        return held_text(line.count, line.required)

    def _citizen(self, pk: int) -> str:
        return reverse("caseworker:citizen", args=[self.courses[pk].citizen.reference])

    def _why(self, line: Line) -> str:
        address = reverse("caseworker:why", args=[self.courses[line.course].citizen.reference, line.norm])
        return f"{address}?nr={line.number}" if line.number else address

    def _register(self, line: Line) -> str:
        """Where the conversation that settles the line is registered; nothing when no conversation does."""
        if line.done_by not in KINDS or line.owed_by != "kommune" or line.section == Section.LATER:
            return ""
        address = reverse("caseworker:conversation", args=[self.courses[line.course].citizen.reference])
        return f"{address}?{urlencode({'slags': line.done_by})}"

    def _meeting(self, one: Appointment) -> Meeting:
        citizen = one.course.citizen
        address = reverse("caseworker:conversation", args=[citizen.reference])
        return Meeting(
            at=timezone.localtime(one.at),
            name=citizen.name,
            phone=citizen.phone,
            citizen=reverse("caseworker:citizen", args=[citizen.reference]),
            form=one.get_form_display(),
            place=one.place,
            held=one.held_id is not None,
            register=f"{address}?{urlencode({'aftale': one.pk})}",
        )


def _requests(lines: Sequence[Line]) -> list[list[Line]]:
    """What the same person asked for on the same day is one row, the most urgent rule first; the oldest wish on top."""
    groups: dict[tuple[int, date | None, tuple[str, str] | None], list[Line]] = {}
    for line in sorted(lines, key=_urgency):
        groups.setdefault((line.course, line.asked_on, line.wish), []).append(line)
    return sorted(groups.values(), key=lambda group: _urgency(group[0]))


def _urgency(line: Line) -> tuple[date, date, bool, str]:
    return (line.due or date.max, line.asked_on or date.max, line.status == Status.UNKNOWN, line.norm)


def _titles() -> dict[Section, tuple[str, str]]:
    return {
        Section.ASKED: (_("Det borgere har bedt om"), ""),
        Section.DUE: (_("Forfalder"), ""),
        Section.NO_DAY: (
            _("Uden sidste dag"),
            _("Loven kræver det, men nævner ingen sidste dag, eller den kendes ikke endnu."),
        ),
        Section.BREACHED: (_("Krav, der ikke er overholdt"), _("Der kan stadig gøres noget ved dem.")),
        Section.MISSED: (_("Kan ikke længere nås"), _("Krav til noget, der er sket eller slut. Intet kan gøres nu.")),
        Section.WAITING: (_("Venter på viden"), _("Det kan ikke afgøres, hvad loven kræver, før mere er oplyst.")),
        Section.LATER: (_("Senere"), _("Begynder en dag, der ikke er kommet endnu.")),
    }


def day_in_words(day: date, today: date) -> str:
    """``mandag 23. november``; with the year when it is another one."""
    form = _("l j. F") if day.year == today.year else _("l j. F Y")
    return date_format(day, form)


def held_text(done: int, needed: int) -> str:
    """How many conversations the law asks are held; more than it asks is told as such."""
    if done > needed:
        return _("%(done)d holdt, %(needed)d kræves") % {"done": done, "needed": needed}
    return _("%(done)d af %(needed)d holdt") % {"done": done, "needed": needed}


def waited(since: date, today: date) -> str:
    """How long somebody has waited: *siden i dag*, *ventet 4 dage*."""
    n = (today - since).days
    return ngettext("ventet %(n)d dag", "ventet %(n)d dage", n) % {"n": n} if n else _("bedt om i dag")


def far_in_words(day: date, today: date) -> str:
    """How far a last day lies from today: *i dag*, *i morgen*, *om 5 dage*, *16 dage over*."""
    n = (day - today).days
    if n == 0:
        return _("i dag")
    if n == 1:
        return _("i morgen")
    if n > 0:
        return ngettext("om %(n)d dag", "om %(n)d dage", n) % {"n": n}
    return ngettext("%(n)d dag over", "%(n)d dage over", -n) % {"n": -n}
