package import JSON
import Web

extension SystemStatus {
    /// What `/readyz` answers: the worst level, and each part.
    package var readiness: JSON {
        .object([
            .init(name: "status", value: .string(level.rawValue)),
            .init(name: "parts", value: .object(parts.map { .init(name: $0.name, value: Self.json($0)) })),
        ])
    }

    /// Everything, for programs.
    package var json: JSON {
        .object([
            .init(name: "status", value: .string(level.rawValue)),
            .init(name: "version", value: .string(version)),
            .init(name: "time", value: .integer(at)),
            .init(name: "parts", value: .object(parts.map { .init(name: $0.name, value: Self.json($0)) })),
            .init(name: "pools", value: .array(pools.enumerated().map(json))),
            .init(
                name: "verdicts",
                value: .object(CounterPlan.verdicts.map { .init(name: $0, value: .integer(verdicts($0))) })),
            .init(name: "jobs", value: .array((database?.jobs ?? []).map(Self.json))),
            .init(name: "disks", value: .array(disks.map(Self.json))),
        ])
    }

    private static func json(_ part: Part) -> JSON {
        ["status": .string(part.level.rawValue), "detail": .string(part.detail.english)]
    }

    private func json(_ place: Int, _ pool: PoolFigures) -> JSON {
        .object([
            .init(name: "name", value: .string(pool.name)),
            .init(name: "busy", value: .integer(Int64(clamping: pool.busy))),
            .init(name: "idle", value: .integer(Int64(clamping: pool.workers.count - pool.busy))),
            .init(name: "accepted", value: .integer(pool[CounterPlan.Counter.accepted])),
            .init(name: "slow", value: .integer(pool[CounterPlan.Counter.slow])),
            .init(name: "starts", value: .integer(pool.starts)),
            .init(name: "crashes", value: .integer(pool.crashes)),
            .init(name: "queue_length", value: JSON(pool.waiting)),
            .init(name: "queue_limit", value: JSON(pool.waitingLimit)),
            .init(name: "queue_max", value: .integer(longestQueue(ofPool: place))),
            .init(name: "database_errors", value: .integer(databaseErrors(pool))),
            .init(name: "workers", value: .array(pool.workers.map(Self.json))),
        ])
    }

    private static func json(_ worker: PoolFigures.Worker) -> JSON {
        [
            "pid": .integer(worker.process), "started_at": .integer(worker.startedAt),
            "state": .string(worker.isBusy ? "busy" : "idle"), "milliseconds": .integer(worker.milliseconds),
        ]
    }

    private static func json(_ job: DatabaseFacts.Job) -> JSON {
        [
            "job": .string(job.name), "last_run": JSON(job.lastRun), "last_success": JSON(job.lastSuccess),
            "succeeded": job.succeeded.map { .bool($0) } ?? .null,
        ]
    }

    private static func json(_ disk: Disk) -> JSON {
        [
            "folder": .string(disk.name), "free_bytes": JSON(disk.free), "size_bytes": JSON(disk.total),
        ]
    }

    /// Errors of the database that the workers of a pool have met.
    package func databaseErrors(_ pool: PoolFigures) -> Int64 {
        CounterPlan.errors.reduce(0) { $0 &+ pool[CounterPlan.word(ofError: $1)] }
    }
}
