"""Two people on one edit page: the second to send is told, with all that she typed still there.

The page carries a digest of what it showed; the act compares it, under lock, with what is stored by then.
For forms that show every field they write; participants' records compare whole rows (participants.versions).
"""

import hashlib

import msgspec

from service.forms import Form
from service.participants.versions import CHANGED

VERSION = "version"


def digest(stored: Form) -> str:
    shown = {name: stored.raw_list(name) for name in stored.names() if name != VERSION}
    return hashlib.sha256(msgspec.json.encode(shown, order="sorted")).hexdigest()[:16]


def with_version(stored: Form) -> Form:
    """The form to edit, with the digest of what is stored."""
    return _over(stored, stored)


def overtaken(form: Form, stored: Form) -> Form | None:
    """What was typed, with a fault that tells it, when another save came first; None when none did.

    Sent again as it is, it replaces: its digest is then the newer one. A form without a digest is accepted.
    """
    if form.raw(VERSION) in ("", digest(stored)):
        return None
    again = _over(form, stored)
    again.fault("", CHANGED)
    return again


def _over(form: Form, stored: Form) -> Form:
    return Form.of({**{name: form.raw_list(name) for name in form.names()}, VERSION: digest(stored)})
