#!/usr/bin/env python3
"""Compares the rows that docs/scale.md makes: of one process, of GNU parallel, of Spark; and that no record is lost."""

import json
import pathlib
import sys

from pyspark.sql import SparkSession


def rows_of(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def key(row):
    # Where a record came from is the same for all of them: standard input.
    return json.dumps(row, sort_keys=True)


def people_of(path):
    """The people by name; their articles in an order of their own."""
    people = rows_of(path)
    for person in people:
        person["articles"].sort(key=lambda article: article["id"])
    return sorted(people, key=lambda person: person["name"])


def fail(why):
    sys.exit(f"compare.py: {why}")


def main():
    one = rows_of("rows.jsonl")
    if rows_of("parallel.jsonl") != one:
        fail("GNU parallel has other rows, or another order")
    spark = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    parquet = [row.asDict() for row in spark.read.parquet("rows.parquet").collect()]
    if sorted(map(key, parquet)) != sorted(map(key, one)):
        fail(f"Spark has {len(parquet)} rows, one process {len(one)}, or they differ")
    wanted = {json.loads(line)["id"] for part in pathlib.Path("crawl").iterdir() for line in part.open(encoding="utf-8")}
    known = {row["input_id"] for row in parquet}
    if known != wanted:
        fail(f"{len(wanted - known)} records have no row")
    errors = [row for row in parquet if row["error"]]
    if len(errors) != 10 or not all(row["input_id"] for row in errors):
        fail(f"{len(errors)} rows have an error, and not each has its id")
    if people_of("people.jsonl") != people_of("people-of-all.jsonl"):
        fail("the people of all partitions are not those of one process")
    print(f"{len(one)} rows of {len(wanted)} records are the same, {len(errors)} of them errors; "
          f"{len(rows_of('people.jsonl'))} people")


main()
