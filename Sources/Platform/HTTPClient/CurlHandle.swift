import CCurl

/// Sole owner of one easy handle of libcurl, which remembers the last digest challenge of its host.
final class CurlHandle {
    let pointer: UnsafeMutableRawPointer
    private var headers: UnsafeMutablePointer<curl_slist>?

    /// nil when there is no memory.
    init?() {
        guard let made = curl_easy_init() else { return nil }
        pointer = made
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
    }

    func set(_ option: CURLoption, _ value: Int) { _ = garita_curl_set_long(pointer, option, value) }
    func set(_ option: CURLoption, _ value: String?) -> Bool {
        garita_curl_set_text(pointer, option, value) == CURLE_OK
    }

    /// Copies the body; nil for none.
    func setBody(_ body: [UInt8]?) -> Bool {
        guard let body else {
            set(CURLOPT_HTTPGET, 1)
            return true
        }
        set(CURLOPT_POST, 1)
        _ = garita_curl_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
        // A body of no bytes is a pointer to something all the same: null would mean "ask the read callback".
        return (body + [0]).withUnsafeBytes {
            garita_curl_set_bytes(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) == CURLE_OK
        }
    }

    /// libcurl does not copy the list: it stays until the next one is set (CURLOPT_HTTPHEADER(3)).
    func setHeaders(_ lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) ?? list }
        _ = garita_curl_set_list(pointer, CURLOPT_HTTPHEADER, list)
        curl_slist_free_all(headers)
        headers = list
    }

    /// The other end's own certificate in PEM, where it was asked for (CURLOPT_CERTINFO(3)).
    var certificate: String? {
        var chain: UnsafeMutablePointer<curl_certinfo>?
        guard garita_curl_certificates(pointer, &chain) == CURLE_OK, let chain, chain.pointee.num_of_certs > 0 else {
            return nil
        }
        var line = chain.pointee.certinfo[0]
        while let current = line {
            let text = String(cString: current.pointee.data)
            if text.hasPrefix("Cert:") { return text }
            line = current.pointee.next
        }
        return nil
    }
}
