package cli

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"seedbed/assets/number"
)

// numberTypes are what the flags' types are called in their tags: each takes a number as
// people write it, within its bounds.
var numberTypes = []kong.Option{
	whole("messages", number.Messages), whole("passages", number.Passages), whole("turns", number.Turns),
	whole("rows", number.Rows), whole("row", number.Row), whole("seed", number.Seed),
	rows("list", number.Row),
	counts("counts", number.Messages),
	decimal("dollars", number.Cap), decimal("share", number.Share),
}

func whole(name string, bounds number.Whole) kong.Option {
	return numberType(name, func(text string, target reflect.Value) error {
		n, err := bounds.Parse(text)
		if target.CanUint() {
			target.SetUint(n)
		} else {
			target.SetInt(int64(n))
		}
		return err
	})
}

// rows takes the numbers of several rows, with commas between them; each use of the flag adds its own.
func rows(name string, bounds number.Whole) kong.Option {
	return numberType(name, func(text string, target reflect.Value) error {
		for part := range strings.SplitSeq(text, ",") {
			n, err := bounds.Parse(part)
			if err != nil {
				return err
			}
			target.Set(reflect.Append(target, reflect.ValueOf(int64(n))))
		}
		return nil
	})
}

// counts takes NAME=N into a map. Kong's own mapper of maps doesn't say what is wrong with N.
func counts(name string, bounds number.Whole) kong.Option {
	return numberType(name, func(text string, target reflect.Value) error {
		at := strings.LastIndexByte(text, '=')
		if at < 0 {
			return fmt.Errorf("%q should look like CATEGORY=N", text)
		}
		n, err := bounds.Int(text[at+1:])
		if target.IsNil() {
			target.Set(reflect.MakeMap(target.Type()))
		}
		target.SetMapIndex(reflect.ValueOf(text[:at]), reflect.ValueOf(n))
		return err
	})
}

func decimal(name string, bounds number.Decimal) kong.Option {
	return numberType(name, func(text string, target reflect.Value) error {
		n, err := bounds.Parse(text)
		target.SetFloat(n)
		return err
	})
}

func numberType(name string, set func(text string, target reflect.Value) error) kong.Option {
	return kong.NamedMapper(name, kong.MapperFunc(func(ctx *kong.DecodeContext, target reflect.Value) error {
		token, text := ctx.Scan.Pop(), "" // -5 is a number, and would be a flag to PopValue
		if !token.IsEOL() {
			text = fmt.Sprint(token.Value)
		}
		if target.Kind() == reflect.Pointer { // a flag that may be left out
			target.Set(reflect.New(target.Type().Elem()))
			target = target.Elem()
		}
		return set(text, target)
	}))
}
