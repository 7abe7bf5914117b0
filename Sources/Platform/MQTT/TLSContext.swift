import COpenSSL
import Cryptography

/// What a broker's certificate must be, as OpenSSL checks it.
///
/// libmosquitto compares the certificate with what it connects to, and that is an address here, because it would wait for a
/// name server. So the name is given to OpenSSL itself: to be compared, and to be sent to the broker (RFC 6066, SNI).
final class TLSContext {
    let context: OpaquePointer
    private let expected: Expected

    /// Lives at least as long as the context that points to it.
    private final class Expected {
        /// As C reads it; nil for an address, which is not sent.
        let name: ContiguousArray<CChar>?
        let pin: [UInt8]

        init(name: String?, pin: [UInt8]) {
            self.name = name.map(\.utf8CString)
            self.pin = pin
        }
    }

    /// - Returns: Nil for a connection without TLS, and when OpenSSL has no memory.
    init?(_ security: MQTTSettings.Security, host: String) {
        guard security != .none, let context = SSL_CTX_new(TLS_client_method()) else { return nil }
        self.context = context
        let parameters = SSL_CTX_get0_param(context)
        let isAddress = X509_VERIFY_PARAM_set1_ip_asc(parameters, host) == 1
        var pin: [UInt8] = []
        if case .pinned(let hash) = security { pin = hash }
        expected = Expected(name: isAddress ? nil : host, pin: pin)
        SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        let pointer = Unmanaged.passUnretained(expected).toOpaque()
        if pin.isEmpty {
            SSL_CTX_set_default_verify_paths(context)
            if !isAddress { X509_VERIFY_PARAM_set1_host(parameters, host, 0) }
        } else {
            SSL_CTX_set_cert_verify_callback(context, Self.isPinned, pointer)
        }
        // The number that SSL_CTX_set_app_data uses.
        SSL_CTX_set_ex_data(context, 0, pointer)
        SSL_CTX_set_info_callback(context, Self.nameHost)
    }

    deinit {
        SSL_CTX_free(context)
    }

    private static let isPinned: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32 = {
        store, pointer in
        guard let pointer, let certificate = X509_STORE_CTX_get0_cert(store) else { return 0 }
        let expected = Unmanaged<Expected>.fromOpaque(pointer).takeUnretainedValue()
        // i2d_X509_PUBKEY(3): with no place given it makes one, which is the caller's.
        var der: UnsafeMutablePointer<UInt8>?
        let length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der)
        guard length > 0, let der else { return 0 }
        defer { CRYPTO_free(der, nil, 0) }
        let key = Array(UnsafeBufferPointer(start: der, count: Int(length)))
        return Checksum.sha256Bytes(key) == expected.pin ? 1 : 0
    }

    /// Before the first byte of a handshake is made, so that it takes the place of what libmosquitto set.
    private static let nameHost: @convention(c) (OpaquePointer?, Int32, Int32) -> Void = { connection, place, _ in
        guard place & SSL_CB_HANDSHAKE_START != 0, let context = SSL_get_SSL_CTX(connection),
            let pointer = SSL_CTX_get_ex_data(context, 0)
        else { return }
        let expected = Unmanaged<Expected>.fromOpaque(pointer).takeUnretainedValue()
        let kind = Int(TLSEXT_NAMETYPE_host_name)
        guard let name = expected.name else {
            SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, kind, nil)
            return
        }
        name.withUnsafeBufferPointer { letters in
            // OpenSSL copies the name.
            let start = UnsafeMutableRawPointer(mutating: letters.baseAddress)
            _ = SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, kind, start)
        }
    }
}
