// Predicts the categories of messages with a model that Seedbed saved.
//
//   node predict.js --model intent.model "where is my parcel"
//   node predict.js --model intent.model < messages.txt          one a line; empty ones are skipped
//
// A model is a zip; this file lies in it and, once it is unzipped, needs no --model. In a
// program of your own, or in a page after <script src="predict.js"></script>:
//
//   const { loadModel } = require("./predict.js");                not in a page
//   const model = await loadModel("intent.model");                in a page: await (await fetch(…)).arrayBuffer()
//   model.predict("where is my parcel");
//
// It needs Node.js 18 or a browser of 2023, and no package. Nothing leaves the computer.
"use strict";

// loadModel takes the bytes of a saved model or, in Node.js, its path or that of the
// folder it was unzipped to. keep is the share of messages like the model's own that
// shall not count as none, 0.95 unless given.
async function loadModel(source, keep) {
  let read;
  if (typeof source === "string") {
    const fs = require("fs");
    if (fs.statSync(source).isDirectory()) read = (name) => fs.readFileSync(require("path").join(source, name));
    else source = fs.readFileSync(source);
  }
  read ??= unzip(source);
  const text = async (name) => new TextDecoder().decode(await read(name));
  const form = JSON.parse(await text("model.json"));
  if (form.format !== "seedbed-intent" || form.version !== 1) {
    throw new Error("this reader is for models of format 1; take the one inside the model's file");
  }
  const types = { "<u8": BigUint64Array, "<f4": Float32Array, "<i2": Int16Array, "|i1": Int8Array, "|u1": Uint8Array };
  const files = {};
  for (const [name, { dtype }] of Object.entries(form.files)) {
    files[name.split(".")[0]] = dtype === "text" ? (await text(name)).split("\n") : new types[dtype](new Uint8Array(await read(name)).buffer);
  }
  return new Model(form, files, keep);
}

class Model {
  constructor(form, files, keep = form.out_of_scope.default_kept) {
    Object.assign(this, form, files);
    const far = (threshold) => Math.abs(threshold.keep - keep);
    this.threshold = form.out_of_scope.thresholds.reduce((a, b) => (far(b) < far(a) ? b : a)).score;
    this.ratios = new Map(Array.from(this.wording_hashes, (hash, i) => [hash, this.wording_ratios[i]]));
    this.column = new Map(Array.from(this.hashes, (hash, i) => [hash, i]));
    this.seeds = Object.fromEntries(Object.entries(form.ngrams.seeds).map(([kind, seed]) => [kind, BigInt("0x" + seed)]));
    const lower = [...form.text.lower];
    this.lower = new Map([...form.text.upper].map((letter, i) => [letter, lower[i]]));
    this.word = new RegExp(`[${form.text.word}]+|[${form.text.tones}]`, "gu");
    if (form.pooling) this.rank = new Map(this.words.map((word, i) => [word, i]));
  }

  predict(message) {
    const words = this.cut(message);
    const classes = this.categories.length;
    const last = this.weights.length / classes - 1;
    // One after the other and in 32 bits, so that a tie is a tie in every language.
    const scores = new Float32Array(classes);
    const add = (row, value) => {
      for (let c = 0; c < classes; c++) scores[c] += Math.fround(Math.fround(this.weights[row * classes + c] * this.scales[c]) * value);
    };
    add(last, 1);
    const hashes = [...this.hashesOf(words)];
    for (const [column, value] of this.sparse(hashes)) add(column, value);
    if (this.pooling) this.dense(words).forEach((value, k) => add(this.idf.length + k, value));
    const best = scores.indexOf(Math.max(...scores));
    const shares = Array.from(scores, (score) => Math.exp(this.sharpness * Math.fround(score - scores[best])));
    const sum = shares.reduce((a, b) => a + b);
    const outOfScope = this.outOfScope(scores, hashes);
    const none = outOfScope > this.threshold;
    return {
      category: none ? "none" : this.categories[best],
      nearest: this.categories[best],
      confidence: shares[best] / sum,
      none,
      out_of_scope: outOfScope,
      probabilities: Object.fromEntries(this.categories.map((name, c) => [name, shares[c] / sum])),
    };
  }

