// The obvious service for a gate, in Go: net/http and pgx behind nginx with kept connections. It exists to be measured
// beside Garita. The two programs share this file and differ in what they ask of the database: own.go a plain schema with
// one simple function (schema.sql), same.go the function that Garita's own workers call.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v4/pgxpool"
)

// What a scanner sends.
type question struct {
	Code      string `json:"code"`
	Gate      int64  `json:"access_point_id"`
	Direction string `json:"access_type"`
}

// Answers a question: what is written as JSON.
type decider func(context.Context, *pgxpool.Pool, question) (any, error)

// setting is a value that the program cannot do without.
func setting(name string) string {
	value := os.Getenv(name)
	if value == "" {
		log.Fatal(name, " is missing")
	}
	return value
}

// holder is the user whom a token of ours (JWT, HS256) that has not expired names.
func holder(token string, key []byte) (int64, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return 0, false
	}
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(parts[0] + "." + parts[1]))
	signature, fault := base64.RawURLEncoding.DecodeString(parts[2])
	if fault != nil || !hmac.Equal(signature, sum.Sum(nil)) {
		return 0, false
	}
	var claims struct {
		Expires int64 `json:"exp"`
		User    int64 `json:"user_id"`
	}
	text, fault := base64.RawURLEncoding.DecodeString(parts[1])
	if fault != nil || json.Unmarshal(text, &claims) != nil || claims.Expires <= time.Now().Unix() {
		return 0, false
	}
	return claims.User, true
}

func refuse(w http.ResponseWriter, status int) {
	http.Error(w, http.StatusText(status), status)
}

// serve listens at the Unix socket SOCKET until it is stopped. DATABASE is a connection string of pgx, TOKEN_KEY the key
// of the tokens.
func serve(decide func(user int64) decider) {
	pool, fault := pgxpool.Connect(context.Background(), setting("DATABASE"))
	if fault != nil {
		log.Fatal(fault)
	}
	key := []byte(setting("TOKEN_KEY"))
	handler := func(w http.ResponseWriter, r *http.Request) {
		user, ok := holder(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), key)
		if !ok {
			refuse(w, http.StatusUnauthorized)
			return
		}
		var asked question
		fault := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&asked)
		if fault != nil || asked.Code == "" || asked.Direction != "ENTRY" && asked.Direction != "EXIT" {
			refuse(w, http.StatusBadRequest)
			return
		}
		verdict, fault := decide(user)(r.Context(), pool, asked)
		if fault != nil {
			log.Print(fault)
			refuse(w, http.StatusServiceUnavailable)
			return
		}
		text, fault := json.Marshal(verdict)
		if fault != nil {
			log.Print(fault)
			refuse(w, http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write(text)
	}
	listener, fault := net.Listen("unix", setting("SOCKET"))
	if fault != nil {
		log.Fatal(fault)
	}
	if fault := os.Chmod(setting("SOCKET"), 0o666); fault != nil {
		log.Fatal(fault)
	}
	log.Fatal(http.Serve(listener, http.HandlerFunc(handler)))
}
