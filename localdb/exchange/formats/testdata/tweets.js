window.YTD.tweets.part0 = [
 {"tweet":{"id_str":"1","full_text":"@shop where is my parcel?","created_at":"Wed Nov 15 10:00:00 +0000 2023"}},
 {"tweet":{"id_str":"2","full_text":"@shop cancel my order please","created_at":"Wed Nov 15 10:00:00 +0000 2023"}}
]
