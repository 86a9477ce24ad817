"""`station papers check`: a folder of descriptions validated, and what each of them finds on an image."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from station import paths
from station.dossier.kinds import OTHER
from station.dossier.reading import Box, Doubt, PageReading
from station.errors import ResourceError, StationError
from station.language import Language
from station.read_files import pages_in
from station.scan.papers.description import Papers
from station.scan.papers.extract import Extracted
from station.scan.papers.folder import load_papers, nameless_keys
from station.scan.papers.layout import box_of, text_of
from station.scan.papers.weighing import Weighing
from station.scan.reader import Reader

_NEAREST = 5
_WIDEST = 46


@dataclass(frozen=True)
class _Found:
    """A page's reading, and how its kind and fields came about; label boxes in pixels of the page."""

    reading: PageReading
    extracted: Extracted
    labels: tuple[Box | None, ...]


def check_papers(
    folder: Path | None, images: Sequence[Path], json: bool, out: TextIO, engine: str = "tesserocr"
) -> int:
    """Tell every mistake of the folder and, where there is none, what is found on the images; 1 if anything failed.

    Raises `ResourceError` where there is no such folder or it has no descriptions.
    """
    folder = folder or paths.resources() / "papers"
    if not folder.is_dir():
        raise ResourceError("resource.no_folder", file=str(folder))
    language = Language.load()
    problems: list[ResourceError] = []
    papers = load_papers(folder, problems)
    problems += nameless_keys(folder, papers, (language, Language.load("en")))
    language = language.with_sentences(papers.kinds.sentences(language.name))
    _tell_folder(folder, papers, problems, language, json=json, out=out)
    if problems:
        return 1
    failed = False
    reader = Reader(paths.resources() / "models", engine, papers) if images else None
    for file in images:
        assert reader is not None  # noqa: S101
        try:
            for number, content in enumerate(pages_in(file), 1):
                found = _read(reader, content)
                if json:
                    _write(out, _as_json(file, number, found, papers))
                else:
                    out.write(language("papers.page", file=file, page=number) + "\n")
                    out.writelines(f"{line}\n" for line in _for_people(found, papers, language))
        except StationError as error:
            failed = True
            message = str(language.error(error))
            if json:
                _write(out, {"file": str(file), "error": {"code": error.code, "message": message}})
            else:
                out.write(language("read.failed", file=file, reason=message) + "\n")
    return 1 if failed else 0


def _read(reader: Reader, content: bytes) -> _Found:
    seen: list[tuple[Extracted, tuple[Box | None, ...]]] = []
    reading = reader.read(
        content,
        watch=lambda found, on_page: seen.append(
            (found, tuple(on_page(box_of(one.label)) if one.label else None for one in found.weighings))
        ),
    )
    return _Found(reading, *seen[-1])


def _tell_folder(
    folder: Path, papers: Papers, problems: Sequence[ResourceError], language: Language, *, json: bool, out: TextIO
) -> None:
    if json:
        told = [{"code": error.code, **error.parameters, "message": str(language.error(error))} for error in problems]
        _write(out, {"folder": str(folder), "kinds": list(papers.kinds), "problems": told})
        return
    if not problems:
        out.write(language("papers.good", folder=folder, count=len(papers.papers)) + "\n")
        return
    out.write(language("papers.problems", folder=folder, count=len(problems)) + "\n")
    for error in problems:
        text = language.error(error)
        out.write(language("papers.problem", sentence=text.sentence, remedy=text.remedy) + "\n")
    out.write(language("papers.mend_first") + "\n")


