#!/bin/sh
# Copies the case files into the corpus of `compile`, each once for every dialect.
set -eu
cd "$(dirname "$0")/.."
corpus=fuzz/corpus/compile
mkdir -p "$corpus"
for file in $(find tests/cases -name '*.md' -o -name '*.mdx'); do
    name=$(echo "$file" | tr '/' '_')
    for dialect in 0 1 2 3 4 5 6 7; do
        { printf "\\00$dialect"; cat "$file"; } > "$corpus/$dialect-$name"
    done
done
ls "$corpus" | wc -l
