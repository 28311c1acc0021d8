"""What the pages of a participant show. A role that may not read a field has a Struct without it."""

from datetime import date

import msgspec

from matching.participant import Certificate, Licence
from service.listing import Listing
from service.parcours.timeline import Entry, OwnEntry, SpellLine, StepLine
from service.participants.choices import Pairs
from service.participants.eligibility import PeriodLine
from service.participants.tasks import Task
from service.participants.week_view import CareView
from service.pictures.week import WeekPicture


# --- the list -------------------------------------------------------------------------------------
class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A participant in a list of files that the reader may open."""

    id: str
    name: str
    commune: str
    state: str
    state_label: str
    referent: str
    entered_on: date | None
    last_contact: date | None
    next_contact: date | None
    last_step: date | None
    missing: bool


class ColleagueLine(msgspec.Struct, frozen=True, kw_only=True):
    """A participant of the same operator: identity and state only."""

    name: str
    commune: str
    state: str
    state_label: str
    referent: str


class Choice(msgspec.Struct, frozen=True):
    value: str
    label: str


class ListView(msgspec.Struct, frozen=True, kw_only=True):
    options: dict[str, Pairs]
    listing: Listing
    today: date
    rows: tuple[Line, ...]
    colleagues: tuple[ColleagueLine, ...]
    structure: bool
    referents: tuple[Choice, ...]


# --- the file -------------------------------------------------------------------------------------
class ProjectLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    wanted: tuple[str, ...]
    target: str
    conditions: tuple[str, ...]
    active: bool


class WantedChoice(msgspec.Struct, frozen=True):
    code: str
    label: str


class ToConfirm(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a project that may mean several occupations, the likeliest first."""

    project: str
    project_title: str
    text: str
    source: str
    choices: tuple[WantedChoice, ...]


class AnswerLine(msgspec.Struct, frozen=True):
    label: str
    answer: str


class ExperienceLine(msgspec.Struct, frozen=True):
    label: str
    months: int


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What every page about one participant opens with."""

    id: str
    name: str


class Eligible(msgspec.Struct, frozen=True, kw_only=True):
    """Eligible from… to…, without the ground."""

    starts_on: date
    ends_on: date | None


class SharedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A participant's file as the coordination reads it: no cause, no working note, no ground."""

    id: str
    name: str
    first_name: str
    last_name: str
    birth_name: str
    birth_date: date | None
    age: int | None
    sex: str
    commune: str
    spell: SpellLine
    spells: tuple[SpellLine, ...]
    name_shared_on: date | None
    projects: tuple[ProjectLine, ...]
    skills: tuple[str, ...] | None
    eligible: tuple[Eligible, ...]
    time_line: tuple[Entry, ...]
    today: date


class OwnFile(SharedFile, frozen=True, kw_only=True):
    """The file of a participant of her own caseload."""

    options: dict[str, Pairs]
    time_line: tuple[OwnEntry, ...]
    nationality: str
    qpv: str
    phone: str
    email: str
    france_travail_id: str
    street: str
    profile_known: bool
    profile_updated_on: date | None
    weeks: tuple[WeekPicture, ...]
    availability_known: bool
    care: CareView
    care_place: str
    drop_off_minutes: int
    pick_up_minutes: int
    modes: tuple[AnswerLine, ...]
    licences: tuple[Licence, ...] | None
    certificates: tuple[Certificate, ...] | None
    language: str
    physical: tuple[AnswerLine, ...]
    experience: tuple[ExperienceLine, ...] | None
    to_confirm: tuple[ToConfirm, ...]
    periods: tuple[PeriodLine, ...]
    next_contact: date | None
    last_contact: date | None
    tasks: tuple[Task, ...]
    ending: tuple[StepLine, ...]
    proposals_waiting: int


# --- forms ----------------------------------------------------------------------------------------
class AlikeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A known person who may be the one typed. `mine`: her file is open to the reader."""

    id: str
    name: str
    birth_date: date | None
    commune: str
    why: str
    standing: str
    may_open: bool
    mine: bool


class IdentityView(msgspec.Struct, frozen=True, kw_only=True):
    """`head` None: a new person. `alike` is told only once something was sent."""

    options: dict[str, Pairs]
    head: Head | None
    version: str
    alike: tuple[AlikeLine, ...]
    copied_from: str


class CareGrid(msgspec.Struct, frozen=True, kw_only=True):
    """One week of one child: field prefix, title, how many windows a day to draw."""

    prefix: str
    title: str
    slots: int


class ChildForm(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    label: str
    grids: tuple[CareGrid, ...]
    even: tuple[CareGrid, ...]


class ConstraintsView(msgspec.Struct, frozen=True, kw_only=True):
    """`told`: how much is answered, by subject; `opened`: what was typed comes back, to be seen whole."""

    options: dict[str, Pairs]
    head: Head
    version: str
    told: dict[str, str]
    opened: bool
    updated_on: date | None
    slots: int
    children: tuple[ChildForm, ...]
    rows: dict[str, int]


class ProjectView(msgspec.Struct, frozen=True, kw_only=True):
    options: dict[str, Pairs]
    head: Head
    version: str
    project_id: str
    fields: int


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    options: dict[str, Pairs]
    head: Head
    version: str
    step_id: str
    organisations: tuple[Choice, ...]


class SpellView(msgspec.Struct, frozen=True, kw_only=True):
    """`reopens`: the last spell is over, the form opens a new one."""

    options: dict[str, Pairs]
    head: Head
    version: str
    reopens: bool
    spells: tuple[SpellLine, ...]


class CriterionChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A ground that may be chosen, with the documents that prove it."""

    value: str
    label: str
    proofs: tuple[str, ...]
    needs_opinion: bool


class EligibilityView(msgspec.Struct, frozen=True, kw_only=True):
    head: Head
    today: date
    periods: tuple[PeriodLine, ...]
    choices: tuple[CriterionChoice, ...]
    months: int


class ReadingLine(msgspec.Struct, frozen=True, kw_only=True):
    at: str
    reader: str
    role: str
    organisation: str
    screen: str


class ReadingsView(msgspec.Struct, frozen=True, kw_only=True):
    head: Head
    listing: Listing
    rows: tuple[ReadingLine, ...]
