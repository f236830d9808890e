package localdb

import "database/sql"

// index is what views are made from.
type index struct{}

func (x *index) update(db *sql.DB, touched []int64, reload bool) error { return nil }
func (x *index) close()                                                {}
func fold(s string) string                                             { return s }
