package gen

import (
	"seedbed/assets/i18n"
	"seedbed/gen/scheduler"
)

// note is what a person should know of a run beside its summary: where the knowledge
// didn't do. Zero for nothing.
func (r *Run) note(state scheduler.State) i18n.Text {
	if r.info.Model != "" {
		return r.scheduler.Remark() // a language model asks about any text in any language
	}
	if foreign := r.batcher.specs.subjects.unsupported; r.plan.Knowledge && foreign > 0 && r.asksAboutPassages() {
		return i18n.T("{{.N}} passages are in a language in which the built-in writer can't ask; let a language model write the questions about them.", i18n.Values{"N": foreign})
	}
	if r.general > 0 && state == scheduler.Done {
		return i18n.T("{{.N}} of the questions ask about none of the passages, which state too little for more. Add knowledge, or let a language model write the rest.", i18n.Values{"N": r.general})
	}
	return i18n.Text{}
}

func (r *Run) asksAboutPassages() bool {
	for _, q := range r.quotas {
		if r.batcher.categories[q.category].Kind == ragKind {
			return true
		}
	}
	return false
}
