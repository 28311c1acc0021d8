"""Where an imported ROME lives: one folder a version under the data directory, and a file that names it.

    rome/CURRENT                 the name of the folder in use, replaced in one go
    rome/460-1a2b3c4d-…/stamp.json what it is, with the figures measured when it was fitted
    …/occupations/ skills/       arrays that every worker maps and shares (meaning_*: the extra `semantic`)
    …/links/                     which occupation asks for which skill
    …/tables.json                codes, contexts and mobilities

A running service notices a new import by CURRENT's date, without restarting.
"""

import fcntl
import shutil
import tempfile
from pathlib import Path
from secrets import token_hex

import msgspec
import numpy as np

from matching.lexicon import load_lexicon
from matching.similarity import Labels, Ranker
from matching.skills import SkillLinks
from matching.text_calibration import Calibration
from matching.text_metrics import Figures
from matching.text_model import Told
from matching.text_training import Fitted, fit_occupations
from service.reference.meanings import meaning_of
from service.reference.rome_archive import ArchiveError, RomeTables

# Raised when the arrays change shape: an older import is then ignored, and has to be run again.
FORMAT = 2


class Stamp(msgspec.Struct, frozen=True):
    """What an import holds; `sure`, `sure_right`: shares of unseen titles accepted alone, right ones."""

    format: int
    version: str
    fingerprint: str
    codes: int
    appellations: int
    skills: int
    contexts: int
    links: int
    mobilities: int
    figures: Figures
    sure: float
    sure_right: float


class Kept(msgspec.Struct, frozen=True):
    """The small tables, read whole: rows as in RomeTables; `code_contexts`: context ids of each code."""

    codes: list[tuple[str, str, str]]
    contexts: list[tuple[str, str, str]]
    code_contexts: dict[str, list[str]]
    mobilities: list[tuple[str, str, int]]


def rome_root(data_dir: Path) -> Path:
    return data_dir / "rome"


def current_folder(data_dir: Path) -> Path | None:
    """The folder of the import in use; None when there is none, or when it is of another format."""
    root = rome_root(data_dir)
    try:
        folder = root / (root / "CURRENT").read_text(encoding="utf-8").strip()
        stamp = read_stamp(folder)
    except (FileNotFoundError, NotADirectoryError, msgspec.MsgspecError):
        return None
    return folder if stamp.format == FORMAT else None


def read_stamp(folder: Path) -> Stamp:
    return msgspec.json.decode((folder / "stamp.json").read_bytes(), type=Stamp)


def read_kept(folder: Path) -> Kept:
    return msgspec.json.decode((folder / "tables.json").read_bytes(), type=Kept)


def store(tables: RomeTables, data_dir: Path, told: Told | None = None, jobs: int = -1) -> Stamp:
    """Fit the models and put the import in use, in one go; the one before stays on disk until the next.

    told(done, all) follows the fits. An import interrupted leaves the one in use untouched. Raises
    ArchiveError while another import runs: the lock goes with the process that holds it.
    """
    root = rome_root(data_dir)
    root.mkdir(parents=True, exist_ok=True)
    with (root / "LOCK").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveError("Un autre import du ROME est en cours : attendez qu’il se termine.") from None
        return _store(tables, data_dir, root, told, jobs)


def _store(tables: RomeTables, data_dir: Path, root: Path, told: Told | None, jobs: int) -> Stamp:
    name = f"{tables.version}-{tables.fingerprint[:8]}-{token_hex(4)}"
    with tempfile.TemporaryDirectory(dir=root, prefix=".making-") as making:
        work = Path(making) / name
        for part in ("occupations", "skills", "links"):
            (work / part).mkdir(parents=True)
        fitted = _store_occupations(tables, work / "occupations", told, jobs)
        _store_skills(tables, work, data_dir)
        stamp = _stamp(tables, fitted)
        (work / "stamp.json").write_bytes(msgspec.json.format(msgspec.json.encode(stamp)))
        before = current_folder(data_dir)
        work.rename(root / name)
    _put_in_use(root, name)
    for folder in root.glob("*-*"):  # former imports, and what one that was killed left half made
        if folder.is_dir() and folder not in (root / name, before):
            shutil.rmtree(folder, ignore_errors=True)
    return stamp


def _put_in_use(root: Path, name: str) -> None:
    waiting = root / "CURRENT.new"
    waiting.write_text(name + "\n", encoding="utf-8")
    waiting.replace(root / "CURRENT")


def _store_occupations(tables: RomeTables, folder: Path, told: Told | None, jobs: int) -> Fitted:
    codes = {code for code, _, _ in tables.codes}
    titles = [(code, label) for code, label, _ in tables.codes]
    lexicon = [(code, phrase) for phrase, code in load_lexicon() if code in codes]
    fitted = fit_occupations([*titles, *lexicon], tables.appellations, told, jobs)
    fitted.ranker.save(folder)
    fitted.calibration.save(folder)
    return fitted


def _store_skills(tables: RomeTables, work: Path, data_dir: Path) -> None:
    ranker = Ranker.build(Labels.of((one, label) for one, label, _ in tables.skills), senses=True)
    ranker.meaning = meaning_of(ranker.labels.texts, data_dir)
    ranker.save(work / "skills")
    Calibration.shipped().save(work / "skills")
    codes = [code for code, _, _ in tables.codes]
    ids = [one for one, _, _ in tables.skills]
    code_at = {code: at for at, code in enumerate(codes)}
    skill_at = {one: at for at, one in enumerate(ids)}
    links = [
        (code_at[code], skill_at[one], core == "Principale")
        for code, one, core in tables.links
        if one in skill_at
    ]
    columns = np.array(links, dtype=np.int32).reshape(-1, 3)
    SkillLinks(
        codes, ids, [label for _, label, _ in tables.skills],
        columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].astype(np.int8),
    ).save(work / "links")  # fmt: skip
    contexts = {one for one, _, _ in tables.contexts}
    of_code: dict[str, list[str]] = {}
    for code, one, _ in tables.links:
        if one in contexts:
            of_code.setdefault(code, []).append(one)
    kept = Kept(tables.codes, tables.contexts, of_code, tables.mobilities)
    (work / "tables.json").write_bytes(msgspec.json.encode(kept))


def _stamp(tables: RomeTables, fitted: Fitted) -> Stamp:
    return Stamp(
        format=FORMAT,
        version=tables.version,
        fingerprint=tables.fingerprint,
        codes=len(tables.codes),
        appellations=len(tables.appellations),
        skills=len(tables.skills),
        contexts=len(tables.contexts),
        links=len(tables.links),
        mobilities=len(tables.mobilities),
        figures=fitted.figures,
        sure=fitted.sure,
        sure_right=fitted.sure_right,
    )
