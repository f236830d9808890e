package pii

import "strings"

// isEAN13 checks the Swiss social security number, which is checked like an article's number.
func isEAN13(n string) bool { return weighted(n, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0 }

func isFodselsnummer(n string) bool {
	return weighted(n, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 && weighted(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

// isRijksregister counts people born from 2000 on with a 2 before their number.
func isRijksregister(n string) bool {
	check := digit(n, 9)*10 + digit(n, 10)
	return check == 97-remainder(n[:9], 97) || check == 97-remainder("2"+n[:9], 97)
}

// isRodneCislo adds 50 to the months of women, and 20 where a day's numbers ran out.
func isRodneCislo(n string) bool {
	month := (digit(n, 2)*10 + digit(n, 3)) % 50 % 20
	return month >= 1 && month <= 12 && n[4] <= '3' && remainder(n, 11) == 0
}

func isCNP(n string) bool {
	return isDate(n[1:7]) && weighted(n, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)%11%10 == digit(n, 12)
}

func isEGN(n string) bool {
	return weighted(n, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == digit(n, 9)
}

func isRNOKPP(n string) bool {
	return weighted(n, -1, 5, 7, 9, 4, 6, 10, 5, 7)%11%10 == digit(n, 9)
}

func isNHS(n string) bool {
	return weighted(n, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

func isSVNR(n string) bool {
	return weighted(n, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == digit(n, 3)
}

func isNIF(n string) bool {
	check := 11 - weighted(n, 9, 8, 7, 6, 5, 4, 3, 2)%11
	return check%11 == digit(n, 8) || check == 10 && n[8] == '0'
}

func isTFN(n string) bool { return weighted(n, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0 }

func isPPS(n string) bool {
	sum := weighted(n, 8, 7, 6, 5, 4, 3, 2)
	if len(n) == 9 && n[8] != 'W' {
		sum += 9 * int(n[8]-'A'+1)
	}
	return "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] == n[7]
}

func isRUT(n string) bool {
	n = strings.Repeat("0", 9-len(n)) + n
	return "0K987654321"[weighted(n, 3, 2, 7, 6, 5, 4, 3, 2)%11] == n[8]
}

func isCUIT(n string) bool {
	return (11-weighted(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%11 == digit(n, 10)
}

func isThaiID(n string) bool {
	return (11-weighted(n, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%10 == digit(n, 12)
}