  // cut gives the words of a message.
  cut(message) {
    const { shorthand, endings } = this.text;
    const found = [];
    const lower = Array.from(message, (letter) => this.lower.get(letter) ?? letter).join("");
    for (const [match] of lower.matchAll(this.word)) {
      const word = match.replaceAll("’", "'").replace(/^'+|'+$/g, "");
      const at = word.indexOf("'");
      const stem = word.slice(0, at), ending = word.slice(at + 1);
      if (Object.hasOwn(shorthand, word)) found.push(...shorthand[word].split(" "));
      else if (at >= 0 && ending === "t" && stem.length > 1 && stem.endsWith("n")) found.push(stem.slice(0, -1), "not");
      else if (at >= 0 && Object.hasOwn(endings, ending)) found.push(stem, endings[ending]);
      else if (word) found.push(word.replaceAll("'", ""));
    }
    return found;
  }

  // sparse gives the columns of the n-grams that the model knows, in order, with their values.
  sparse(hashes) {
    const counts = new Map();
    for (const [, hash] of hashes) {
      const column = this.column.get(hash);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    const columns = Uint32Array.from(counts.keys()).sort();
    const values = Float32Array.from(columns, (column) => this.idf[column] * Math.fround(1 + Math.log(counts.get(column))));
    this.ngrams.block_lengths.forEach((length, kind) => scale(values, length, (k) => this.kinds[columns[k]] === kind));
    return Array.from(columns, (column, k) => [column, values[k]]);
  }

  outOfScope(scores, hashes) {
    const scope = this.out_of_scope;
    const most = Math.max(...scores);
    const energy = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(this.energy_sharpness * (score - most)), 0)) / this.energy_sharpness;
    const ofKind = (wanted) => hashes.filter(([kind]) => kind === wanted).map(([, hash]) => hash);
    const ratios = [...new Set(ofKind(0))].map((hash) => this.ratios.get(hash)).filter((ratio) => ratio !== undefined);
    const wording = ratios.reduce((sum, ratio) => sum + ratio, 0) / (1 + ratios.length);
    const runs = ofKind(1);
    const letters = Math.min(runs.filter((hash) => this.column.has(hash)).length / Math.max(1, runs.length), scope.enough_known);
    const content = energy + this.wording_weight * wording;
    return 1 / (1 + Math.exp(-(scope.intercept + scope.content * content + scope.letters * letters)));
  }

  // hashesOf gives each n-gram's kind, 0 for words, 1 for runs and 2 for near pairs, and its hash.
  *hashesOf(words) {
    const { seeds, ngrams } = this;
    const stems = words.map((word) => [...word].slice(0, ngrams.stem_length).join(""));
    let before = "^";
    for (let i = 0; i < words.length; i++) {
      yield [0, fnv(words[i], seeds.word)];
      yield [0, pair(before, words[i], seeds.pair)];
      for (let far = Math.max(0, i - ngrams.farthest); far < i; far++) {
        const ordered = inOrder(stems[far], stems[i]) ? [stems[far], stems[i]] : [stems[i], stems[far]];
        yield [2, pair(...ordered, seeds.near)];
      }
      const letters = [" ", ...clip(words[i], ngrams.longest_word), " "];
      for (let n = ngrams.shortest_run; n <= ngrams.longest_run; n++) {
        for (let start = 0; start + n <= letters.length; start++) yield [1, fnv(letters.slice(start, start + n).join(""), seeds.run)];
      }
      before = words[i];
    }
    yield [0, pair(before, "$", seeds.pair)];
  }

  // dense gives the pooled word vectors: their mean, maximum and minimum.
  dense(words) {
    const { alias, length, sif_weight, zipf } = this.pooling;
    const width = this.centre.length;
    const pooled = new Float32Array(3 * width);
    const mean = pooled.subarray(0, width), most = pooled.subarray(width, 2 * width), least = pooled.subarray(2 * width);
    let known = 0;
    for (const word of words) {
      const rank = this.rank.get(Object.hasOwn(alias, word) ? alias[word] : word);
      if (rank === undefined) continue;
      const vector = Float32Array.from(this.vectors.subarray(rank * width, (rank + 1) * width), (x) => x * this.vector_scales[rank]);
      scale(vector, 1);
      const weight = Math.fround(sif_weight / (sif_weight + zipf / (rank + 1)));
      for (let k = 0; k < width; k++) {
        vector[k] -= this.centre[k];
        mean[k] += Math.fround(weight * vector[k]);
        most[k] = known ? Math.max(most[k], vector[k]) : vector[k];
        least[k] = known ? Math.min(least[k], vector[k]) : vector[k];
      }
      known++;
    }
    for (const part of [mean, most, least]) scale(part, length);
    return pooled;
  }
}

