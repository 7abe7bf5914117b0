// Asks the stored function that Garita's own workers ask, in the same database: what another front end costs when the
// database does the same work.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"log"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v4/pgxpool"
)

type verdict struct {
	Valid      bool     `json:"valid"`
	Reasons    []string `json:"reasons"`
	Warnings   []string `json:"warnings"`
	PersonType *string  `json:"person_type"`
	PersonName *string  `json:"person_name"`
	Unit       *string  `json:"unit"`
	CodeID     *int64   `json:"code_id"`
	LogID      *int64   `json:"log_id"`
	UsesLeft   *int32   `json:"uses_left"`
}

func number(name string) int64 {
	n, fault := strconv.ParseInt(setting(name), 10, 64)
	if fault != nil {
		log.Fatal(name, ": ", fault)
	}
	return n
}

// shape of a text that can be guessed (nil for 64 bits and more), as Sources/Platform/Cryptography/GateCode.swift has it.
func shape(code string) *string {
	bits, out := 0.0, make([]byte, len(code))
	for i := range out {
		switch c := code[i]; {
		case c >= '0' && c <= '9':
			out[i], bits = '9', bits+3.3219
		case c >= 'A' && c <= 'Z':
			out[i], bits = 'A', bits+4.7004
		default:
			out[i] = '-'
		}
	}
	if bits >= 64 {
		return nil
	}
	text := string(out)
	return &text
}

// STATEMENT is the call of Tests/Bench/subjects.py with $1... for its values; USER_ID, VERSION and SESSION are those of a
// guard who is signed in at Garita, TAG_KEY (hexadecimal) the key of the codes' tags.
func main() {
	statement, user, version, session := setting("STATEMENT"), number("USER_ID"), number("VERSION"), number("SESSION")
	key, fault := hex.DecodeString(setting("TAG_KEY"))
	if fault != nil {
		log.Fatal("TAG_KEY is not hexadecimal")
	}
	serve(func(int64) decider {
		return func(ctx context.Context, pool *pgxpool.Pool, asked question) (any, error) {
			code := strings.ToUpper(strings.TrimSpace(asked.Code))
			sum := hmac.New(sha256.New, key)
			sum.Write([]byte("code|" + code))
			tags, hint := [][]byte{sum.Sum(nil)[:16]}, code[max(0, len(code)-2):]
			var v verdict
			// What Garita's worker reads of the row, too, and this answer does not show.
			var attention, kind *string
			var visitor, wait *int64
			var replayed *bool
			row := pool.QueryRow(
				ctx, statement, user, version, session, tags, hint, shape(code), asked.Gate, asked.Direction)
			return &v, row.Scan(
				&v.Valid, &v.Reasons, &v.Warnings, &attention, &v.PersonType, &v.PersonName, &v.Unit, &kind, &v.CodeID,
				&v.LogID, &v.UsesLeft, &visitor, &wait, &replayed)
		}
	})
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}
