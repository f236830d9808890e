package intent

import (
	"fmt"
	"image"
	paint "image/color"
	"image/draw"
	"image/png"
	"io"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"seedbed/assets/i18n"
)

// The picture of a confusion matrix: rows are the categories given, columns
// those predicted. A cell is the darker the larger its share of its row, blue
// where right and red where wrong. Numbers stand in the cells while they fit.
var (
	paper = paint.RGBA{0xff, 0xff, 0xff, 0xff}
	ink   = paint.RGBA{0x1f, 0x29, 0x33, 0xff}
	faint = paint.RGBA{0xe4, 0xe7, 0xeb, 0xff}
	right = paint.RGBA{0x0b, 0x5c, 0xad, 0xff}
	wrong = paint.RGBA{0xc8, 0x32, 0x1e, 0xff}
)

const (
	margin       = 24
	longestLabel = 28 // letters; longer names are cut
	// largestMatrix is how many categories are drawn. Beyond it a cell would be
	// smaller than a letter on any screen.
	largestMatrix = 500
)

// cellSize is the side of a cell and the size of its font, in pixels.
func cellSize(categories int) (side int, font float64) {
	switch {
	case categories <= 12:
		return 60, 15
	case categories <= 30:
		return 36, 12
	case categories <= 60:
		return 20, 11
	default:
		return 13, 10
	}
}

// numbered reports whether counts fit into cells of that side.
func numbered(side int) bool { return side >= 36 }

// WriteConfusionPNG draws the confusion matrix for a slide or a page.
func (r Report) WriteConfusionPNG(to io.Writer) error {
	n := len(r.Categories)
	if n == 0 || n > largestMatrix {
		return i18n.Error("a confusion matrix can be drawn for 1 to {{.Most}} categories, and there are {{.N}}", i18n.Values{"Most": largestMatrix, "N": n})
	}
	side, size := cellSize(n)
	plain, err := face(goregular.TTF, size)
	if err != nil {
		return err
	}
	bold, err := face(gobold.TTF, 18)
	if err != nil {
		return err
	}
	labels := make([]string, n)
	wide := 0
	for i, c := range r.Categories {
		labels[i] = shorten(c.Name)
		wide = max(wide, font.MeasureString(plain, labels[i]).Ceil())
	}

	title := fmt.Sprintf("Accuracy %.1f %%, macro F1 %.1f %%, %d messages", 100*r.Accuracy, 100*r.Macro.F1, r.Messages)
	left, top := margin+wide+12, margin+40+wide+12
	across := max(left+n*side, margin+font.MeasureString(bold, title).Ceil())
	canvas := image.NewRGBA(image.Rect(0, 0, across+margin, top+n*side+margin+28))
	draw.Draw(canvas, canvas.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)

	write(canvas, bold, ink, margin, margin+18, title)
	for i, label := range labels {
		middle := i*side + side/2 + int(size)*3/8
		write(canvas, plain, ink, left-12-font.MeasureString(plain, label).Ceil(), top+middle, label)
		writeUp(canvas, plain, left+middle, top-12, label)
	}
	for given, row := range r.Confusion {
		support := r.Categories[given].Support
		for predicted, count := range row {
			share := ratio(count, support)
			cell := image.Rect(0, 0, side-1, side-1).Add(image.Pt(left+predicted*side, top+given*side))
			hue := wrong
			if given == predicted {
				hue = right
			}
			draw.Draw(canvas, cell, image.NewUniform(blend(faint, hue, share)), image.Point{}, draw.Src)
			if count > 0 && numbered(side) {
				tint := ink
				if share > 0.45 {
					tint = paper
				}
				text := fmt.Sprint(count)
				x := cell.Min.X + (side-font.MeasureString(plain, text).Ceil())/2
				write(canvas, plain, tint, x, cell.Min.Y+side/2+int(size)*3/8, text)
			}
		}
	}
	write(canvas, plain, ink, left, top+n*side+20, "down: the category given; across: the category predicted")
	if err := png.Encode(to, canvas); err != nil {
		return i18n.Error("the confusion matrix could not be written: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return nil
}

func face(ttf []byte, size float64) (font.Face, error) {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
}

func shorten(label string) string {
	letters := []rune(label)
	if len(letters) <= longestLabel {
		return label
	}
	return string(letters[:longestLabel-1]) + "…"
}

// write puts text with its baseline at y.
func write(canvas draw.Image, f font.Face, tint paint.RGBA, x, y int, text string) {
	d := font.Drawer{Dst: canvas, Src: image.NewUniform(tint), Face: f, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

// writeUp puts text that reads from y upwards, with its baseline at x.
func writeUp(canvas draw.Image, f font.Face, x, y int, text string) {
	metrics := f.Metrics()
	ascent, height := metrics.Ascent.Ceil(), (metrics.Ascent + metrics.Descent).Ceil()
	flat := image.NewRGBA(image.Rect(0, 0, font.MeasureString(f, text).Ceil(), height))
	draw.Draw(flat, flat.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	write(flat, f, ink, 0, ascent, text)
	for row := range height {
		for column := range flat.Bounds().Dx() {
			canvas.Set(x-ascent+row, y-column, flat.At(column, row))
		}
	}
}

// blend goes from one colour to another as share goes from 0 to 1; what is not
// nothing can be seen.
func blend(from, to paint.RGBA, share float64) paint.RGBA {
	if share > 0 {
		share = 0.1 + 0.9*share
	}
	mix := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*share + 0.5) }
	return paint.RGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 0xff}
}
