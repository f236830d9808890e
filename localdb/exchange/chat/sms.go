package chat

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// SMS is a phone's text messages as SMS Backup & Restore writes them.
var SMS = &exchange.Format{ID: "sms", Name: i18n.T("SMS backup"), Extension: ".xml"}

var smsReader = exchange.Reader{
	Format: SMS, Recognise: recogniseSMS, Read: readSMS,
	About: "XML of SMS Backup & Restore. The role is the contact's name or number, \"me\" for the owner of the phone, and what was said with one contact on one day is a conversation. Drafts and media are skipped.",
}

var startOfSMS = exchange.Pattern(`<smses[\s>]`)

func recogniseSMS(f *exchange.File) exchange.Evidence {
	if text := f.Sample(); !startOfSMS().MatchString(text[:min(len(text), 4000)]) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: fieldsOf("SMS Backup & Restore")}
}

func readSMS(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	if recogniseSMS(f).Sureness == exchange.No {
		return nil, i18n.Error("it holds nothing that can be read as {{.Format}}", i18n.Values{"Format": SMS.Name})
	}
	return exchange.NewReading(o, exchange.Facts{Format: SMS, Encoding: f.Guess()}, func(r *exchange.Reading) error {
		in := xml.NewDecoder(f.Text())
		in.Strict = false
		in.CharsetReader = func(_ string, text io.Reader) (io.Reader, error) { return text, nil } // it is UTF-8 by now
		var mms map[string]string                                                                 // the message with parts that is read
		for !r.Stopped() {
			token, err := in.Token()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return r.BrokenOff(err)
			}
			start, isStart := token.(xml.StartElement)
			end, isEnd := token.(xml.EndElement)
			switch {
			case isStart && start.Name.Local == "sms":
				sms := attributes(start)
				addSMS(r, sms, sms["type"])
			case isStart && start.Name.Local == "mms":
				mms = attributes(start)
			case isStart && start.Name.Local == "part" && mms != nil:
				if part := attributes(start); part["ct"] == "text/plain" && part["text"] != "null" {
					mms["body"] = strings.TrimSpace(mms["body"] + "\n" + part["text"])
				}
			case isEnd && end.Name.Local == "mms" && mms != nil:
				addSMS(r, mms, mms["msg_box"])
				mms = nil
			}
		}
		return nil
	}), nil
}

func attributes(element xml.StartElement) map[string]string {
	values := map[string]string{}
	for _, a := range element.Attr {
		values[a.Name.Local] = a.Value
	}
	return values
}

// addSMS adds a message that was received (1) or sent (2); others were never sent.
func addSMS(r *exchange.Reading, sms map[string]string, kind string) {
	text := strings.TrimSpace(sms["body"])
	contact := sms["contact_name"]
	if contact == "" || contact == "(Unknown)" {
		contact = sms["address"]
	}
	role := contact
	switch {
	case text == "" || text == "null":
		r.Skip(0, mediaOnly, "")
		return
	case kind == "2":
		role = "me"
	case kind != "1":
		r.Skip(0, neverSent, text)
		return
	}
	when := exchange.ParseTime(sms["date"])
	r.Add(exchange.Row{Message: text, Role: role, Conversation: onDay(contact, when), Time: when})
}

var neverSent = i18n.T("is a draft that was not sent")
