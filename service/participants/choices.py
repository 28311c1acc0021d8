"""What may be chosen in the forms of a participant: (value, French label), in the order of the screen."""

from matching.french import MODE_NAMES, upper_first
from matching.reasons import DEMANDS, EMPLOYMENT_KINDS
from matching.terms import LanguageLevel
from service.participants.care_form import RHYTHMS, STATES
from service.participants.constraint_form import LICENCES, MODES
from service.vocabulary import ContactKind, Labelled, Sex, SpellState, StepKind, StepState

Pairs = tuple[tuple[str, str], ...]

ANSWERS: Pairs = (("yes", "Oui"), ("no", "Non"), ("unknown", "Non exploré"))
# The « can do » scale of the Council of Europe in a few words (CEFR, 2001).
LANGUAGE_WORDS = {
    LanguageLevel.A1: "quelques mots et phrases simples",
    LanguageLevel.A2: "échanges simples du quotidien",
    LanguageLevel.B1: "se débrouille dans la plupart des situations",
    LanguageLevel.B2: "à l’aise, comprend des textes de travail",
    LanguageLevel.C1: "s’exprime spontanément, écrit bien",
    LanguageLevel.C2: "comme une personne dont c’est la langue",
}


def labelled(kind: type[Labelled]) -> Pairs:
    return tuple((one.value, one.label) for one in kind)


IDENTITY: dict[str, Pairs] = {
    "sex": tuple(pair for pair in labelled(Sex) if pair[0] != Sex.UNKNOWN.value),
    "state": labelled(SpellState),
}
CONSTRAINTS: dict[str, Pairs] = {
    "answers": ANSWERS,
    "modes": tuple((mode.value, upper_first(MODE_NAMES[mode])) for mode in MODES),
    "physical": tuple((one.value, upper_first(text)) for one, text in DEMANDS.items()),
    "licences": tuple((code, code) for code in LICENCES),
    "language": tuple((one.value, f"{one.value}, {text}") for one, text in LANGUAGE_WORDS.items()),
    "care": (
        ("unknown", "Non exploré"),
        ("no_need", "Aucune garde à prévoir pendant le travail"),
        ("windows", "Un ou plusieurs enfants à faire garder"),
    ),
    "care_where": (
        ("unknown", "Non exploré"),
        ("home", "À la maison"),
        ("place", "À un autre endroit (crèche, assistante maternelle, école…)"),
    ),
    "rhythms": RHYTHMS,
    "care_states": STATES,
}
PROJECT: dict[str, Pairs] = {
    "employment_kinds": tuple((one.value, upper_first(text)) for one, text in EMPLOYMENT_KINDS.items())
}
STEP: dict[str, Pairs] = {
    "kind": tuple(pair for pair in labelled(StepKind) if pair[0] != StepKind.CLAUSE.value),
    "state": labelled(StepState),
}
CONTACT: dict[str, Pairs] = {"kind": labelled(ContactKind)}
LIST: dict[str, Pairs] = {"state": labelled(SpellState)}
