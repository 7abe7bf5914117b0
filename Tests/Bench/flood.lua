-- wrk as one who sends the same request again and again, many at once; what is turned away comes back a moment later.
-- wrk -s flood.lua URL -- METHOD PATH HEADERS BODY; both are files, and ######## in the body is another number each time.

local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("number", #threads)
end

local function content(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    return text
end

function init(arguments)
    local body = content(arguments[4])
    head = arguments[1] .. " " .. arguments[2] .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\n" ..
        content(arguments[3]) .. "Content-Length: " .. #body .. "\r\n\r\n"
    local place = body:find("########", 1, true)
    before, after = body, nil
    if place then before, after = body:sub(1, place - 1), body:sub(place + 8) end
    math.randomseed(os.time() * 100 + number)
    count, pause, statuses = math.random(50000000), 0, ""
    seen = {}
end

function request()
    count = count + 1
    return head .. before .. (after and string.format("%08d", count) .. after or "")
end

-- Milliseconds before the next request of a connection.
function delay()
    return pause
end

function response(status)
    pause = status < 500 and 0 or 100
    seen[status] = (seen[status] or 0) + 1
    statuses = ""
    for one, times in pairs(seen) do statuses = statuses .. " " .. one .. "=" .. times end
end

-- The last line of the output, for flood.py.
function done()
    for _, thread in ipairs(threads) do print("RESULT" .. thread:get("statuses")) end
end
