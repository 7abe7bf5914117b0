import Scoreboard
import Web

extension SystemStatus {
    /// Everything as metrics.
    package func metrics(_ plan: CounterPlan, _ form: MetricText.Form) -> [UInt8] {
        var text = MetricText(form)
        addSystem(&text)
        addWorkers(&text)
        addQueues(&text)
        addRequests(&text, plan)
        addTimes(&text)
        addVerdicts(&text)
        addDatabase(&text)
        addDisks(&text)
        return text.complete
    }

    /// The pools that serve, and the one that tells this as far as it counts.
    private var serving: [PoolFigures] { pools.filter { $0.name != MonitoredSystem.statusPool } }

    private func addSystem(_ text: inout MetricText) {
        text.family("garita_build_info", .gauge, "The version of the program; always 1.")
        text.sample("garita_build_info", [("version", version)], 1)
        text.family("garita_ready", .gauge, "1 when the system can serve, as /readyz says.")
        text.sample("garita_ready", [], level == .fail ? 0 : 1)
        text.family("garita_part_state", .gauge, "Each part of /readyz: 0 right, 1 warning, 2 cannot serve.")
        for part in parts {
            text.sample("garita_part_state", [("part", part.name)], part.level == .fail ? 2 : part.level == .ok ? 0 : 1)
        }
        if let certificateExpiry {
            text.family(
                "garita_certificate_expiry_timestamp_seconds", .gauge, "Until when the site's certificate is valid.")
            text.sample("garita_certificate_expiry_timestamp_seconds", [], certificateExpiry)
        }
    }

    private func addWorkers(_ text: inout MetricText) {
        text.family("garita_workers", .gauge, "Living workers, by what they do now.")
        for pool in pools {
            text.sample("garita_workers", [("pool", pool.name), ("state", "busy")], pool.busy)
            text.sample("garita_workers", [("pool", pool.name), ("state", "idle")], pool.workers.count - pool.busy)
        }
        text.family("garita_worker_starts_total", .counter, "Workers started.")
        for pool in pools { text.sample("garita_worker_starts_total", [("pool", pool.name)], pool.starts) }
        text.family("garita_worker_restarts_total", .counter, "Workers that ended, by how: in order, or by a crash.")
        for pool in pools {
            text.sample("garita_worker_restarts_total", [("pool", pool.name), ("reason", "crash")], pool.crashes)
            text.sample("garita_worker_restarts_total", [("pool", pool.name), ("reason", "end")], pool.ends)
        }
        text.family("garita_pool_start_timestamp_seconds", .gauge, "When the oldest living worker began.")
        for pool in pools {
            if let startedAt = pool.startedAt {
                text.sample("garita_pool_start_timestamp_seconds", [("pool", pool.name)], startedAt)
            }
        }
        text.family("garita_oldest_key_timestamp_seconds", .gauge, "When the oldest key in use was made.")
        for pool in pools {
            if let made = pool.oldestKey {
                text.sample("garita_oldest_key_timestamp_seconds", [("pool", pool.name)], made)
            }
        }
    }

    private func addQueues(_ text: inout MetricText) {
        text.family("garita_queue_length", .gauge, "Connections that wait for a worker now.")
        for pool in serving {
            if let waiting = pool.waiting { text.sample("garita_queue_length", [("pool", pool.name)], waiting) }
        }
        text.family("garita_queue_limit", .gauge, "Connections that may wait; further ones are refused.")
        for pool in serving {
            if let limit = pool.waitingLimit { text.sample("garita_queue_limit", [("pool", pool.name)], limit) }
        }
        text.family("garita_queue_max", .gauge, "The longest queue seen by the status worker.")
        for (place, pool) in serving.enumerated() {
            text.sample("garita_queue_max", [("pool", pool.name)], longestQueue(ofPool: place))
        }
    }

    private func addRequests(_ text: inout MetricText, _ plan: CounterPlan) {
        text.family("garita_requests_total", .counter, "Answers, by row of the route table and class of status.")
        for pool in serving {
            for (place, route) in plan.routes.enumerated() {
                for (code, name) in CounterPlan.codes.enumerated() {
                    // A row that was never called has no series: most rows are of one pool alone.
                    let count = pool[plan.word(ofRoute: place, code: code)]
                    guard count > 0 else { continue }
                    text.sample(
                        "garita_requests_total",
                        [("pool", pool.name), ("route", route.path), ("method", route.method), ("code", name)], count)
                }
            }
        }
        let counters = [
            ("garita_requests_accepted_total", "Requests begun.", CounterPlan.Counter.accepted),
            (
                "garita_requests_slow_total", "Requests that took more than half of the time limit.",
                CounterPlan.Counter.slow
            ),
            ("garita_requests_deserted_total", "Requests whose client had gone.", CounterPlan.Counter.deserted),
            ("garita_requests_passed_on_total", "Requests given to another worker.", CounterPlan.Counter.passedOn),
            ("garita_database_connections_total", "Database connections made.", CounterPlan.Counter.connections),
        ]
        for (name, help, word) in counters {
            text.family(name, .counter, help)
            for pool in serving { text.sample(name, [("pool", pool.name)], pool[word]) }
        }
    }

