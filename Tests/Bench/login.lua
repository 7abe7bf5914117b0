-- wrk as somebody who guesses passwords: every request another name, so that each costs a whole hash.

local count = 0
math.randomseed(os.time())
local salt = math.random(1000000000)

function request()
    count = count + 1
    local body = '{"username":"nobody' .. salt .. '_' .. count .. '","password":"wrong password"}'
    return "POST /api/auth/login/ HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
        "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
