package label

import (
	"math"

	"seedbed/assets/i18n"
)

// Calibration says how a model's labels compare with those of people.
type Calibration struct {
	Messages int `json:"messages"` // that people labelled and the model labelled, too
	Agreed   int `json:"agreed"`   // of those, the ones with the same category

	slope, offset float64
}

// judgement is a label of the model for a message that a person labelled.
type judgement struct {
	confidence float64
	stated     bool
	agreed     bool
}

const (
	// statedAtMost is the most that a confidence counts which was never compared with people's
	// labels: language models are surer of themselves than they are right (Xiong et al., 2024,
	// "Can LLMs express their uncertainty?").
	statedAtMost = 0.95
	// unstated is the confidence of a label for which none was stated, so that people look at it
	// first.
	unstated = 0.5
)

// uncalibrated is the confidence that a model stated, as far as it can be believed.
func uncalibrated(confidence float64, stated bool) float64 {
	if !stated {
		return unstated
	}
	return min(confidence, statedAtMost)
}

// calibrate fits the probability that a label is a person's to the confidence that the model
// stated: a logistic curve over its log-odds (Platt, 1999, whose smoothed targets keep it from
// certainty), by the Newton steps of Lin, Lin and Weng (2007). It never falls: where higher
// confidence went with fewer right labels, every label has the same one. Nil without enough
// judgements.
func calibrate(list []judgement) *Calibration {
	if len(list) < leastCalibrating {
		return nil
	}
	c := &Calibration{Messages: len(list)}
	var odds, targets []float64
	right := 0
	for _, j := range list {
		if j.agreed {
			c.Agreed++
		}
		if j.stated {
			odds = append(odds, logOdds(j.confidence))
			if j.agreed {
				right++
			}
		}
	}
	high, low := float64(right+1)/float64(right+2), 1/float64(len(odds)-right+2)
	for _, j := range list {
		switch {
		case !j.stated:
		case j.agreed:
			targets = append(targets, high)
		default:
			targets = append(targets, low)
		}
	}
	c.slope, c.offset = fitLogistic(odds, targets)
	if c.slope < 0 || len(odds) < leastCalibrating {
		c.slope, c.offset = 0, logOdds(c.agreement())
	}
	return c
}

// agreement is the share of labels that are as people's, one more of each kind counted.
func (c *Calibration) agreement() float64 { return float64(c.Agreed+1) / float64(c.Messages+2) }

// confidence is how likely a label is right, by what the model stated.
func (c *Calibration) confidence(stated float64, known bool) float64 {
	switch {
	case c == nil:
		return uncalibrated(stated, known)
	case !known:
		return c.agreement()
	}
	return logistic(c.slope*logOdds(stated) + c.offset)
}

// note says what the confidences are worth.
func (c *Calibration) note(model string) i18n.Text {
	if c == nil {
		return i18n.T("Their confidence is what {{.Model}} says of itself, at most {{.Most}} %: it can be calibrated once people have labelled {{.N}} messages.",
			i18n.Values{"Model": model, "Most": int(100 * statedAtMost), "N": leastCalibrating})
	}
	return i18n.T("Their confidence is calibrated: {{.Model}} also labelled {{.N}} messages that people had labelled, {{.Same}} of them the same.",
		i18n.Values{"Model": model, "N": c.Messages, "Same": c.Agreed})
}

// logOdds is ln(p/(1-p)), with p kept off 0 and 1, which models state without meaning it.
func logOdds(p float64) float64 {
	const edge = 0.01
	p = min(max(p, edge), 1-edge)
	return math.Log(p / (1 - p))
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// fitLogistic finds the slope and offset of the logistic curve under which the targets are most
// likely. A small ridge keeps the steps finite where all x are the same.
func fitLogistic(x, targets []float64) (slope, offset float64) {
	const (
		steps = 50
		ridge = 1e-3
	)
	loss := func(slope, offset float64) float64 {
		sum := ridge / 2 * (slope*slope + offset*offset)
		for i := range x {
			z := slope*x[i] + offset
			sum += math.Max(z, 0) - z*targets[i] + math.Log1p(math.Exp(-math.Abs(z)))
		}
		return sum
	}
	now := loss(slope, offset)
	for range steps {
		g1, g2, h11, h22, h12 := ridge*slope, ridge*offset, ridge, ridge, 0.0
		for i := range x {
			p := logistic(slope*x[i] + offset)
			g1, g2 = g1+x[i]*(p-targets[i]), g2+p-targets[i]
			w := p * (1 - p)
			h11, h22, h12 = h11+w*x[i]*x[i], h22+w, h12+w*x[i]
		}
		det := h11*h22 - h12*h12
		d1, d2 := (h22*g1-h12*g2)/det, (h11*g2-h12*g1)/det
		step := 1.0
		for step > 1e-6 && loss(slope-step*d1, offset-step*d2) > now {
			step /= 2
		}
		slope, offset = slope-step*d1, offset-step*d2
		before := now
		if now = loss(slope, offset); before-now < 1e-9 {
			break
		}
	}
	return slope, offset
}
