package prompt

import (
	"cmp"
	"slices"
	"strconv"
	"text/template/parse"

	"seedbed/assets/i18n"
)

// deepestRange is how many ranges may be within one another: a passage's words, say.
const deepestRange = 2

// allowed are the functions that a person's template may use: none that makes long texts of
// short ones.
var allowed = map[string]bool{
	"inc": true, "attr": true, "quote": true, "line": true, "json": true, "len": true, "not": true, "and": true, "or": true,
	"eq": true, "ne": true, "lt": true, "le": true, "gt": true, "ge": true, "index": true,
}

// bounded refuses what could make a template run without end or take all memory: a person
// may have got the dataset from somebody else. Without variables, calls of other templates
// and functions that build texts, what a template becomes is bounded by its own length and
// that of the batch.
func bounded(node parse.Node, ranges int) error {
	switch node := node.(type) {
	case *parse.ListNode:
		if node == nil {
			return nil
		}
		for _, inner := range node.Nodes {
			if err := bounded(inner, ranges); err != nil {
				return err
			}
		}
	case *parse.ActionNode:
		return boundedPipe(node.Pipe, false)
	case *parse.IfNode:
		return boundedBranch(&node.BranchNode, ranges, false)
	case *parse.WithNode:
		return boundedBranch(&node.BranchNode, ranges, false)
	case *parse.RangeNode:
		if ranges == deepestRange {
			return notAllowed("range")
		}
		return boundedBranch(&node.BranchNode, ranges+1, true)
	case *parse.TemplateNode:
		return notAllowed("template")
	}
	return nil
}

func boundedBranch(node *parse.BranchNode, ranges int, isRange bool) error {
	return cmp.Or(boundedPipe(node.Pipe, isRange), bounded(node.List, ranges), bounded(node.ElseList, ranges))
}

// lists are what a range may go through.
var lists = []string{"Directions", "Examples", "Instructions", "Passages", "ReadsLikeExamples", "WornOpenings", "WornThemes"}

// boundedPipe checks a pipeline, which is that of a range or not.
func boundedPipe(pipe *parse.PipeNode, isRange bool) error {
	if len(pipe.Decl) > 0 && !isRange {
		return notAllowed(pipe.Decl[0].String())
	}
	for _, command := range pipe.Cmds {
		for _, argument := range command.Args {
			if isRange && !slices.Contains(lists, lastName(argument)) {
				return notAllowed("range " + pipe.String())
			}
			if err := boundedArgument(argument); err != nil {
				return err
			}
		}
	}
	return nil
}

func boundedArgument(argument parse.Node) error {
	switch argument := argument.(type) {
	case *parse.IdentifierNode:
		if !allowed[argument.Ident] {
			return notAllowed(argument.Ident)
		}
	case *parse.PipeNode:
		return boundedPipe(argument, false)
	case *parse.ChainNode:
		return boundedArgument(argument.Node)
	}
	return nil
}

// lastName is what .Passages, $.Passages and the like name; "" for anything else.
func lastName(node parse.Node) string {
	var names []string
	switch node := node.(type) {
	case *parse.FieldNode:
		names = node.Ident
	case *parse.VariableNode:
		names = node.Ident
	}
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

func notAllowed(what string) error {
	return i18n.Error("{{.What}} can't be used there in the template; nothing was changed", i18n.Values{"What": strconv.Quote(what)})
}
