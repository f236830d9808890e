package cli

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"seedbed/assets/credential"
	"seedbed/kbsource"
)

// errSecret refuses a secret and shows no part of it.
var errSecret = errors.New("a password must not be given in an argument, where others can read it, and neither must a key: set DATABASE_URL to the whole address of a database or PGPASSWORD to its password, and OPENAI_API_KEY to a key, in the environment or in a file .env in this folder")

// checkSecrets refuses arguments that hold a password or a key, before anything else looks
// at them and shows one in an error. Messages to predict may say what they like.
func checkSecrets(commands *kong.Application, args []string) error {
	flags := flagsOf(commands, args)
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		flag := strings.TrimLeft(name, "-")
		isFlag := strings.HasPrefix(arg, "-") && flag != ""
		if isFlag && flags[flag] == nil && credential.IsOption(flag) {
			return usageError{fmt.Errorf("--%s is no flag: %w", flag, errSecret)}
		}
		before := strings.TrimLeft(args[max(i-1, 0)], "-")
		switch {
		case isFlag && joined && flags[flag] != nil:
			before = flag
		case isFlag:
			value = arg
		case i > 0 && strings.HasPrefix(args[i-1], "-") && flags[before] != nil && !flags[before].IsBool():
			value = arg
		default:
			value, before = arg, ""
		}
		if before == "" && i > 0 && args[0] == "predict" || !holdsSecret(before, value) {
			continue
		}
		if flags[before] == nil {
			return usageError{errSecret}
		}
		return usageError{fmt.Errorf("--%s: %w", before, errSecret)}
	}
	return nil
}

// flagsOf are the flags of the command that the arguments begin with, by their names.
func flagsOf(commands *kong.Application, args []string) map[string]*kong.Flag {
	flags := map[string]*kong.Flag{}
	for _, command := range commands.Children {
		if len(args) == 0 || command.Name != args[0] {
			continue
		}
		for _, group := range command.AllFlags(false) {
			for _, flag := range group {
				flags[flag.Name] = flag
			}
		}
	}
	return flags
}

var (
	// countForm is CATEGORY=N, whatever the category is called.
	countForm = regexp.MustCompile(`^[^=]*=\s*[\pN.,]+$`)
	// releaseForm is how some endpoints name a release of a model.
	releaseForm = regexp.MustCompile(`^[\w.-]+:[\w.-]+@[0-9]+$`)
)

// holdsSecret looks into the value of a flag, or into an argument without one. A file that
// is there is no address.
func holdsSecret(flag, value string) bool {
	if flag == "base-url" && credential.IsKey(value) {
		return true
	}
	if category, _, _ := strings.Cut(value, "="); flag == "count" && countForm.MatchString(value) {
		return credential.In(category)
	}
	if _, err := os.Stat(value); err == nil || flag == "model" && releaseForm.MatchString(value) {
		return false
	}
	return kbsource.HasPassword(value)
}
