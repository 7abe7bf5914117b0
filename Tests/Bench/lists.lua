-- wrk as a client of the office: one request again and again, every answer looked at.
-- wrk -s lists.lua URL -- METHOD PATH CREDENTIAL FIRST_VISITOR VISITORS; the credential is a line of the head; POST issues a QR code to a random visitor.

dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "counting.lua")

function init(arguments)
    method, path, first, visitors = arguments[1], arguments[2], tonumber(arguments[4]), tonumber(arguments[5])
    head = method .. " " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port ..
        "\r\nUser-Agent: garita-bench\r\nAccept: application/json\r\n" .. arguments[3]
    get = head .. "\r\n\r\n"
    begin()
end

function request()
    if method == "GET" then return get end
    local body = '{"visitor_id":' .. first + math.random(visitors) - 1 .. ',"code_type":"QR"}'
    return head .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end

function right(status)
    return status == (method == "GET" and 200 or 201)
end
