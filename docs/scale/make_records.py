#!/usr/bin/env python3
"""Writes news records of made-up text, for docs/scale/check.sh: fifty files of JSON Lines.

Three files are empty, two have no quotations, and ten records in all are broken: they are no article, or no JSON.

    python3 docs/scale/make_records.py FOLDER [RECORDS_IN_A_FILE]
"""

import json
import pathlib
import random
import sys

FILES = 50
EMPTY = {7, 23, 41}
SILENT = {3, 30}
BROKEN = {1: 4, 12: 3, 49: 3}

NAMES = ["Ines Okafor", "Bo Carver", "Mara Deniz", "Jon Holt", "Pilar Serrano", "Oskar Brandt", "Leila Haddad", "Ann Roe"]
ROLES = ["the harbour master", "a city engineer", "the mayor", "who drives the night tram", "of the rowing club", "the baker"]
SAID = ["The steel is telling us something", "We will be back before the summer", "Nobody asked the people who live there",
        "It costs less than the paint did", "I have seen worse tides than this one", "The old plan was not a plan"]
VERBS = ["said", "added", "warned", "recalled", "explained"]
PLAIN = ["The council met until late in the evening and put the vote off by a week.",
         "Rain fell on the quay while the crews changed their shifts.",
         "A second report is due in the spring, and it will be public.",
         "The bridge was built in the year of the great flood and has been painted twice since."]


def article(rng, number, speaks):
    paragraphs = []
    for _ in range(rng.randint(3, 8)):
        words = " ".join(rng.sample(PLAIN, 2))
        if speaks and rng.random() < 0.7:
            name, role = rng.choice(NAMES), rng.choice(ROLES)
            words += f" “{rng.choice(SAID)},” {rng.choice(VERBS)} {name}, {role}."
        paragraphs.append(words)
    return {
        "id": f"record-{number}",
        "headline": f"Harbour report number {number}",
        "date": f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
        "text": "\n\n".join(paragraphs),
    }


def main():
    folder = pathlib.Path(sys.argv[1])
    records = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for at in range(FILES):
        rng = random.Random(at)
        with open(folder / f"part-{at:03}.jsonl", "w", encoding="utf-8") as out:
            for within in range(0 if at in EMPTY else records):
                number += 1
                record = article(rng, number, at not in SILENT)
                if within < BROKEN.get(at, 0):
                    # Its text is a number: no article, but its id is there.
                    record = {"id": record["id"], "text": 5}
                print(json.dumps(record, ensure_ascii=False), file=out)


main()
