package lock

// setLock is F_OFD_SETLK of <sys/fcntl.h>, which golang.org/x/sys lacks.
const setLock = 90
