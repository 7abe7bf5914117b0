import HTTPClient
import HTTPFakes
import Testing

/// The result of one request.
func ask(
    _ client: HTTPClient, _ request: HTTPClientRequest, with server: ScriptedServer? = nil
) throws -> Result<HTTPClientAnswer, HTTPClientError> {
    var found: Result<HTTPClientAnswer, HTTPClientError>?
    client.send(request) { found = $0 }
    run(client, with: server)
    return try #require(found)
}
