//go:build unix

package pgtest

import "strings"

// FailingAddresses are addresses of which none can be used, each with the password in it.
func FailingAddresses(password string) []string {
	addresses := []string{
		"postgres://ann:%s@127.0.0.1:1/shop", "postgres://ann:%s@no-such-host.invalid/shop", "postgres://ann:%s", "postgres://ann:%s@", "postgres:/ann:%s@host/shop", "postgress://ann:%s@host/shop",
		"postgres//ann:%s@host/shop", "mysql://ann:%s@host/shop", "https://ann:%s@host/shop", "ann:%s@127.0.0.1:1/shop", "//ann:%s@127.0.0.1:1/shop", "postgres://ann:%s@host:port/shop", "postgres://ann:%s@127.0.0.1:1:%s/shop",
		"postgres://ann:%s@host/shop?sslmode=%s", "postgres://ann:%s@host/shop?sslrootcert=/none.pem", "postgres://127.0.0.1:1/shop?user=ann&password=%s", "postgres://127.0.0.1:1/shop?password=x&%s",
		"postgres://127.0.0.1:1/shop?pasword=%s", "postgres://127.0.0.1:1/shop password=%s", "jdbc:postgresql://127.0.0.1:1/shop?user=ann&password=%s", "host=127.0.0.1 port=1 password=%s", "host=127.0.0.1 port=1 password='%s",
		"host=127.0.0.1 port=1 pasword=%s", "hots=127.0.0.1 password=%s", "host=127.0.0.1 %s", "host=127.0.0.1 password=x;%s=1", "Host=127.0.0.1;Port=1;Password=%s", "Host=127.0.0.1;Port=1;Pasword=%s", "PGPASSWORD=%s psql -h 127.0.0.1 -p 1",
		"PGPASSWORD='%s psql", "psql postgres://ann:%s@127.0.0.1:1/shop", "psql -h 127.0.0.1 -c %s", "host: x, password: %s", `{"password": "%s"}`, "DATABASE_URL=postgres://ann:%s@127.0.0.1:1/shop", "export DATABASE_URL='postgres://ann:%s@127.0.0.1:1/shop'", "\ufeffpostgres://ann:%s@127.0.0.1:1/shop",
		"postgres://ann:%s@127.0.0.1:1/shop?connect_timeout=%s", "postgres://ann:%s@127.0.0.1:1/shop?options=%%zz",
	}
	for i, address := range addresses {
		addresses[i] = strings.NewReplacer("%s", password, "%%", "%").Replace(address)
	}
	return addresses
}
