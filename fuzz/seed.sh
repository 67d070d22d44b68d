#!/bin/sh
# Copies the case files into the corpus of `compile`, each once for every dialect, and once for none.
set -eu
cd "$(dirname "$0")/.."
corpus=fuzz/corpus/compile
mkdir -p "$corpus"
dialects=$(ls grammar/dialects/*.toml | wc -l)
for file in $(find tests/cases -name '*.md' -o -name '*.mdx'); do
    name=$(echo "$file" | tr '/' '_')
    for dialect in $(seq 0 "$dialects"); do
        { printf "\\0$(printf %o "$dialect")"; cat "$file"; } > "$corpus/$dialect-$name"
    done
done
ls "$corpus" | wc -l
