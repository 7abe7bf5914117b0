-- wrk as a client of the office: one request again and again, every answer looked at.
-- wrk -s lists.lua URL -- METHOD PATH CREDENTIAL FIRST_VISITOR VISITORS; the credential is a line of the head; POST issues a QR code to a random visitor.

local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("number", #threads)
end

function init(arguments)
    method, path, first, visitors = arguments[1], arguments[2], tonumber(arguments[4]), tonumber(arguments[5])
    head = method .. " " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
        "\r\nUser-Agent: garita-bench\r\nAccept: application/json\r\n" .. arguments[3]
    get = head .. "\r\n\r\n"
    valid, wrong, example = 0, 0, ""
    math.randomseed(os.time() * 100 + number)
end

function request()
    if method == "GET" then return get end
    local body = '{"visitor_id":' .. first + math.random(visitors) - 1 .. ',"code_type":"QR"}'
    return head .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function response(status, headers, body)
    if status == (method == "GET" and 200 or 201) then
        valid = valid + 1
    else
        wrong = wrong + 1
        example = status .. " " .. body
    end
end

-- The last line of the output, for lists.py; times in microseconds.
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
