package system

import (
	"errors"
	"sync"

	"github.com/zalando/go-keyring"
)

// keychainService is the name under which the system keychain files our secrets.
const keychainService = "Seedbed"

// Keychain keeps keys and passwords in the system keychain, and in memory for
// this session where the system has none.
type Keychain struct {
	mu     sync.Mutex
	memory map[string]string
}

// Get returns a secret, or "" where there is none. It may take a while: the
// system can ask the person to unlock the keychain.
func (k *Keychain) Get(name string) string {
	k.mu.Lock()
	secret, held := k.memory[name]
	k.mu.Unlock()
	if held {
		return secret
	}
	secret, err := keyring.Get(keychainService, name)
	if err != nil {
		return ""
	}
	return secret
}

// Set keeps a secret and reports whether it will outlive this session. An empty
// secret forgets it.
func (k *Keychain) Set(name, secret string) (lasting bool) {
	err := keyring.Set(keychainService, name, secret)
	if secret == "" {
		err = keyring.Delete(keychainService, name)
		if errors.Is(err, keyring.ErrNotFound) {
			err = nil
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if err == nil {
		delete(k.memory, name)
		return true
	}
	if k.memory == nil {
		k.memory = map[string]string{}
	}
	k.memory[name] = secret
	return false
}

// APIKeyName names the API key of an address in the keychain: a key is never sent to
// another address than it was given for.
func APIKeyName(baseURL string) string { return "api-key " + baseURL }

// DatabasePasswordName names the password of a database in the keychain.
func DatabasePasswordName(address string) string { return "database " + address }
