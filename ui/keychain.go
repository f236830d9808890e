package ui

import (
	"errors"
	"sync"

	"github.com/zalando/go-keyring"
)

// keychainService is the name under which the system keychain files our secrets.
const keychainService = "Seedbed"

// keychain keeps keys and passwords in the system keychain, and in memory for
// this session where the system has none.
type keychain struct {
	mu     sync.Mutex
	memory map[string]string
}

// get returns a secret, or "" where there is none. It may take a while: the
// system can ask the person to unlock the keychain.
func (k *keychain) get(name string) string {
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

// set keeps a secret and reports whether it will outlive this session. An empty
// secret forgets it.
func (k *keychain) set(name, secret string) (lasting bool) {
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
