package localdb
