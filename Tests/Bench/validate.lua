-- wrk as a guard's scanner: asks about a random code of the data set at a random gate, reads every answer.
-- wrk -s validate.lua URL -- PATH TOKEN TEMPORARY PERMANENT FIRST_GATE GATES KIND
-- KIND: any code of the data set, only the permanent ones, or unknown ones.

dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "counting.lua")

function init(arguments)
    local path, token = arguments[1], arguments[2]
    temporary, permanent = tonumber(arguments[3]), tonumber(arguments[4])
    first_gate, gates, kind = tonumber(arguments[5]), tonumber(arguments[6]), arguments[7]
    head = "POST " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
        "\r\nUser-Agent: garita-bench\r\nAccept: application/json\r\nAccept-Language: es-MX,es;q=0.9" ..
        "\r\nAuthorization: Bearer " .. token .. "\r\nContent-Type: application/json\r\nContent-Length: "
    begin()
end

-- The names of the codes are those of dataset.py. An unknown one has 64 bits and more: shorter ones are throttled.
local function code()
    if kind == "unknown" then return string.format("NOBODY%018d", math.random(2 ^ 53)) end
    local n = kind == "permanent" and temporary + math.random(permanent) or math.random(temporary + permanent)
    if n <= temporary then return string.format("V%07d", n) end
    return string.format("R%07d", n - temporary)
end

function request()
    local body = '{"code":"' .. code() .. '","access_point_id":' ..
        first_gate + math.random(gates) - 1 .. ',"access_type":"ENTRY"}'
    return head .. #body .. "\r\n\r\n" .. body
end

-- Garita refuses a code that nobody has with 404, as the legacy API does.
function right(status, body)
    if kind == "unknown" then return string.find(body, '"valid":false', 1, true) end
    return status == 200 and string.find(body, '"valid":true', 1, true)
end
