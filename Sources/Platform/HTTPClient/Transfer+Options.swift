import CCurl

extension Transfer {
    /// Sets everything, because a handle may have served another request before.
    ///
    /// - Returns: false when libcurl refuses one of the texts, or has no memory.
    func prepare(connectMilliseconds: Int, totalMilliseconds: Int) -> Bool {
        listen()
        handle.set(CURLOPT_CONNECTTIMEOUT_MS, connectMilliseconds)
        handle.set(CURLOPT_TIMEOUT_MS, totalMilliseconds)
        // No signal, and no waiting for a name server that does not answer when the time is over.
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_QUICK_EXIT, 1)
        handle.set(CURLOPT_FOLLOWLOCATION, 0)
        handle.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        handle.set(CURLOPT_HTTP09_ALLOWED, 0)
        handle.set(CURLOPT_PATH_AS_IS, 1)
        handle.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        handle.setHeaders(headerLines)
        let method = request.sentBody == nil && request.method == "GET" ? nil : request.method
        // An empty proxy is none, whatever the environment says.
        return handle.set(CURLOPT_PROTOCOLS_STR, "http,https") && handle.set(CURLOPT_PROXY, "")
            && handle.set(CURLOPT_URL, request.url) && handle.setBody(request.sentBody)
            && handle.set(CURLOPT_CUSTOMREQUEST, method) && authenticate() && pin()
    }

    private var headerLines: [String] {
        // A name with nothing behind it takes away what libcurl would send by itself.
        let named = request.headers.contains { $0.name.lowercased() == "content-type" }
        return ["Expect:"] + (named ? [] : ["Content-Type:"])
            + request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    }

    private func authenticate() -> Bool {
        switch request.authentication {
        case .none:
            handle.set(CURLOPT_HTTPAUTH, 0)
            return handle.set(CURLOPT_USERNAME, nil) && handle.set(CURLOPT_PASSWORD, nil)
        case .basic(let user, let password):
            handle.set(CURLOPT_HTTPAUTH, 1 << 0)  // CURLAUTH_BASIC
            return handle.set(CURLOPT_USERNAME, user) && handle.set(CURLOPT_PASSWORD, password)
        case .digest(let user, let password):
            handle.set(CURLOPT_HTTPAUTH, 1 << 1)  // CURLAUTH_DIGEST
            return handle.set(CURLOPT_USERNAME, user) && handle.set(CURLOPT_PASSWORD, password)
        case .bearer(let token):
            handle.set(CURLOPT_HTTPAUTH, 1 << 6)  // CURLAUTH_BEARER
            return handle.set(CURLOPT_XOAUTH2_BEARER, token)
        }
    }

    /// A pinned certificate is looked at on a connection of its own each time: libcurl tells it only when it is new.
    private func pin() -> Bool {
        let isFingerprint = if case .certificate? = request.pin { true } else { false }
        let key: String? = if case .publicKey(let text)? = request.pin { text } else { nil }
        handle.set(CURLOPT_SSL_VERIFYPEER, request.pin == nil ? 1 : 0)
        handle.set(CURLOPT_SSL_VERIFYHOST, request.pin == nil ? 2 : 0)
        handle.set(CURLOPT_SSL_SESSIONID_CACHE, request.pin == nil ? 1 : 0)
        handle.set(CURLOPT_CERTINFO, isFingerprint ? 1 : 0)
        handle.set(CURLOPT_FRESH_CONNECT, isFingerprint || !request.isRepeatable ? 1 : 0)
        handle.set(CURLOPT_FORBID_REUSE, isFingerprint ? 1 : 0)
        return handle.set(CURLOPT_PINNEDPUBLICKEY, key)
    }
}
