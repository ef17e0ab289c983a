"""Loads rows of `pullquote quotes --flat` into DuckDB, Polars and pandas, and compares what arrives.

    python3 -m venv /tmp/flat && /tmp/flat/bin/pip install duckdb polars pandas
    /tmp/flat/bin/python docs/flat/check_flat.py [PULLQUOTE]

PULLQUOTE is the program, by default `pullquote`. Fails where a column has another name or type than it should, where two
of the three disagree on a value, or where a join with the input by its id loses a record.
"""

import json
import math
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars

TEXTS = (
    "article_id url date source author headline quotation kind speaker role via mention cue reason before after path error"
).split()
COUNTS = "n statement start end".split()
COLUMNS = (
    "article_id url date source author headline n statement start end quotation kind speaker role via mention cue "
    "confidence corrected reason before after path error input_id input_section"
).split()


def records(count):
    """Records of each kind: with quotations, without, no article, broken."""
    for number in range(count):
        record = {
            "id": 2**53 + number,
            "section": f"page {number % 5}",
            "url": f"https://coast.example/{number}",
            "title": f"Bridge {number} Closes, “for Good”",
            "date": f"2026-03-{number % 28 + 1:02}",
            "author": "Jane Doe",
            "text": "“It is tired, as all of us are,” said Ines Okafor, the chief engineer. “So am I.”\n"
            "Critics spoke of a “quick fix”. =1+1 is no formula, said Jon Holt, according to Ann Roe.",
        }
        match number % 10:
            case 7:
                record["text"] = "Nobody spoke on that day, and nobody was asked to."
            case 8:
                record = {"id": 2**53 + number, "section": "no article"}
        line = json.dumps(record, ensure_ascii=False)
        yield line[:60] if number % 10 == 9 else line


def plain(value):
    """A value as all three have it: gaps are None, whole numbers are whole."""
    if value is None or value is pandas.NaT or isinstance(value, float) and math.isnan(value):
        return None
    if value is pandas.NA:
        return None
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if hasattr(value, "isoformat") else value


def rows_of(table):
    """The rows of a table of DuckDB, Polars or pandas, each a tuple."""
    if isinstance(table, duckdb.DuckDBPyRelation):
        return table.columns, [tuple(map(plain, row)) for row in table.fetchall()]
    if isinstance(table, polars.DataFrame):
        return table.columns, [tuple(map(plain, row)) for row in table.rows()]
    return list(table.columns), [tuple(map(plain, row)) for row in table.astype(object).itertuples(index=False)]


def check_types(relation):
    """DuckDB says which types it found: no column is nested, numbers are numbers."""
    types = dict(zip(relation.columns, map(str, relation.types)))
    assert all(types[name] in ("BIGINT", "INTEGER") for name in COUNTS + ["input_id"]), types
    assert types["confidence"] == "DOUBLE" and types["corrected"] == "BOOLEAN", types
    assert types["date"] == "DATE", types
    # What is empty in every row has no type of its own.
    empty = {"via", "source"}
    texts = [name for name in TEXTS if name != "date" and name not in empty]
    assert all(types[name] == "VARCHAR" for name in texts), types


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else "pullquote"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        lines = list(records(2000))
        (folder / "crawl.jsonl").write_text("\n".join(lines) + "\n")
        for form in ("jsonl", "csv"):
            command = [program, "quotes", "--flat", "--format", form, "--keep", "id,section", folder / "crawl.jsonl"]
            with open(folder / f"rows.{form}", "wb") as out:
                subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL, check=True)
        rows, table = str(folder / "rows.jsonl"), str(folder / "rows.csv")
        expected = [json.loads(line) for line in open(rows)]
        expected = [tuple(plain(row[name]) for name in COLUMNS) for row in expected]
        ids = pandas.Int64Dtype()
        loaded = {
            "DuckDB, jsonl": duckdb.read_json(rows, sample_size=-1),
            "DuckDB, csv": duckdb.read_csv(table, sample_size=-1),
            "Polars, jsonl": polars.read_ndjson(rows, infer_schema_length=None),
            "Polars, csv": polars.read_csv(table, infer_schema_length=None),
            "pandas, jsonl": pandas.read_json(rows, lines=True, dtype=False),
            "pandas, csv": pandas.read_csv(table, dtype={"input_id": ids, "article_id": str}),
        }
        for name, found in loaded.items():
            columns, values = rows_of(found)
            assert columns == COLUMNS, f"{name}: {columns}"
            for number, (one, other) in enumerate(zip(values, expected, strict=True)):
                assert one == other, f"{name}, row {number}:\n{one}\n{other}"
            print(f"{name}: {len(values)} rows, {len(columns)} columns")
        check_types(loaded["DuckDB, jsonl"])
        check_types(loaded["DuckDB, csv"])
        at = COLUMNS.index("input_id")
        found = {row[at] for row in expected}
        assert found == {2**53 + number for number in range(len(lines))}, "a join by id loses records"
        print(f"join by id: all of {len(lines)} records")


if __name__ == "__main__":
    main()
