"""`station procedures`: a folder of procedures validated, and what is new in one version against another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from station import paths
from station.catalogue.editable import EditableResources
from station.catalogue.known_versions import KnownVersions
from station.catalogue.procedures import Procedures
from station.clock import SystemClock
from station.dossier.kinds import PaperKinds
from station.dossier.procedure_changes import changes
from station.errors import ResourceError
from station.language import Language
from station.paths import DataFolder
from station.scan.papers.folder import load_papers
from station.ui.procedure_words import change_words, day_words


def check_procedures(folder: Path | None, out: TextIO) -> int:
    """Tell every mistake of the folder, or how many procedures it holds; 1 if there are mistakes.

    Raises `ResourceError` where there is no such folder or it has no procedures.
    """
    folder = folder or paths.resources() / "procedures"
    if not folder.is_dir():
        raise ResourceError("resource.no_folder", file=str(folder))
    language = Language.load()
    problems: list[ResourceError] = []
    procedures = Procedures(folder, _kinds(), problems)
    if not problems:
        out.write(language("procedures.good", folder=folder, count=len(procedures.texts)) + "\n")
        return 0
    out.write(language("procedures.problems", folder=folder, count=len(problems)) + "\n")
    for error in problems:
        text = language.error(error)
        out.write(language("procedures.problem", sentence=text.sentence, remedy=text.remedy) + "\n")
    return 1


def compare_versions(code: str, old: str, new: str, folder: Path | None, data: DataFolder, out: TextIO) -> int:
    """Tell what changed between two versions of a procedure; of a folder, or of all that this station knows.

    Raises `RuleError("dossier.no_such_procedure")` for a version that is not there.
    """
    language, kinds = Language.load(), _kinds()
    procedures = Procedures(folder, kinds) if folder else _of_station(data, kinds)
    before, after = procedures.get(code, old), procedures.get(code, new)
    told = language("procedures.diff", code=code, name=after.name, old=day_words(old), new=day_words(new))
    out.write(f"{told}\n")
    sentences = [change_words(language, change) for change in changes(before, after)]
    out.writelines(f"- {sentence}\n" for sentence in sentences or [language("procedure.no_news")])
    return 0


def _of_station(data: DataFolder, kinds: PaperKinds) -> Procedures:
    """What this station would start with, and what it has used before; nothing is written."""
    older: Mapping[str, str] = KnownVersions(data.last_good / "procedure_versions.json", _write_nothing).texts()
    editable = EditableResources(paths.resources(), data.resources, data.last_good, _write_nothing, SystemClock().now)
    return editable.load("procedures", lambda place: Procedures(place, kinds, older=older))


def _write_nothing(_file: Path, _content: bytes) -> None:
    return


def _kinds() -> PaperKinds:
    return load_papers(paths.resources() / "papers").kinds
