package intent

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"testing"
)

func drawn(t *testing.T, r Report) image.Image {
	t.Helper()
	var file bytes.Buffer
	if err := r.WriteConfusionPNG(&file); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// TestConfusionPicture compares with testdata/confusion.png. Run with
// UPDATE_PICTURES=1 to draw it anew, and look at it before you keep it.
func TestConfusionPicture(t *testing.T) {
	const golden = "testdata/confusion.png"
	got := drawn(t, NewReport(sixRows))
	if os.Getenv("UPDATE_PICTURES") != "" {
		var file bytes.Buffer
		if err := png.Encode(&file, got); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, file.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(golden)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("size %v, want %v", got.Bounds(), want.Bounds())
	}
	off := 0
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			r1, g1, b1, _ := got.At(x, y).RGBA()
			r2, g2, b2, _ := want.At(x, y).RGBA()
			// The last bit of a letter's edge may differ between processors.
			if apart(r1, r2) || apart(g1, g2) || apart(b1, b2) {
				off++
			}
		}
	}
	if off > 0 {
		t.Errorf("%d pixels differ from %s", off, golden)
	}
}

func apart(a, b uint32) bool { return max(a, b)-min(a, b) > 0x0400 }

func TestConfusionPictureFitsItsMatrix(t *testing.T) {
	sizes := []int{1, 2, 12, 13, 30, 31, 60, 150}
	if testing.Short() {
		sizes = sizes[:3]
	}
	for _, n := range sizes {
		var rows []Row
		for c := range n {
			name := fmt.Sprintf("a category with quite a long name, number %d", c)
			rows = append(rows, Row{Given: name, Predicted: name})
		}
		side, _ := cellSize(n)
		picture := drawn(t, NewReport(rows))
		size := picture.Bounds().Size()
		if size.X < n*side || size.Y < n*side || size.X > n*side+700 || size.Y > n*side+400 {
			t.Errorf("%d categories: a picture of %v", n, size)
		}
	}
}

func TestConfusionPictureOfNothing(t *testing.T) {
	var file bytes.Buffer
	if err := NewReport(nil).WriteConfusionPNG(&file); err == nil || file.Len() > 0 {
		t.Errorf("error %v, %d bytes", err, file.Len())
	}
}
