package openai

import (
	"cmp"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/credential"
	"seedbed/assets/i18n"
)

// OpenAI is the base URL used when none is given.
const OpenAI = "https://api.openai.com/v1"

// defaultAPIVersion is the newest generally available version of Azure's
// classic API; it is the first that knows json_schema.
const defaultAPIVersion = "2024-10-21"

// address is a parsed base URL.
type address struct {
	base       *url.URL
	azure      bool   // the classic API of an Azure resource: deployments, api-version, api-key header
	deployment string // the deployment named in an Azure URL; "" none
	apiVersion string // Azure only
}

var (
	// methodPath is what people paste together with the base URL.
	methodPath = regexp.MustCompile(`/(chat/completions|completions|responses|models|embeddings)$`)
	// versionPath finds /v1, /v1beta and the like anywhere in a path.
	versionPath = regexp.MustCompile(`(^|/)v\d+(alpha|beta)?\d*(/|$)`)
	azurePath   = regexp.MustCompile(`/openai/deployments/([^/]+)`)
)

// parseAddress reads a base URL as people write it: with or without scheme,
// trailing slash and /v1, or a whole Azure deployment URL copied from the portal.
func parseAddress(c Config) (address, error) {
	text := strings.TrimSpace(c.BaseURL)
	if text == "" {
		text = OpenAI
	}
	if credential.In(text) || credential.IsKey(text) { // before anything else, since no part of it may be shown then
		return address{}, badAddress(i18n.T("The address of the endpoint contains a key, a user name or a password, so nothing was sent. Remove them and enter the key in its own field or as OPENAI_API_KEY."))
	}
	if !strings.Contains(text, "://") {
		host, _, _ := strings.Cut(text, "/")
		text = schemeFor(strings.TrimSuffix(host, portOf(host))) + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return address{}, badAddress(i18n.T("This is not the address of an endpoint. It should look like https://api.openai.com/v1 or http://localhost:11434."))
	}
	if u.Hostname() == "0.0.0.0" { // what servers print as where they listen
		u.Host = "127.0.0.1" + portOf(u.Host)
	}
	query := u.Query()
	u.RawQuery, u.Fragment, u.RawPath = "", "", ""
	u.Path = strings.TrimRight(methodPath.ReplaceAllString(strings.TrimRight(u.Path, "/"), ""), "/")

	a := address{base: u}
	a.azure = (c.Azure || azureHost(u.Hostname())) && !versionPath.MatchString(u.Path)
	if a.azure {
		if m := azurePath.FindStringSubmatch(u.Path); m != nil {
			a.deployment = m[1]
		}
		u.Path, _, _ = strings.Cut(u.Path, "/openai")
		a.apiVersion = cmp.Or(c.APIVersion, query.Get("api-version"), defaultAPIVersion)
		return a, nil
	}
	if u.Port() == "11434" && u.Path == "/api" { // Ollama's own API; ours is beside it
		u.Path = ""
	}
	if !versionPath.MatchString(u.Path) {
		u.Path += "/v1"
	}
	return a, nil
}

// azureHost reports whether the host is an Azure OpenAI resource.
func azureHost(host string) bool {
	host = strings.ToLower(host)
	return strings.HasSuffix(host, ".openai.azure.com") ||
		strings.HasSuffix(host, ".cognitiveservices.azure.com") ||
		strings.HasSuffix(host, ".services.ai.azure.com")
}

// loopback reports whether a host name or address is this computer.
func loopback(host string) bool {
	host = strings.Trim(strings.ToLower(host), "[]")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "0.0.0.0" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// Unencrypted says that the key travels in the clear, where it does: over http to another
// computer. It is empty otherwise.
func (c *Client) Unencrypted() i18n.Text {
	switch {
	case c.err != nil || c.key.Empty() || c.address.base.Scheme != "http" || loopback(c.address.base.Hostname()):
		return i18n.Text{}
	case inThisNetwork(c.address.base.Hostname()):
		return i18n.T("The key is sent to {{.Host}} unencrypted: anybody in this network can read it. Use https:// if that computer offers it, or a key that is good for nothing else.", i18n.Values{"Host": c.address.base.Host})
	}
	return i18n.T("The key is sent to {{.Host}} unencrypted: anybody on the way can read and use it. Use https:// instead if that address offers it.", i18n.Values{"Host": c.address.base.Host})
}

// sharedAddresses are those that a provider's network gives to its customers: RFC 6598.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// inThisNetwork reports whether a host is one of the local network, by its address or by
// the names that only routers know.
func inThisNetwork(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.IsPrivate() || ip.IsLinkLocalUnicast() || sharedAddresses.Contains(ip)
	}
	return !strings.Contains(host, ".") || slices.ContainsFunc([]string{".local", ".lan", ".internal", ".home.arpa", ".home"}, func(end string) bool { return strings.HasSuffix(host, end) })
}

// schemeFor is what a host without a scheme most likely speaks: programs on
// this computer and in the local network have no certificate.
func schemeFor(host string) string {
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	if loopback(host) || (err == nil && ip.IsPrivate()) {
		return "http://"
	}
	return "https://"
}

// portOf returns ":1234" of a host with a port, "" without.
func portOf(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		return host[i:]
	}
	return ""
}

func badAddress(why i18n.Text) error {
	return &Error{Text: why, Kind: BadAddress, Free: true}
}