// scale gives the values, or those that are chosen, that length together.
function scale(values, length, chosen = () => true) {
  let square = 0;
  values.forEach((x, k) => { if (chosen(k)) square += x * x; });
  if (square === 0) return;
  const by = Math.fround(length / Math.sqrt(square));
  values.forEach((x, k) => { if (chosen(k)) values[k] = x * by; });
}

const utf8 = new TextEncoder();

// fnv is FNV-1a of the text's UTF-8, carried on from a seed.
function fnv(text, seed) {
  for (const byte of utf8.encode(text)) seed = BigInt.asUintN(64, (seed ^ BigInt(byte)) * 0x100000001b3n);
  return seed;
}

function pair(first, second, seed) {
  return fnv(second, BigInt.asUintN(64, fnv(first, seed) * 31n));
}

// inOrder compares by code points, as other languages do, where < compares halves of them.
function inOrder(a, b) {
  const x = [...a], y = [...b];
  const at = x.findIndex((letter, i) => letter !== y[i]);
  return at < 0 || (at < y.length && x[at].codePointAt(0) < y[at].codePointAt(0));
}

// clip gives the letters of a word's first bytes.
function clip(word, bytes) {
  const letters = [...word];
  let length = utf8.encode(word).length;
  while (length > bytes) length -= utf8.encode(letters.pop()).length;
  return letters;
}

// unzip gives a function that reads a file of a zip.
function unzip(source) {
  const bytes = new Uint8Array(source), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error("this is not a model that Seedbed saved, or not all of it");
  const entries = new Map();
  for (let n = view.getUint16(end + 10, true), at = view.getUint32(end + 16, true); n > 0; n--) {
    const size = view.getUint32(at + 20, true), start = view.getUint32(at + 42, true), length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length));
    entries.set(name, { deflated: view.getUint16(at + 10, true) === 8, size, start });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return async (name) => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`the model has no ${name}`);
    const start = entry.start + 30 + view.getUint16(entry.start + 26, true) + view.getUint16(entry.start + 28, true);
    const content = bytes.subarray(start, start + entry.size);
    if (!entry.deflated) return content;
    if (typeof require === "function") return require("zlib").inflateRawSync(content);
    const inflated = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(inflated).arrayBuffer());
  };
}

if (typeof module === "object") {
  module.exports = { loadModel };
  if (require.main === module) main();
}

async function main() {
  const options = { model: { type: "string", default: __dirname } };
  const { values, positionals } = require("util").parseArgs({ options, allowPositionals: true });
  const model = await loadModel(values.model);
  for await (const message of positionals.length > 0 ? positionals : linesOf(process.stdin)) {
    console.log(JSON.stringify(model.predict(message)));
  }
}

// linesOf gives the lines of a stream that are not empty.
async function* linesOf(stream) {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    yield* lines.map((line) => line.replace(/\r$/, "")).filter((line) => line !== "");
  }
  if (rest !== "") yield rest;
}
