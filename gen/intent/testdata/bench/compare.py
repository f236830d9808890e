"""Trains the plain classifiers that the check model is measured against.

    python3 compare.py TRAIN.csv TEST.csv

The files have the columns message and category. Prints one JSON object: for
scikit-learn (Debian's python3-sklearn) and fastText (Debian's fasttext) the
seconds of training, reading the messages included, and the accuracy; null for a
program that is not installed.
"""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["message"] for row in rows], [row["category"] for row in rows]


def scikit_learn(train, test):
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC
    except ImportError:
        return None
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        ),
        LinearSVC(),
    )
    start = time.perf_counter()
    model.fit(*train)
    return {"seconds": time.perf_counter() - start, "accuracy": model.score(*test)}


def fasttext(train, test):
    program = shutil.which("fasttext")
    if not program:
        return None
    with tempfile.TemporaryDirectory() as folder:
        def write(name, rows):
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                for text, category in zip(*rows):
                    file.write("__label__%s %s\n" % (category.replace(" ", "_"), " ".join(text.split())))
            return path

        model = os.path.join(folder, "model")
        start = time.perf_counter()
        subprocess.run(
            [program, "supervised", "-input", write("train", train), "-output", model, "-thread", "2",
             "-epoch", "25", "-lr", "0.5", "-wordNgrams", "2", "-minn", "2", "-maxn", "5", "-dim", "100", "-bucket", "200000"],
            check=True, capture_output=True)
        seconds = time.perf_counter() - start
        lines = subprocess.run([program, "test", model + ".bin", write("test", test)],
                               check=True, capture_output=True, text=True).stdout.split()
        return {"seconds": seconds, "accuracy": float(lines[lines.index("P@1") + 1])}


train, test = read(sys.argv[1]), read(sys.argv[2])
print(json.dumps({"scikit-learn": scikit_learn(train, test), "fastText": fasttext(train, test)}))