    private func addTimes(_ text: inout MetricText) {
        addHistogram(
            "garita_request_seconds", "Time of requests in the worker.", CounterPlan.Counter.requests,
            sum: CounterPlan.Counter.requestTime, &text)
        addHistogram(
            "garita_decision_seconds", "Time of requests that decided at a gate.", CounterPlan.Counter.decisions,
            sum: CounterPlan.Counter.decisionTime, &text)
    }

    private func addHistogram(_ name: String, _ help: String, _ first: Int, sum: Int, _ text: inout MetricText) {
        text.family(name, .histogram, help)
        for pool in serving {
            var count: Int64 = 0
            for (place, bound) in (Histogram.bounds.map(Histogram.seconds) + ["+Inf"]).enumerated() {
                // A worker that was taken over may have written any number.
                count &+= pool[first + place]
                text.sample("\(name)_bucket", [("pool", pool.name), ("le", bound)], count)
            }
            text.sample("\(name)_sum", [("pool", pool.name)], text: "\(Double(pool[sum]) / 1_000_000)")
            text.sample("\(name)_count", [("pool", pool.name)], count)
        }
    }

    private func addVerdicts(_ text: inout MetricText) {
        text.family("garita_verdicts_total", .counter, "Decisions at gates, by the first reason.")
        for name in CounterPlan.verdicts {
            let count = verdicts(name)
            let isGranted = name == CounterPlan.verdicts[0]
            text.sample(
                "garita_verdicts_total",
                [("verdict", isGranted ? "granted" : "refused"), ("reason", isGranted ? "" : name)], count)
        }
    }

    private func addDatabase(_ text: inout MetricText) {
        text.family("garita_database_errors_total", .counter, "Errors of the database, by class of SQLSTATE.")
        for pool in serving {
            for name in CounterPlan.errors {
                text.sample(
                    "garita_database_errors_total", [("pool", pool.name), ("class", name)],
                    pool[CounterPlan.word(ofError: name)])
            }
        }
        text.family("garita_database_up", .gauge, "1 when the database answers.")
        text.sample("garita_database_up", [], database == nil ? 0 : 1)
        guard let database else { return }
        text.family("garita_schema_version", .gauge, "Number of the newest migration that has run.")
        text.sample("garita_schema_version", [], WholeNumber.read(database.schema.prefix(4), in: 0...9_999) ?? 0)
        text.family("garita_clock_behind_seconds", .gauge, "How far the clock is behind the newest entry of the log.")
        text.sample("garita_clock_behind_seconds", [], max(0, database.clockBehind))
        text.family("garita_log_months_ahead", .gauge, "Months to come for which the log has tables.")
        text.sample("garita_log_months_ahead", [], database.logMonthsAhead)
        text.family("garita_doors", .gauge, "Doors in use, and of them those in trouble.")
        text.sample("garita_doors", [("state", "all")], database.outbox.doors)
        text.sample("garita_doors", [("state", "trouble")], database.outbox.inTrouble)
        text.family("garita_outbox_waiting", .gauge, "Messages to doors and webhooks that wait or have no answer yet.")
        text.sample("garita_outbox_waiting", [], database.outbox.waiting)
        text.family(
            "garita_job_last_success_timestamp_seconds", .gauge, "When a regular command last succeeded; 0 for never.")
        for job in database.jobs {
            text.sample("garita_job_last_success_timestamp_seconds", [("job", job.name)], job.lastSuccess ?? 0)
        }
    }

    private func addDisks(_ text: inout MetricText) {
        text.family("garita_disk_free_bytes", .gauge, "Room on the disk of a folder.")
        for disk in disks {
            if let free = disk.free { text.sample("garita_disk_free_bytes", [("folder", disk.name)], free) }
        }
        text.family("garita_disk_size_bytes", .gauge, "Size of the disk of a folder.")
        for disk in disks {
            if let total = disk.total { text.sample("garita_disk_size_bytes", [("folder", disk.name)], total) }
        }
    }

    /// Decisions of all pools with this outcome.
    package func verdicts(_ name: String) -> Int64 {
        pools.reduce(0) { $0 &+ $1[CounterPlan.word(ofVerdict: name)] }
    }
}
