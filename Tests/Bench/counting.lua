-- What the clients of wrk share that look at every answer: right ones are counted, of wrong ones the last is kept.
-- A script loads it first and sets `right(status, body)`; its `init` calls `begin`.

local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("number", #threads)
end

function begin()
    valid, wrong, example = 0, 0, ""
    math.randomseed(os.time() * 100 + number)
end

function response(status, headers, body)
    if right(status, body) then
        valid = valid + 1
    else
        wrong = wrong + 1
        example = status .. " " .. body
    end
end

-- The last line of the output, for subjects.py; times in microseconds.
function done(summary, latency, requests)
    local valid, wrong, example = 0, 0, ""
    for _, thread in ipairs(threads) do
        valid, wrong = valid + thread:get("valid"), wrong + thread:get("wrong")
        if thread:get("wrong") > 0 then example = thread:get("example") end
    end
    local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    print(string.format("RESULT %d %d %d %d %d %s", summary.duration, valid, wrong + broken,
        latency:percentile(50), latency:percentile(99), example))
end
