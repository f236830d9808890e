package openai

import (
	"encoding/json"
	"slices"
)

// Format is how the shape of an answer is asked for. A Client starts with the
// first and steps down where an endpoint refuses it: LM Studio has no
// json_object, older servers have neither.
type Format int

// The formats, best first.
const (
	JSONSchema Format = iota // response_format json_schema
	JSONObject               // response_format json_object, the schema in the prompt
	Plain                    // no response_format, the schema in the prompt
)

// String returns the endpoint's name of the format.
func (f Format) String() string {
	switch f {
	case JSONSchema:
		return "json_schema"
	case JSONObject:
		return "json_object"
	default:
		return "text"
	}
}

// MessagesSchema is the schema of a writer's answer, {"messages":["…"]}. Like
// every schema here it is portable: each field required, no additional ones, no
// bounds on length, which several endpoints refuse.
func MessagesSchema() json.RawMessage {
	return schema(object{"messages": array(object{"type": "string"})})
}

// LabelsSchema is the schema of a labeller's answer,
// {"labels":[{"id":…,"category":…,"confidence":…}]}, with one of the categories or
// [NoneOfThese] each and a confidence from 0 to 1.
func LabelsSchema(categories []string) json.RawMessage {
	if !slices.Contains(categories, NoneOfThese) { // values of an enum are unique
		categories = append(slices.Clone(categories), NoneOfThese)
	}
	return schema(object{"labels": array(closed(object{
		"id":         object{"type": "integer"},
		"category":   object{"type": "string", "enum": categories},
		"confidence": object{"type": "number"},
	}))})
}

type object map[string]any

func array(items object) object { return object{"type": "array", "items": items} }

// closed is an object with exactly these fields.
func closed(properties object) object {
	required := make([]string, 0, len(properties))
	for name := range properties {
		required = append(required, name)
	}
	slices.Sort(required)
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func schema(properties object) json.RawMessage {
	raw, err := json.Marshal(closed(properties))
	if err != nil { // maps of strings always marshal
		return nil
	}
	return raw
}
