package llm

import "testing"

func TestTokens(t *testing.T) {
	requests := map[string]string{
		"English":  "Hello, I ordered a pair of shoes last week and they still have not arrived. Can you tell me where my parcel is?",
		"German":   "Guten Tag, ich habe letzte Woche ein Paar Schuhe bestellt und sie sind noch nicht angekommen. Wo ist mein Paket?",
		"Russian":  "Здравствуйте, на прошлой неделе я заказал пару ботинок, и они до сих пор не пришли. Подскажите, где моя посылка?",
		"Chinese":  "你好，我上周订了一双鞋，到现在还没有收到。请问我的包裹在哪里，什么时候能送到？",
		"Japanese": "こんにちは。先週靴を一足注文しましたが、まだ届いていません。荷物が今どこにあるか教えていただけますか。",
		"Korean":   "안녕하세요. 지난주에 신발 한 켤레를 주문했는데 아직 도착하지 않았습니다. 제 택배가 어디에 있는지 알려주시겠어요?",
		"Arabic":   "مرحبا، طلبت حذاء الأسبوع الماضي ولم يصل بعد. هل يمكنكم إخباري أين طردي؟ لقد نسيت كلمة المرور الخاصة بي.",
		"Hindi":    "नमस्ते, मैंने पिछले हफ्ते एक जोड़ी जूते मंगवाए थे और वे अभी तक नहीं आए हैं। क्या आप बता सकते हैं कि मेरा पार्सल कहाँ है?",
		"Thai":     "สวัสดีครับ ผมสั่งรองเท้าหนึ่งคู่เมื่อสัปดาห์ที่แล้วแต่ยังไม่ได้รับ ช่วยบอกได้ไหมว่าพัสดุของผมอยู่ที่ไหน",
	}
	for language, text := range requests {
		exact, byScript, bytes := tokensIn("openai/gpt-4o-mini", text), tokensIn("llama3", text), len(text)/bytesPerToken
		t.Logf("%-8s o200k %3d, by script %3d, by bytes %3d", language, exact, byScript, bytes)
		if exact < 10 || byScript < exact*9/10 || byScript > exact*13/10 {
			t.Errorf("%s: %d tokens, and by script %d", language, exact, byScript)
		}
	}
	if got := tokensIn("gpt-6-luna", "hello world"); got != 2 {
		t.Errorf("hello world is %d tokens", got)
	}
	if got := tokensIn("llama3", ""); got != 0 {
		t.Errorf("nothing is %d tokens", got)
	}
}
