// Asks a schema of its own (schema.sql): what somebody gets who writes the obvious service, without Garita's rules, sealed
// codes, roles and sites.
package main

import (
	"context"

	"github.com/jackc/pgx/v4/pgxpool"
)

type verdict struct {
	Valid      bool    `json:"valid"`
	Reason     *string `json:"reason"`
	PersonType *string `json:"person_type"`
	PersonName *string `json:"person_name"`
	Unit       *string `json:"unit"`
	UsesLeft   *int32  `json:"uses_left"`
	LogID      *int64  `json:"log_id"`
}

func main() {
	serve(func(user int64) decider {
		return func(ctx context.Context, pool *pgxpool.Pool, asked question) (any, error) {
			var v verdict
			row := pool.QueryRow(
				ctx, "select granted, reason, person_type, person_name, unit, uses_left, log_id from decide($1, $2, $3, $4)",
				asked.Code, asked.Gate, asked.Direction, user)
			return &v, row.Scan(&v.Valid, &v.Reason, &v.PersonType, &v.PersonName, &v.Unit, &v.UsesLeft, &v.LogID)
		}
	})
}
