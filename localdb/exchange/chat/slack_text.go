package chat

import (
	"html"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// text is what a reader sees of a message: its text, or what is in its blocks where it
// has none, or what a program attached.
func (s *slack) text(m any) string {
	if text := s.plain(jsonitems.Text(m, "text")); text != "" {
		return text
	}
	var lines []string
	for _, block := range jsonitems.List(m, "blocks") {
		lines = append(lines, s.block(block, 0))
	}
	if text := joined(lines); text != "" {
		return text
	}
	for _, attached := range jsonitems.List(m, "attachments") {
		if jsonitems.Has(attached, "from_url") || jsonitems.Has(attached, "original_url") { // the preview of a link
			continue
		}
		parts := []string{s.plain(jsonitems.Text(attached, "pretext")), s.plain(jsonitems.Text(attached, "title")), s.plain(jsonitems.Text(attached, "text"))}
		for _, block := range jsonitems.List(attached, "blocks") {
			parts = append(parts, s.block(block, 0))
		}
		text := joined(parts)
		if text == "" {
			text = s.plain(jsonitems.Text(attached, "fallback"))
		}
		lines = append(lines, text)
	}
	return joined(lines)
}

func joined(lines []string) string {
	var said []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			said = append(said, line)
		}
	}
	return strings.Join(said, "\n")
}

// maxBlockDepth bounds how deep blocks are inside one another.
const maxBlockDepth = 20

// block is the text of a block of Slack's Block Kit, or of an element of one.
func (s *slack) block(block any, depth int) string {
	if depth > maxBlockDepth {
		return ""
	}
	kind := jsonitems.Text(block, "type")
	switch kind {
	case "text":
		return jsonitems.Text(block, "text")
	case "mrkdwn", "plain_text":
		return s.plain(jsonitems.Text(block, "text"))
	case "link":
		return first(jsonitems.Text(block, "text"), jsonitems.Text(block, "url"))
	case "user":
		id := jsonitems.Text(block, "user_id")
		return "@" + first(s.names[id], id)
	case "channel":
		return "#" + jsonitems.Text(block, "channel_id")
	case "broadcast":
		return "@" + jsonitems.Text(block, "range")
	case "emoji":
		return ":" + jsonitems.Text(block, "name") + ":"
	case "date":
		return jsonitems.Text(block, "fallback")
	case "actions", "image", "input", "file":
		return ""
	}
	var parts []string
	if text := jsonitems.At(block, "text"); text != nil {
		parts = append(parts, s.block(text, depth+1))
	}
	for _, list := range []string{"fields", "elements"} {
		for _, element := range jsonitems.List(block, list) {
			parts = append(parts, s.block(element, depth+1))
		}
	}
	switch kind {
	case "rich_text_section", "rich_text_preformatted", "rich_text_quote": // the words of one line
		return strings.Join(parts, "")
	}
	return joined(parts)
}

var slackMark = exchange.Pattern(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// plain writes Slack's marks as a reader sees them: <@U1> as the name, a link as
// its label.
func (s *slack) plain(marked string) string {
	plain := slackMark().ReplaceAllStringFunc(marked, func(mark string) string {
		m := slackMark().FindStringSubmatch(mark)
		kind, id, label := m[1], m[2], m[3]
		switch {
		case kind == "@" && label == "":
			return "@" + first(s.names[id], id)
		case kind == "#" && label == "":
			return "#" + id
		case kind == "@" || kind == "#":
			return kind + strings.TrimPrefix(label, kind)
		case kind == "!" && label == "":
			return "@" + id
		case label != "":
			return label
		}
		return strings.TrimPrefix(strings.TrimPrefix(id, "mailto:"), "tel:")
	})
	return strings.TrimSpace(html.UnescapeString(plain))
}