def _as_json(file: Path, number: int, found: _Found, papers: Papers) -> dict[str, Any]:
    fields = []
    for weighing, label in zip(found.extracted.weighings, found.labels, strict=True):
        field = _final(weighing, found.reading)
        fields.append(
            {
                "key": weighing.rule.key,
                "label": text_of(weighing.label),
                "label_box": list(label) if label else None,
                "reads": list(weighing.reads),
                "value": field.value if field else None,
                "status": field.status.value if field else None,
                "doubt": field.doubt.value if field and field.doubt else None,
                "others": list(field.others) if field else [],
                "box": list(field.box) if field and field.box else None,
            }
        )
    return {
        "file": str(file),
        "page": number,
        "kind": found.reading.kind,
        "kind_confidence": found.reading.kind_confidence,
        "descriptions": [
            {
                "kind": fit.kind,
                "score": round(fit.confidence, 3),
                "title": round(fit.title, 3),
                "title_whole": fit.intact,
                "labels": list(fit.labels),
                "own_labels": list(fit.own),
            }
            for fit in found.extracted.fits
        ],
        "fields": fields,
        "missing": [key for key, _ in _missing(found, papers)],
    }


def _for_people(found: _Found, papers: Papers, language: Language) -> Iterator[str]:
    head = [language(f"papers.column.{name}") for name in ("kind", "score", "title", "labels", "own")]
    rows = [
        [fit.kind, f"{fit.confidence:.2f}", f"{fit.title:.2f}", str(len(fit.labels)), str(len(fit.own))]
        for fit in found.extracted.fits[:_NEAREST]
    ]
    yield from _table(head, rows)
    yield _why(found, language)
    head = [language(f"papers.column.{name}") for name in ("field", "label", "reads", "value", "status", "doubt")]
    rows = []
    for weighing, label in zip(found.extracted.weighings, found.labels, strict=True):
        field = _final(weighing, found.reading)
        handwritten = field is not None and field.doubt is Doubt.HANDWRITTEN
        place = f"«{text_of(weighing.label)}» ({label[0]}, {label[1]})" if label else language("papers.unlabelled")
        reads = " | ".join(dict.fromkeys(weighing.reads))
        rows.append(
            [
                weighing.rule.key,
                place,
                reads or language("papers.handwritten" if handwritten else "papers.blank"),
                field.value if field else "",
                language(f"read.{field.status}") if field else "",
                language(f"papers.doubt.{field.doubt}") if field and field.doubt else "",
            ]
        )
    for key, optional in _missing(found, papers):
        said = language("papers.missing_optional" if optional else "papers.missing")
        rows.append([key, language("papers.unlabelled"), "", "", said, ""])
    yield from _table(head, rows)
    yield ""


def _why(found: _Found, language: Language) -> str:
    kind, fits = found.extracted.kind, found.extracted.fits
    fit = next((fit for fit in fits if fit.kind == kind), None)
    if kind == OTHER or fit is None:
        nearest = fits[0]
        return language(
            "papers.chosen_none",
            kind=language(f"kind.{kind}"),
            nearest=language(f"kind.{nearest.kind}"),
            confidence=f"{nearest.confidence:.2f}",
        )
    way = "chosen_labels" if not fit.title else "chosen_title" if fit.intact else "chosen_damaged"
    return language(
        f"papers.{way}",
        kind=language(f"kind.{kind}"),
        confidence=f"{found.extracted.kind_confidence:.2f}",
        title=f"{fit.title:.0%}",
        labels=len(fit.labels),
        own=len(fit.own),
    )


def _final(weighing: Weighing, reading: PageReading) -> Any:
    """The field as the page's reading has it, after seals and codes were heard."""
    if weighing.field is None:
        return None
    same_place = (field for field in reading.fields if field.key == weighing.rule.key and field.source == "ocr")
    return next(same_place, weighing.field)


def _missing(found: _Found, papers: Papers) -> list[tuple[str, bool]]:
    """The keys of the kind whose label or place is not on the page, and whether they are optional."""
    paper = papers.get(found.extracted.kind)
    seen = {weighing.rule.key for weighing in found.extracted.weighings if weighing.label or weighing.reads}
    asked = {rule.key: rule.optional for rule in (paper.rules if paper else ()) if rule.key}
    return [(key, optional) for key, optional in asked.items() if key not in seen]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cut = [[_cut(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[at]) for row in cut) for at in range(len(head))]
    for number, row in enumerate(cut):
        yield ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        if number == 0:
            yield "  " + "  ".join("-" * width for width in widths)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _write(out: TextIO, told: dict[str, Any]) -> None:
    out.write(json_format.dumps(told, ensure_ascii=False) + "\n")
    out.flush()
