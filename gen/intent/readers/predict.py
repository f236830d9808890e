#!/usr/bin/env python3
"""Predicts the categories of messages with a model that Seedbed saved.

    python3 predict.py --model intent.model "where is my parcel"
    python3 predict.py --model intent.model < messages.txt      # one a line; empty ones are skipped

A model is a zip; this file lies in it and, once it is unzipped, needs no --model. In a
program of your own:

    from predict import Model
    Model("intent.model").predict("where is my parcel")

It needs Python 3.9 or newer and NumPy. Nothing leaves the computer.
"""
import argparse, functools, json, math, pathlib, re, sys, zipfile
import numpy as np

F = np.float32


class Model:
    def __init__(self, path, keep=None):
        """keep is the share of messages like the model's own that shall not count as none, 0.95 unless given."""
        path = pathlib.Path(path)
        folder = path if path.is_dir() else zipfile.Path(path)
        form = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        if form.get("format") != "seedbed-intent" or form["version"] != 1:
            raise ValueError("this reader is for models of format 1; take the one inside the model's file")
        self.categories, self.sharpness = form["categories"], form["sharpness"]
        self.text, self.ngrams, self.pooling = form["text"], form["ngrams"], form["pooling"]

        def array(name):
            about = form["files"][name]
            return np.frombuffer((folder / name).read_bytes(), about["dtype"]).reshape(about["shape"])

        self.column = {h: i for i, h in enumerate(array("hashes.bin").tolist())}
        self.idf, self.kinds = array("idf.bin"), array("kinds.bin")
        self.weights, self.scales = array("weights.bin"), array("scales.bin")
        self.ratios = dict(zip(array("wording_hashes.bin").tolist(), array("wording_ratios.bin").tolist()))
        self.scope, self.sharp_energy = form["out_of_scope"], form["energy_sharpness"]
        self.wording_weight = form["wording_weight"]
        keep = self.scope["default_kept"] if keep is None else keep
        self.threshold = min(self.scope["thresholds"], key=lambda t: abs(t["keep"] - keep))["score"]
        self.seeds = {kind: int(seed, 16) for kind, seed in self.ngrams["seeds"].items()}
        self.lower = str.maketrans(self.text["upper"], self.text["lower"])
        self.word = re.compile("[%s]+|[%s]" % (self.text["word"], re.escape(self.text["tones"])))
        if self.pooling:
            words = (folder / "words.txt").read_bytes().decode("utf-8").split("\n")
            self.rank = {word: i for i, word in enumerate(words)}
            self.vectors, self.vector_scales, self.centre = array("vectors.bin"), array("vector_scales.bin"), array("centre.bin")

    def predict(self, message):
        words = self.words(message)
        hashes = list(self.hashes(words))
        columns, values = self.sparse(hashes)
        rows, values = [-1, *columns], [np.ones(1, F), values]  # the last row is the bias
        if self.pooling:
            rows += range(len(self.idf), len(self.weights) - 1)
            values.append(self.dense(words))
        values = np.concatenate(values)
        # One after the other and in 32 bits, so that a tie is a tie in every language.
        parts = self.weights[rows].astype(F) * self.scales * values[:, None]
        scores = np.cumsum(parts, axis=0, dtype=F)[-1]
        shares = np.exp(self.sharpness * (scores - scores.max()).astype(float))
        probabilities = shares / shares.sum()
        best = int(scores.argmax())
        out_of_scope = self.out_of_scope(scores.astype(float), hashes)
        none = bool(out_of_scope > self.threshold)
        return {
            "category": "none" if none else self.categories[best],
            "nearest": self.categories[best],
            "confidence": float(probabilities[best]),
            "none": none,
            "out_of_scope": float(out_of_scope),
            "probabilities": dict(zip(self.categories, probabilities.tolist())),
        }

    def words(self, message):
        found = []
        for word in self.word.findall(message.translate(self.lower)):
            word = word.replace("’", "'").strip("'")
            stem, apostrophe, ending = word.partition("'")
            if word in self.text["shorthand"]:
                found += self.text["shorthand"][word].split()
            elif ending == "t" and len(stem) > 1 and stem.endswith("n"):
                found += [stem[:-1], "not"]
            elif apostrophe and ending in self.text["endings"]:
                found += [stem, self.text["endings"][ending]]
            elif word:
                found.append(word.replace("'", ""))
        return found

    def hashes(self, words):
        """Gives each n-gram's kind, 0 for words, 1 for runs and 2 for near pairs, and its hash."""
        seeds, rules, before = self.seeds, self.ngrams, "^"
        for i, word in enumerate(words):
            yield 0, fnv(word, seeds["word"])
            yield 0, pair(before, word, seeds["pair"])
            for other in words[max(0, i - rules["farthest"]) : i]:
                stems = sorted([other[: rules["stem_length"]], word[: rules["stem_length"]]])
                yield 2, pair(*stems, seeds["near"])
            clipped = " %s " % word.encode()[: rules["longest_word"]].decode(errors="ignore")
            for n in range(rules["shortest_run"], rules["longest_run"] + 1):
                for start in range(len(clipped) - n + 1):
                    yield 1, fnv(clipped[start : start + n], seeds["run"])
            before = word
        yield 0, pair(before, "$", seeds["pair"])

    def sparse(self, hashes):
        found = [self.column[h] for _, h in hashes if h in self.column]
        columns, counts = np.unique(np.array(found, int), return_counts=True)
        values = self.idf[columns] * (1 + np.log(counts)).astype(F)
        for kind, length in enumerate(self.ngrams["block_lengths"]):
            scale(values, self.kinds[columns] == kind, length)
        return columns, values

    def out_of_scope(self, scores, hashes):
        energy = np.log(np.sum(np.exp(self.sharp_energy * (scores - scores.max())))) / self.sharp_energy + scores.max()
        ratios = [self.ratios[h] for h in {h for kind, h in hashes if kind == 0} if h in self.ratios]
        runs = [h in self.column for kind, h in hashes if kind == 1]
        letters = min(sum(runs) / max(1, len(runs)), self.scope["enough_known"])
        content = energy + self.wording_weight * sum(ratios) / (1 + len(ratios))
        x = self.scope["intercept"] + self.scope["content"] * content + self.scope["letters"] * letters
        return 1 / (1 + math.exp(min(700, -x)))

    def dense(self, words):
        known = [self.rank[w] for w in (self.pooling["alias"].get(w, w) for w in words) if w in self.rank]
        mean = np.zeros(len(self.centre), F)
        vectors = np.zeros((max(1, len(known)), len(mean)), F)
        for i, rank in enumerate(known):
            vectors[i] = self.vectors[rank].astype(F) * self.vector_scales[rank]
            scale(vectors[i], slice(None), 1)
            vectors[i] -= self.centre
            share = self.pooling["zipf"] / (rank + 1)
            mean += vectors[i] * F(self.pooling["sif_weight"] / (self.pooling["sif_weight"] + share))
        parts = [mean, vectors.max(axis=0), vectors.min(axis=0)]
        for part in parts:
            scale(part, slice(None), self.pooling["length"])
        return np.concatenate(parts)


def scale(values, where, length):
    """Gives some of the values that length together."""
    square = np.sum(values[where].astype(float) ** 2)
    if square > 0:
        values[where] *= F(length / math.sqrt(square))


@functools.lru_cache(100_000)
def fnv(text, seed):
    """FNV-1a of the text's UTF-8, carried on from a seed."""
    for byte in text.encode():
        seed = (seed ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return seed


def pair(first, second, seed):
    return fnv(second, fnv(first, seed) * 31 & 0xFFFFFFFFFFFFFFFF)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Predict the categories of messages, one JSON object a line.")
    options.add_argument("--model", default=pathlib.Path(__file__).parent, help="a saved model, or the folder it was unzipped to")
    options.add_argument("message", nargs="*", help="messages; without any, the lines of standard input")
    chosen = options.parse_args()
    model = Model(chosen.model)
    sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    lines = (line.removesuffix("\n").removesuffix("\r") for line in sys.stdin)
    for message in chosen.message or filter(None, lines):
        print(json.dumps(model.predict(message)), flush=True)
