"""What each part of the two scores is called, and what it measures."""

FIT = {
    "occupation": ("Métier", "le métier du projet, ou un métier déjà exercé, est celui du poste"),
    "required_skills": ("Compétences demandées", "part des compétences demandées que la personne a"),
    "wished_skills": ("Compétences souhaitées", "part des compétences souhaitées que la personne a"),
    "transferable": ("Expérience transposable", "un métier déjà exercé est proche de celui du poste"),
    "experience": ("Expérience", "mois d’expérience dans le métier, sur ceux que demande le poste"),
    "language": ("Niveau de français", "niveau tenu, sur celui que demande le poste"),
}
WISH = {
    "trade": ("Métier voulu", "le poste est dans le métier que cherche la personne"),
    "hours": ("Durée hebdomadaire", "le poste est dans les heures souhaitées"),
    "travel": ("Trajet", "temps qui reste sous le trajet maximum accepté"),
    "wage": ("Salaire", "salaire offert, au regard du minimum souhaité"),
    "target": ("Pas vers le métier visé", "le poste rapproche du métier que la personne vise"),
}
MOST = 100
EMPTY = "Donnez au moins un poids au-dessus de zéro à chacune des deux notes."
SAME = "Ces poids sont déjà ceux en vigueur : il n’y a rien à enregistrer."
MOVED_SINCE = (
    "Les poids ont été changés entre-temps par quelqu’un d’autre : revoyez l’aperçu avec les poids "
    "en vigueur, puis enregistrez."
)
