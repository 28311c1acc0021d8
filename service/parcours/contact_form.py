"""An interview or a call, typed: what the team may read, and what stays with the référent."""

from datetime import date

import msgspec

from service.forms import Form
from service.vocabulary import ContactKind

LONGEST_NOTE = 10_000


class ContactValues(msgspec.Struct, frozen=True, kw_only=True):
    kind: ContactKind
    on: date
    shared_note: str
    working_note: str
    next_on: date | None


def read_contact(form: Form, today: date) -> ContactValues:
    """All that was typed; safe to use only when the form has no fault."""
    on = form.day("on", "Date du contact", required=True) or today
    if on > today:
        form.fault("on", f"Date du contact : le {on:%d/%m/%Y} n’est pas encore passé.")
    next_on = form.day("next_on", "Prochain contact")
    if next_on is not None and next_on < on:
        form.fault("next_on", "Prochain contact : il précède ce contact-ci.")
    shared = form.text("shared_note", "Note partagée", longest=LONGEST_NOTE, lines=True)
    working = form.text("working_note", "Note de travail", longest=LONGEST_NOTE, lines=True)
    kind = form.choice("kind", "Nature du contact", ContactKind) or ContactKind.INTERVIEW
    return ContactValues(kind=kind, on=on, shared_note=shared, working_note=working, next_on=next_on)
