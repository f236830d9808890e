package kbsource

import (
	"slices"
	"strings"
)

// userRoles are what conversations call the person who uses the assistant.
var userRoles = []string{
	"user", "human", "customer", "client", "visitor", "end_user", "end-user", "enduser", "end user", "guest", "contact", "caller", "member", "consumer",
	"requester", "student", "patient", "inbound", "incoming", "in", "usermessage", "user_message", "humanmessage", "human_message",
	"kunde", "kundin", "nutzer", "benutzer", "besucher", "cliente", "usuario", "utilisateur", "klant",
}

// aboutMachine is a column that says that a message is not a user's, such as is_bot.
var aboutMachine = pattern(`(?i)bot|assistant|agent|\bai\b|_ai|ai_|staff|support|system|admin|outgoing|outbound|reply|response|operator`)

// roleSets are the roles to look for, and those to look for where there is none of them.
func roleSets(list string, role *column) [][]string {
	var wanted []string
	for one := range strings.SplitSeq(list, ",") {
		if one = foldRole(one); one != "" {
			wanted = append(wanted, one)
		}
	}
	if !slices.Equal(wanted, userRoles[:1]) {
		return [][]string{wanted}
	}
	switch {
	case role == nil || role.kind == jsonColumn:
		return [][]string{userRoles}
	case role.category == "B" || role.category == "N":
		yes := []string{"true", "1"}
		if aboutMachine().MatchString(role.name) {
			yes = []string{"false", "0"}
		}
		return [][]string{yes}
	}
	return [][]string{wanted, userRoles}
}

// foldRole makes roles that differ in writing alike.
func foldRole(role string) string { return strings.ToLower(strings.TrimSpace(role)) }
