"""A plain script that counts tables 二, 三 and 四 anew from exported rows. It knows nothing of the software it checks.

`python recount.py LEDGER.csv DOCUMENTS.csv CHANGES.csv FIGURES.csv AGENCY YEAR` prints every cell that is not 0.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

Row = dict[str, str]
CLOSING = ("answered", "ended", "withdrawn", "transferred", "merged")
FIGURES = {"permits": "行政许可", "penalties": "行政处罚", "coercive_measures": "行政强制"}


def rows_of(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text)))


def recount(
    ledger: list[Row], documents: list[Row], changes: list[Row], figures: list[Row], *, agency: str, year: int
) -> dict[str, Decimal]:
    """Cell path → number, for every cell that is not 0."""
    cells: Counter[str] = Counter()
    cases: dict[str, list[Row]] = defaultdict(list)
    for row in ledger:
        if row["agency"] == agency:
            cases[row["case"]].append(row)
    for rows in cases.values():
        entries = [{**json.loads(row["data"]), "on": row["on"]} for row in sorted(rows, key=lambda r: int(r["number"]))]
        _application(cells, entries, year)
        _remedies(cells, entries, year)
    _documents(cells, documents, changes, agency, year)
    found = {path: Decimal(number) for path, number in cells.items() if number}
    for row in figures:
        if row["agency"] == agency and row["year"] == str(year):
            _figure(found, row)
    return {path: number for path, number in found.items() if number}


def _application(cells: Counter[str], entries: list[Row], year: int) -> None:
    details = entries[0]["details"]  # type: ignore[index]
    entered = details["split_on"] or entries[0]["on"]  # type: ignore[index]
    closing = next((entry for entry in entries if entry["kind"] in CLOSING), None)
    came = int(entered[:4])
    ended = int(closing["on"][:4]) if closing else 9999
    if came > year or ended < year or (closing and closing["kind"] == "merged" and ended == came):
        return
    rows = ["received" if came == year else "carried_in"]
    rows += [_outcome(closing), "total"] if closing and ended == year else ["carried_out"]
    for row in rows:
        cells[f"applications.{row}.{details['applicant']}"] += 1  # type: ignore[index]
        cells[f"applications.{row}.total"] += 1


def _outcome(closing: Row) -> str:
    details: dict[str, object] = closing.get("details", {})  # type: ignore[assignment]
    if closing["kind"] == "ended":
        return str(details["outcome"])
    if closing["kind"] != "answered":
        return "other_outcome.other"
    outcomes = [one["outcome"] for one in details["decisions"]]  # type: ignore[attr-defined]
    if details["counted_as"]:
        return str(details["counted_as"])
    return str(outcomes[0]) if len(set(outcomes)) == 1 else "partly_granted"


def _remedies(cells: Counter[str], entries: list[Row], year: int) -> None:
    filed: dict[str, tuple[str, str]] = {}
    history: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in entries:
        details: dict[str, str] = entry.get("details", {})  # type: ignore[assignment]
        if entry["kind"] == "remedy-filed":
            filed[details["number"]] = (details["group"], entry["on"])
        elif entry["kind"] == "remedy-decided":
            history[details["number"]].append((entry["on"], details["result"]))
        elif entry["kind"] == "remedy-appealed":
            history[details["number"]].append((entry["on"], "pending"))
    end = f"{year}-12-31"
    for number, (group, on) in filed.items():
        past = [one for one in history[number] if one[0] <= end]
        last_on, last = past[-1] if past else (on, "pending")
        if group == "complaint" or on > end or (last != "pending" and last_on[:4] != str(year)):
            continue
        cells[f"remedies.{group}.{last}"] += 1
        cells[f"remedies.{group}.total"] += 1


def _documents(cells: Counter[str], documents: list[Row], changes: list[Row], agency: str, year: int) -> None:
    end = f"{year}-12-31"
    for document in documents:
        if document["agency"] != agency or document["issued_on"] > end:
            continue
        mine = [one for one in changes if one["record"] == document["id"] and one["effective_on"] <= end]
        gone = [one["effective_on"] for one in mine if one["kind"] == "repealed"]
        last = max([document["in_force_until"], *(one["until"] for one in mine if one["kind"] == "extended")])
        if last and last < end:  # what has run out counts as repealed in the year in which it did
            gone.append(last)
        cells["proactive.normative_documents.issued"] += document["issued_on"][:4] == str(year)
        cells["proactive.normative_documents.repealed"] += min(gone, default="")[:4] == str(year)
        cells["proactive.normative_documents.in_force"] += not gone


def _figure(found: dict[str, Decimal], row: Row) -> None:
    if row["kind"] == "fees":
        found["proactive.fees.amount_wan"] = Decimal(row["amount_wan"])
    elif row["kind"] in FIGURES:
        found[f"proactive.{row['kind']}.decisions"] = Decimal(row["decisions"])


if __name__ == "__main__":
    tables = [rows_of(Path(name).read_text(encoding="utf-8-sig")) for name in sys.argv[1:5]]
    for place, value in sorted(recount(*tables, agency=sys.argv[5], year=int(sys.argv[6])).items()):
        print(f"{place}\t{value}")
