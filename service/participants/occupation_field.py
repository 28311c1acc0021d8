"""One occupation, chosen by the référent: a label or a code is taken, never a guess between several."""

from service.forms import Form
from service.reference.reading import WHOLE
from service.reference_pages.occupations import find_occupations, occupation_label


def one_occupation(form: Form, name: str, label: str) -> str | None:
    """One ROME code, chosen: a label or a code is taken, words that may mean several are asked again."""
    typed = form.text(name, label, longest=160)
    if not typed or name in form.faults:
        return None
    found = find_occupations(typed)
    exact = [one for one in found if one.weight == WHOLE]
    if len(exact) == 1:
        return exact[0].code
    near = " ; ".join(occupation_label(one.code) for one in (exact or found))
    form.fault(
        name,
        f"{label} : « {typed[:60]} » peut désigner plusieurs métiers. Écrivez l’un de : {near}."
        if near
        else f"{label} : aucun métier ne répond à « {typed[:60]} ». "
        "Essayez un mot plus courant, ou un code ROME.",
    )
    return None
