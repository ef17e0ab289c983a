#!/usr/bin/env python3
"""Runs the blocks of a page of Markdown that are for the shell or for Python, one after the other, where it is called."""

import pathlib
import re
import subprocess
import sys
import time

page = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
for language, block in re.findall(r"^```(sh|python)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
    first = block.strip().splitlines()[0]
    begun = time.monotonic()
    if language == "sh":
        command = ["sh", "-e", "-c", block]
    else:
        pathlib.Path("job.py").write_text(block, encoding="utf-8")
        command = ["spark-submit", "--master", "local[*]", "--conf", "spark.ui.enabled=false",
                   "--conf", "spark.log.level=ERROR", "job.py"]
    # What is refused of the records is told on standard error, a line each.
    with open("errors.txt", "a", encoding="utf-8") as errors:
        ran = subprocess.run(command, stderr=errors, check=False)
    if ran.returncode != 0:
        sys.exit(f"run_page.py: exit code {ran.returncode} of:\n{block}\n(see errors.txt)")
    print(f"{time.monotonic() - begun:7.1f} s  {first}", flush=True)
