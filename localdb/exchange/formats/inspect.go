package formats

import (
	"context"
	"errors"
	"iter"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
)

// Inspection is what reading a whole file without storing it brought to light.
type Inspection struct {
	Likely  []*exchange.Format // that the file may be of, the likeliest first; known even where it can't be read
	Facts   exchange.Facts
	Tally   exchange.Tally
	Roles   []exchange.RoleCount
	Samples []EncodingSample // only where the encoding is in doubt
}

// EncodingSample is how a text of the file reads in one encoding.
type EncodingSample struct {
	Encoding charset.Encoding
	Text     string
}

// Inspect reads a file to its end and passes each row to each.
func Inspect(ctx context.Context, path string, o exchange.Options, each func(exchange.Row)) (found Inspection, err error) {
	f, err := exchange.OpenFile(path)
	if err != nil {
		return found, err
	}
	f.Encoding = o.Encoding
	found.Likely = likely(f)
	reading, err := Read(f, o)
	if err != nil {
		return found, errors.Join(err, f.Close())
	}
	defer func() { err = errors.Join(err, reading.Close()) }()
	found.Facts = reading.Facts
	found.Roles, err = exchange.Roles(passed(ctx, reading.Rows(), each))
	found.Tally = reading.Tally
	if guess := found.Facts.Encoding; err == nil && o.Encoding == "" && guess.Encoding != "" && guess.Doubtful() {
		found.Samples = encodingSamples(path, o, found.Facts)
	}
	return found, err
}

// likely lists the formats that a file, or the files inside a zip file, may be of.
func likely(f *exchange.File) (list []*exchange.Format) {
	for _, c := range Recognise(f) {
		list = append(list, c.Format)
	}
	if len(list) > 0 || !f.IsZip() {
		return list
	}
	if format := mainFormat(entriesOf(f)); format != nil {
		list = append(list, format)
	}
	return list
}

// passed passes rows on until ctx is done.
func passed(ctx context.Context, rows iter.Seq2[exchange.Row, error], each func(exchange.Row)) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for row, err := range rows {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				each(row)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

const (
	maxSamples     = 3
	sampledRows    = 20_000 // in which a message beyond ASCII is looked for
	maxSampleBytes = 160
)

// encodingSamples reads the same message in each of the likely encodings. An encoding in
// which the file can't be read is left out.
func encodingSamples(path string, o exchange.Options, facts exchange.Facts) (samples []EncodingSample) {
	o.Format, o.Rejected = facts.Format, nil
	for _, encoding := range append([]charset.Encoding{facts.Encoding.Encoding}, facts.Encoding.Alternatives...) {
		o.Encoding = encoding
		if text := sampleText(path, o); text != "" {
			samples = append(samples, EncodingSample{encoding, text})
		}
		if len(samples) == maxSamples {
			break
		}
	}
	if len(samples) == 0 { // what is in doubt stands beside the messages
		samples = lineSamples(path, append([]charset.Encoding{facts.Encoding.Encoding}, facts.Encoding.Alternatives...))
	}
	return samples
}

// lineSamples gives the first line with a character beyond ASCII.
func lineSamples(path string, encodings []charset.Encoding) (samples []EncodingSample) {
	for _, encoding := range encodings[:min(len(encodings), maxSamples)] {
		f, err := exchange.OpenFile(path)
		if err != nil {
			return samples
		}
		f.Encoding = encoding
		for line := range strings.Lines(f.Sample()) {
			if !charset.ASCII([]byte(line)) {
				samples = append(samples, EncodingSample{encoding, exchange.Beginning(strings.TrimSpace(line), maxSampleBytes)})
				break
			}
		}
		_ = f.Close() // it was only read
	}
	return samples
}

// sampleText is the first message with a character beyond ASCII, or with its category
// where only that has one; "" where there is none.
func sampleText(path string, o exchange.Options) string {
	reading, err := Open(path, o)
	if err != nil {
		return ""
	}
	defer func() { _ = reading.Close() }()
	n := 0
	for row, err := range reading.Rows() {
		if n++; err != nil || n > sampledRows {
			break
		}
		if !charset.ASCII([]byte(row.Message)) {
			return exchange.Beginning(row.Message, maxSampleBytes)
		}
		if !charset.ASCII([]byte(row.Category)) {
			return exchange.Beginning(row.Category+": "+row.Message, maxSampleBytes)
		}
	}
	return ""
}
