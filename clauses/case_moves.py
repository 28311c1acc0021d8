"""The decisions of a case that take no hours: visa, examination, return, rejection, taking back."""

from datetime import datetime

from clauses.case_model import Decide
from clauses.decision import give_back, give_visa, recall, reject, take_up
from clauses.declaration import Declaration
from clauses.errors import Refused

AUTHOR = "facilitateur"


def moved(act: Decide, version: Declaration, at: datetime, *, visa_given: bool) -> Declaration | Refused:
    """`visa_given`: where the version waits for no visa, it was sent for one."""
    match act.what:
        case "viser":
            return give_visa(version)
        case "examiner":
            return take_up(version)
        case "reprendre":
            return recall(version, version.author_id, at, visa_given=visa_given)
        case "rendre":
            return give_back(version, AUTHOR, at, act.reason)
        case _:
            return reject(version, AUTHOR, at, act.reason)
